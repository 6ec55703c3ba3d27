/** Reducers of durable events for the meeting: its facts, its status, the current item. */

/** @typedef {import("./room_state.js").Room} Room */

/** @param {Room} room @param {Partial<import("../lib/schemas.js").MeetingView>} facts @returns {Room} */
const withMeeting = (room, facts) => ({ ...room, meeting: { ...room.meeting, ...facts } });

/** @type {import("./room_state.js").Reducers} */
export const meetingReducers = {
  meeting_changed: (room, data) => withMeeting(room, data),

  meeting_status_changed: (room, data) =>
    withMeeting(room, { status: data.status, resumes_at: data.resumes_at ?? null, closed_at: data.closed_at ?? null }),

  current_item_changed: (room, data) =>
    withMeeting(room, { current_item_id: data.agenda_item_id, current_since: data.since ?? null }),
};
