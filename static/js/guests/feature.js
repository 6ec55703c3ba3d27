/** Invited guests without an account: on the roll, and in its dialog. */
import { guestReducers } from "./guest_state.js";
import { rollGuests } from "./roll_guests.js";

/** @typedef {Pick<import("../room/feature.js").RoomContext, "room">} GuestsContext */

/** @type {import("../room/feature.js").Feature} */
export const guests = {
  name: "guests",
  reducers: guestReducers,
  /** @param {GuestsContext} context */
  create: (context) => ({
    regions: { rollSheet: [{ at: 10, view: (shown) => rollGuests(context, shown) }] },
  }),
};
