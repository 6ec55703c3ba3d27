/** Whether the steps of votes are disabled. */

/** @param {import("../room_instance.js").VotingContext} context whether steps are disabled: a request is in flight, or there is no network */
export const waits = (context) => context.chairController.busy || context.waits;
