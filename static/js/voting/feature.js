/** Votes in the room: the state that events change. The parts on the screen are loaded after the first page. */
import { ownVoteEvents, pollReducers, withVotes } from "./model/poll_state.js";

/** @type {import("../room/feature.js").Feature} */
export const voting = {
  name: "voting",
  initialState: ({ polls, my_ballots, votes }) => ({ polls, my_ballots, votes }),
  reducers: pollReducers,
  ownReducers: ownVoteEvents,
  liveReducers: { "room.votes": withVotes },
  later: true,
};
