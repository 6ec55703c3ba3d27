/** Reducers of durable events for the list of participants and for this person's membership. */

/** @type {import("./room_state.js").Reducers} */
export const participantReducers = {
  participant_put: (room, data) => {
    /** @type {import("../lib/schemas.js").ParticipantView} */
    const person = data.participant;
    const known = room.meeting.participants.some((one) => one.user_id === person.user_id);
    const participants = known
      ? room.meeting.participants.map((one) => (one.user_id === person.user_id ? person : one))
      : [...room.meeting.participants, person];
    const me =
      person.user_id === room.me.user_id
        ? { ...room.me, role: person.role, entitled_to_vote: person.entitled_to_vote }
        : room.me;
    return { ...room, me, meeting: { ...room.meeting, participants } };
  },

  participant_removed: (room, data) => ({
    ...room,
    meeting: {
      ...room.meeting,
      participants: room.meeting.participants.filter((one) => one.user_id !== data.user_id),
    },
  }),
};
