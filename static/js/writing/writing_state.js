/** Reducers of durable events for the right to write for the whole room. */

/** @type {import("../live/room_state.js").Reducers} */
export const writingReducers = {
  writer_muted: (room, data) => {
    const participants = room.meeting.participants.map((one) => (one.user_id === data.user_id ? { ...one, writing_muted: data.muted } : one));
    return { ...room, meeting: { ...room.meeting, participants } };
  },
};
