/** The presentation: its presenter and the presented page, ordered by (term, rev). */

/** @typedef {import("./room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").RoomLivePacket} Live */
/** @typedef {{document_id:string, version:number, page:number}} Place */

/** @type {import("./room_state.js").Reducers} */
export const presentationReducers = {
  presenter_changed: (room, data) => ({
    ...room,
    meeting: { ...room.meeting, presenter: data.user_id },
    live: { ...room.live, presenter: data.user_id },
  }),
};

/** @param {Live} a @param {Live} b whether a is later than b */
export const later = (a, b) => a.term > b.term || (a.term === b.term && a.rev > b.rev);

/**
 * Applies a live message that is later than the known state; otherwise returns the same room.
 * @param {Room} room @param {Live} live @returns {Room}
 */
export function withLive(room, live) {
  if (!later(live, room.live)) return room;
  const presenter = live.presenter !== undefined ? live.presenter : room.meeting.presenter;
  return { ...room, live, meeting: { ...room.meeting, presenter } };
}

/** @param {Live} live @returns {Place|null} the presented place, null when nothing is presented or the role may not see it */
export function placeOf(live) {
  if (live.hidden || !live.document_id || !live.page) return null;
  return { document_id: live.document_id, version: live.version ?? 1, page: live.page };
}

/** @param {Room} room whether this person holds the presentation */
export const holdsPresentation = (room) => room.meeting.presenter === room.me.user_id;
