/**
 * Whether this person follows the presentation, reads apart, or (as presenter) previews pages.
 * Pure: each function takes the current state and returns the next one.
 *
 * @typedef {import("./presentation.js").Place} Place
 * @typedef {"following"|"apart"|"previewing"} Mode
 * @typedef {{mode: Mode, place: Place|null}} Follow
 */

/** @param {Place|null} a @param {Place|null} b */
export function samePlace(a, b) {
  if (!a || !b) return a === b;
  return a.document_id === b.document_id && a.version === b.version && a.page === b.page;
}

/** @param {Place|null} live @returns {Follow} the initial state, and the state after returning */
export const returned = (live) => ({ mode: "following", place: live });

/** @param {Follow} follow @param {Place|null} live @returns {Follow} the presentation moved */
export function liveMoved(follow, live) {
  return follow.mode === "following" ? { mode: "following", place: live } : follow;
}

/**
 * This person turned to a place. A presenter moves the room, unless previewing; any other person
 * reads apart until the place is the presented one again.
 * @param {Follow} follow @param {Place} place @param {Place|null} live @param {boolean} presents
 * @returns {Follow}
 */
export function leafed(follow, place, live, presents) {
  if (presents) return { mode: follow.mode === "previewing" ? "previewing" : "following", place };
  return samePlace(place, live) ? returned(live) : { mode: "apart", place };
}

/** @param {Follow} follow @returns {Follow} the presenter starts a preview */
export const previewing = (follow) => ({ mode: "previewing", place: follow.place });

/** @param {Follow} follow @returns {Follow} the presenter moves the room to the previewed page */
export const shown = (follow) => ({ mode: "following", place: follow.place });

/**
 * The presenter changed. This alone never moves the room: a new presenter who reads apart starts in
 * preview, a former presenter in preview reads apart.
 * @param {Follow} follow @param {Place|null} live @param {boolean} presents @returns {Follow}
 */
export function leaseMoved(follow, live, presents) {
  if (presents) return follow.mode === "apart" ? { mode: "previewing", place: follow.place } : follow;
  if (follow.mode === "following") return returned(live);
  return samePlace(follow.place, live) ? returned(live) : { mode: "apart", place: follow.place };
}

/**
 * The difference between this person's page and the presented one, for the bar with the return button.
 * @param {Follow} follow @param {Place|null} live
 * @returns {null | {kind:"page", mine:number, theirs:number} | {kind:"paper", document_id:string, page:number}
 *   | {kind:"version", mine:number, theirs:number, page:number} | {kind:"nothing"}}  `version`: of the same document
 */
export function distance(follow, live) {
  if (follow.mode === "following" || !follow.place) return null;
  if (!live) return { kind: "nothing" };
  if (follow.place.document_id !== live.document_id) {
    return { kind: "paper", document_id: live.document_id, page: live.page };
  }
  if (follow.place.version !== live.version) {
    return { kind: "version", mine: follow.place.version, theirs: live.version, page: live.page };
  }
  return { kind: "page", mine: follow.place.page, theirs: live.page };
}
