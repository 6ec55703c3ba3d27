/** Reducers of durable events for guests without an account. */

/** @type {import("../live/room_state.js").Reducers} */
export const guestReducers = {
  guest_put: (room, data) => {
    /** @type {import("../lib/schemas.js").GuestView} */
    const guest = data.guest;
    const before = room.meeting.guests ?? [];
    const known = before.some((one) => one.id === guest.id);
    const guests = known ? before.map((one) => (one.id === guest.id ? guest : one)) : [...before, guest];
    return { ...room, meeting: { ...room.meeting, guests } };
  },

  guest_removed: (room, data) => ({
    ...room,
    meeting: { ...room.meeting, guests: (room.meeting.guests ?? []).filter((one) => one.id !== data.guest_id) },
  }),
};
