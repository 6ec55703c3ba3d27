/** The obstacles to starting a vote, and whether there is a quorum. Pure. */
import { paperById } from "../../live/documents.js";
import { quorumOf } from "../../live/quorum.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/schemas.js").QuorumRuleView} QuorumRule */
/** @typedef {import("./rule_list.js").VoteRule} VoteRule */
/** @typedef {{fault:"paper_gone"} | {fault:"paper_unpublished"} | {fault:"paper_replaced", version:number, current:number}} PaperFault */

/**
 * The fault of a question's document: it must be the version that the room reads.
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

/** @param {Room} room @param {Poll} poll @returns {PaperFault|null} at the start the room must also be able to read the document */
export function startFault(room, poll) {
  const paper = paperById(room, poll.document_id);
  const fault = paperFault(poll, paper);
  if (fault) return fault;
  return paper && !paper.published_at ? { fault: "paper_unpublished" } : null;
}

/** @param {Room} room @param {Poll} poll @returns {Poll|null} the vote on devices that has to end before this one starts */
export function inTheWay(room, poll) {
  if (poll.method !== "named") return null;
  return room.polls.find((one) => one.status === "open" && one.method === "named" && one.id !== poll.id) ?? null;
}

/**
 * Whether there is a quorum for a vote by this rule; without it, by the meeting's rule.
 * @param {Room} room @param {Pick<QuorumRule, "numerator"|"denominator"|"comparison">|undefined} rule
 */
export function quorumFor(room, rule) {
  return quorumOf(rule ?? room.meeting.quorum_rule, room.meeting.participants);
}
