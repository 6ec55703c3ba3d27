/** Whether steps of votes have to wait. */

/** @param {import("../feature.js").VotingContext} context whether a step has to wait: for an answer, or for the network */
export const waits = (context) => context.chairController.busy || context.waits;
