/** Reducers of durable events for the roll. Events never contain reasons. */

/** @typedef {import("../live/room_state.js").Room} Room */

/** @param {Room} room @param {Set<string>} ids @param {string|null} attendance @returns {Room} */
function withStatus(room, ids, attendance) {
  const participants = room.meeting.participants.map((one) => (ids.has(one.user_id) ? { ...one, attendance } : one));
  return { ...room, meeting: { ...room.meeting, participants } };
}

/** @param {import("../live/room_state.js").RoomEvent} event @returns {string[]} the people whose line of the roll may have changed */
export function peopleOf(event) {
  if (event.type === "roll_called") return event.data.user_ids;
  if (event.type === "attendance_changed" || event.type === "participant_removed") return [event.data.user_id];
  return event.type === "participant_put" ? [event.data.participant.user_id] : [];
}

/** @type {import("../live/room_state.js").Reducers} */
export const attendanceReducers = {
  attendance_changed: (room, data) => withStatus(room, new Set([data.user_id]), data.attendance),
  roll_called: (room, data) => withStatus(room, new Set(data.user_ids), data.attendance),
};
