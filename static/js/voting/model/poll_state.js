/** Reducers for the votes of a room: durable events, and ephemeral progress of open votes. */

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/** @param {Poll} a @param {Poll} b */
const inOrder = (a, b) => a.position - b.position || (a.id < b.id ? -1 : 1);

/** @param {Room} room @param {{poll: Poll}} data @returns {Room} */
function put(room, { poll }) {
  const others = room.polls.filter((one) => one.id !== poll.id);
  return { ...room, polls: [...others, poll].sort(inOrder) };
}

/** @param {Room} room @param {{poll: Poll}} data @returns {Room} removes the progress of an ended vote */
function ended(room, data) {
  return { ...put(room, data), votes: room.votes.filter((one) => one.poll_id !== data.poll.id) };
}

/** @type {import("../../live/room_state.js").Reducers} */
export const pollReducers = {
  poll_put: put,
  poll_opened: put,
  poll_closed: ended,
  poll_ruled: put,
  poll_announced: put,
  poll_cancelled: ended,

  poll_removed: (room, data) => ({ ...room, polls: room.polls.filter((one) => one.id !== data.poll_id) }),

  polls_reordered: (room, data) => {
    /** @type {string[]} */
    const ids = data.ids;
    const drafts = room.polls.filter((one) => one.status === "draft");
    const places = drafts.map((one) => one.position).sort((a, b) => a - b);
    const placeOf = new Map(ids.map((id, at) => [id, places[at] ?? 0]));
    const polls = room.polls.map((one) => ({ ...one, position: placeOf.get(one.id) ?? one.position }));
    return { ...room, polls: polls.sort(inOrder) };
  },
};

/** @type {import("../../live/room_state.js").Reducers} reducers of the user stream */
export const ownVoteEvents = {
  ballot_received: (room, data) => {
    if (data.meeting_id !== room.meeting.id) return room;
    const others = room.my_ballots.filter((one) => one.poll_id !== data.ballot.poll_id);
    return { ...room, my_ballots: [...others, data.ballot].sort((a, b) => (a.poll_id < b.poll_id ? -1 : 1)) };
  },

  // A reminder does not change the state; the screen shows it on arrival.
  vote_reminded: (room) => room,
};

/** @param {Room} room @param {import("../../lib/schemas.js").VoteProgress} news @returns {Room} */
export function withVotes(room, news) {
  const others = room.votes.filter((one) => one.poll_id !== news.poll_id);
  const open = room.polls.some((one) => one.id === news.poll_id && one.status === "open");
  return { ...room, votes: open ? [...others, news] : others };
}
