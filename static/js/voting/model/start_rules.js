/** What stands in the way of putting a question to the vote, and whether enough people are here. Pure. */
import { paperById } from "../../live/documents.js";
import { quorumOf } from "../../live/quorum.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.d.ts").PollView} Poll */
/** @typedef {import("../../lib/schemas.d.ts").QuorumRuleView} QuorumRule */
/** @typedef {import("./rule_list.js").VoteRule} VoteRule */
/** @typedef {{fault:"paper_gone"} | {fault:"paper_unpublished"} | {fault:"paper_replaced", version:number, current:number}} PaperFault */

/**
 * What is wrong with the paper of a question: it must be the version that the room reads.
 * @param {{document_id: string|null, version: number|null}} question
 * @param {{current_version: number, published_at: string|null}|null} paper @returns {PaperFault|null}
 */
export function paperFault(question, paper) {
  if (!question.document_id) return null;
  if (!paper) return { fault: "paper_gone" };
  const version = question.version ?? paper.current_version;
  if (version !== paper.current_version) return { fault: "paper_replaced", version, current: paper.current_version };
  return null;
}

/** @param {Room} room @param {Poll} poll @returns {PaperFault|null} at the moment of starting the room must also be able to read it */
export function startFault(room, poll) {
  const paper = paperById(room, poll.document_id);
  const fault = paperFault(poll, paper);
  if (fault) return fault;
  return paper && !paper.published_at ? { fault: "paper_unpublished" } : null;
}

/** @param {Room} room @param {Poll} poll @returns {Poll|null} the vote on tablets that has to end before this one begins */
export function inTheWay(room, poll) {
  if (poll.method !== "named") return null;
  return room.polls.find((one) => one.status === "open" && one.method === "named" && one.id !== poll.id) ?? null;
}

/**
 * Whether enough are here for a vote by this rule; the rule of the meeting where that one is not at hand.
 * @param {Room} room @param {Pick<QuorumRule, "numerator"|"denominator"|"comparison">|undefined} rule
 */
export function quorumFor(room, rule) {
  return quorumOf(rule ?? room.meeting.quorum_rule, room.meeting.participants);
}
