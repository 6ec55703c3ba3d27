/** The right to write for the whole room, from the state on this client: the server's rule (writing_rules.py). Pure. */

/** @typedef {import("./room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */

const STAFF = ["chair", "secretary"];

/** Events that can change the right to write for the room. */
export const CHANGES_WRITERS = ["meeting_changed", "writer_muted", "presenter_changed", "participant_put", "participant_removed"];

/** @param {Room} room @param {string} userId @returns {Participant|undefined} */
const participant = (room, userId) => room.meeting.participants.find((one) => one.user_id === userId);

/** @param {Room} room @param {string} userId whether this person was muted */
export const isMuted = (room, userId) => participant(room, userId)?.writing_muted ?? false;

/** @param {Room} room @param {string} userId for an unknown person the server decides */
export function writesForRoom(room, userId) {
  const role = userId === room.me.user_id ? room.me.role : participant(room, userId)?.role;
  if (role === undefined) return true;
  if (role === "guest") return false;
  return STAFF.includes(role) || room.meeting.presenter === userId || (room.meeting.member_writing && !isMuted(room, userId));
}

/** @param {Room} room whether this person may remove annotations of others from the room, and mute their author */
export const moderates = (room) => STAFF.includes(room.me.role) || room.meeting.presenter === room.me.user_id;

/** @param {Room} room @param {string} userId whether muting applies: not to chair, secretary and presenter */
export function canBeMuted(room, userId) {
  const role = participant(room, userId)?.role;
  return role !== undefined && !STAFF.includes(role) && room.meeting.presenter !== userId && userId !== room.me.user_id;
}

/** @param {Room} room @returns {Participant[]} muted participants */
export const mutedPeople = (room) => room.meeting.participants.filter((one) => one.writing_muted);
