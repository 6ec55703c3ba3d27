/** The presentation: who holds it, and what the room is being shown, ordered by (term, rev). */

/** @typedef {import("./room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.d.ts").RoomLivePacket} Live */
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
 * Takes a live message in when it is later than what is known; otherwise the same room comes back.
 * @param {Room} room @param {Live} live @returns {Room}
 */
export function withLive(room, live) {
  if (!later(live, room.live)) return room;
  const presenter = live.presenter !== undefined ? live.presenter : room.meeting.presenter;
  return { ...room, live, meeting: { ...room.meeting, presenter } };
}

/** @param {Live} live @returns {Place|null} where the room is, null when nothing is (or may be) shown */
export function placeOf(live) {
  if (live.hidden || !live.document_id || !live.page) return null;
  return { document_id: live.document_id, version: live.version ?? 1, page: live.page };
}

/** @param {Room} room whether this person holds the presentation */
export const holdsPresentation = (room) => room.meeting.presenter === room.me.user_id;
