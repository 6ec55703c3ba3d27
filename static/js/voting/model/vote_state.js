/** The state of the votes of a room for chair and secretary. Pure. */
import { byGivenName } from "../../lib/format.js";
import { underWay } from "../../live/meeting_state.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/schemas.js").ParticipantView} Participant */
/** @typedef {"draft"|"open"|"tied"|"closed"|"announced"|"cancelled"|"void"} Stage */
/** @typedef {{step:"start_vote", polls: Poll[]} | {step:"end_vote"|"rule_vote"|"announce_vote", poll: Poll}} VoteStep */
/** @typedef {Required<Omit<import("../../lib/schemas.js").VoteProgress, "poll_id">>} Progress */

/** @param {Poll} poll @returns {Stage} `closed`: its result is not announced yet; `tied`: needs a ruling */
export function stageOf(poll) {
  if (poll.status !== "closed") return poll.status;
  if (poll.ending.announced_at) return "announced";
  return poll.result?.verdict === "tie_needs_ruling" ? "tied" : "closed";
}

/** @param {Room} room @returns {Poll[]} */
export const openPolls = (room) => room.polls.filter((poll) => poll.status === "open");

/** @param {Room} room @param {string|null|undefined} id @returns {Poll|null} */
export const pollById = (room, id) => room.polls.find((poll) => poll.id === id) ?? null;

/**
 * The open vote in the bar: the chosen one, else the one on devices, else the first.
 * @param {Room} room @param {string|null} [chosen] @returns {Poll|null}
 */
export function currentPoll(room, chosen = null) {
  const open = openPolls(room);
  return open.find((poll) => poll.id === chosen) ?? open.find((poll) => poll.method === "named") ?? open[0] ?? null;
}

/** @param {Room} room @param {string|null} itemId null: of the meeting itself @returns {Poll[]} questions not yet put to the vote */
export const draftsOf = (room, itemId) => room.polls.filter((poll) => poll.status === "draft" && poll.agenda_item_id === itemId);

/**
 * The next questions: those of the current item; those of the meeting itself after the last item.
 * @param {Room} room @returns {Poll[]}
 */
export function questionsNow(room) {
  const { agenda, current_item_id: now } = room.meeting;
  const own = now ? draftsOf(room, now) : [];
  if (own.length) return own;
  const last = !agenda.length || agenda.at(-1)?.id === now;
  return last ? draftsOf(room, null) : [];
}

/** Ending an open vote is the most urgent step, also during a pause; other steps wait for the end of a pause. */
const MOST_URGENT = 3;
const URGENT = 1;

/**
 * The next step of the votes for chair and secretary, before the agenda continues; null: none.
 * @param {Room} room @param {string|null} [chosen] the chosen open vote @returns {VoteStep|null}
 */
export function voteStep(room, chosen = null) {
  const open = currentPoll(room, chosen);
  if (open) return { step: "end_vote", poll: open };
  const waits = endedNotAnnounced(room);
  if (waits) return { step: stageOf(waits) === "tied" ? "rule_vote" : "announce_vote", poll: waits };
  const polls = questionsNow(room);
  return polls.length ? { step: "start_vote", polls } : null;
}

/**
 * The next step of the votes, with its urgency, while the meeting is under way.
 * @param {Room} room @param {string|null} [chosen] @returns {(VoteStep & {urgency: number})|null}
 */
export function meetingStepOf(room, chosen = null) {
  const step = underWay(room) ? voteStep(room, chosen) : null;
  return step && { ...step, urgency: step.step === "end_vote" ? MOST_URGENT : URGENT };
}

/** @param {Room} room @returns {Poll|null} the first ended vote without an announcement or ruling, independent of the current item */
export function endedNotAnnounced(room) {
  const waiting = room.polls.filter((poll) => ["closed", "tied"].includes(stageOf(poll)));
  return waiting.sort((a, b) => Date.parse(a.closed_at ?? "") - Date.parse(b.closed_at ?? ""))[0] ?? null;
}

/** @param {Poll[]} polls */
const titles = (polls) => polls.map((poll) => poll.title || poll.question);

/** @param {Room} room @returns {string[]} titles of votes without an announced result */
export const resultsLeft = (room) => titles(room.polls.filter((poll) => ["closed", "tied"].includes(stageOf(poll))));

/** @param {Room} room @returns {string[]} titles of questions not put to the vote */
export const questionsLeft = (room) => titles(room.polls.filter((poll) => poll.status === "draft"));

/** @param {Room} room @param {Poll} poll @returns {Progress} before the first progress message: as at its opening */
export function progressOf(room, poll) {
  const told = room.votes.find((one) => one.poll_id === poll.id);
  return {
    voted: told?.voted ?? 0,
    present: told?.present ?? poll.opened?.present ?? 0,
    n: told?.n ?? poll.opened?.n ?? 0,
    waiting: told?.waiting ? [...told.waiting] : [...(poll.opened?.voters ?? [])],
    unconfirmed: told?.unconfirmed ?? [],
    tallied: told?.tallied ?? [],
  };
}

/** @param {Progress} progress @returns {number} number of people counted by hand, without names */
export const countedByHand = (progress) => progress.tallied.reduce((sum, one) => sum + one.people, 0);

/** @param {Progress} progress @returns {number} number of people present who are in no count yet */
export const leftToVote = (progress) => Math.max(0, progress.present - progress.voted);

/** @param {Room} room @param {string[]} ids @returns {{user_id:string, display_name:string}[]} by given name */
export function peopleNamed(room, ids) {
  return ids
    .map((id) => ({ user_id: id, display_name: nameOf(room, id) }))
    .sort((a, b) => byGivenName(a.display_name, b.display_name));
}

/** @param {Room} room @param {string} id @returns {string} "…" for a person who is no longer in the meeting */
export const nameOf = (room, id) => room.meeting.participants.find((one) => one.user_id === id)?.display_name ?? "…";

/** The channel that counts a poll of this method; none for a vote on devices. @type {Record<string, "hands"|"paper"|undefined>} */
export const OWN_CHANNEL = { hands: "hands", paper: "paper" };

/** @param {Poll} poll @param {Progress} progress @returns {boolean} whether its own count by hand is still missing */
export function lacksTally(poll, progress) {
  const own = OWN_CHANNEL[poll.method];
  return own !== undefined && progress.tallied.every((one) => one.channel !== own);
}

/** @param {Poll} poll @param {number} nowMs server time @returns {number|null} seconds left, negative when overrun; null: no timer */
export function timerLeft(poll, nowMs) {
  if (!poll.timer_seconds || !poll.opened) return null;
  return Math.ceil(poll.timer_seconds - (nowMs - Date.parse(poll.opened.at)) / 1000);
}

/** @param {Room} room @param {Poll} poll @returns {number|null} number of its item in the agenda, from 1 */
export function itemNumber(room, poll) {
  const at = room.meeting.agenda.findIndex((item) => item.id === poll.agenda_item_id);
  return at < 0 ? null : at + 1;
}

/** @param {Room} room @returns {Poll|null} the vote with the latest result, unless it was cancelled since */
export function lastEnded(room) {
  const ended = room.polls.filter((poll) => poll.status === "closed" && poll.result);
  return ended.sort((a, b) => Date.parse(a.result?.at ?? "") - Date.parse(b.result?.at ?? "")).at(-1) ?? null;
}
