/** What is still open in a meeting that somebody is about to end. Pure. */
import { rollNumbersOf } from "./roll_model.js";
import { stageOf } from "../voting/vote_state.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").PollView} Poll */
/**
 * @typedef {{notAnnounced: string[], notHeld: string[], itemsLeft: string[], notCalled: number}} Unfinished
 *   titles of votes whose result was not announced and of questions that were not put, of agenda items after the
 *   current one; how many members were not called
 */

/** @param {Room} room @returns {Unfinished} */
export function unfinished(room) {
  const { agenda, current_item_id: current } = room.meeting;
  const at = agenda.findIndex((item) => item.id === current);
  const titles = (/** @type {Poll[]} */ polls) => polls.map((poll) => poll.title || poll.question);
  return {
    notAnnounced: titles(room.polls.filter((poll) => ["closed", "tied"].includes(stageOf(poll)))),
    notHeld: titles(room.polls.filter((poll) => poll.status === "draft")),
    itemsLeft: agenda.slice(at + 1).map((item) => item.title),
    notCalled: rollNumbersOf(room).said.unsaid,
  };
}
