/** What durable events do to the roll: who is said to be here. Reasons never come this way. */

/** @typedef {import("../live/types.js").Room} Room */

/** @param {Room} room @param {Set<string>} ids @param {string|null} attendance @returns {Room} */
function said(room, ids, attendance) {
  const participants = room.meeting.participants.map((one) => (ids.has(one.user_id) ? { ...one, attendance } : one));
  return { ...room, meeting: { ...room.meeting, participants } };
}

/** @type {Record<string, import("../live/room_state.js").Reducer>} */
export const attendanceReducers = {
  attendance_changed: (room, data) => said(room, new Set([data.user_id]), data.attendance),
  roll_called: (room, data) => said(room, new Set(data.user_ids), data.attendance),
};
