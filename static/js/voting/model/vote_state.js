/** What stands with the votes of a room, as those who run the meeting need it. Pure. */
import { byGivenName } from "../../lib/format.js";
import { underWay } from "../../live/meeting_state.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.d.ts").PollView} Poll */
/** @typedef {import("../../lib/schemas.d.ts").ParticipantView} Participant */
/** @typedef {"draft"|"open"|"tied"|"closed"|"announced"|"cancelled"|"void"} Stage */
/** @typedef {{step:"start_vote", polls: Poll[]} | {step:"end_vote"|"rule_vote"|"announce_vote", poll: Poll}} VoteStep */
/** @typedef {Required<Omit<import("../../lib/schemas.d.ts").VoteProgress, "poll_id">>} Progress */

/** @param {Poll} poll @returns {Stage} `closed`: its result waits to be announced; `tied`: for a ruling */
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
 * The open vote that the strip speaks of: the one that was chosen, else the one on tablets, else the first.
 * @param {Room} room @param {string|null} [chosen] @returns {Poll|null}
 */
export function currentPoll(room, chosen = null) {
  const open = openPolls(room);
  return open.find((poll) => poll.id === chosen) ?? open.find((poll) => poll.method === "named") ?? open[0] ?? null;
}

/** @param {Room} room @param {string|null} itemId null: of the meeting itself @returns {Poll[]} questions not put yet */
export const draftsOf = (room, itemId) => room.polls.filter((poll) => poll.status === "draft" && poll.agenda_item_id === itemId);

/**
 * The questions to be put now: those of the current item; those of the meeting itself once no item follows.
 * @param {Room} room @returns {Poll[]}
 */
export function questionsNow(room) {
  const { agenda, current_item_id: now } = room.meeting;
  const own = now ? draftsOf(room, now) : [];
  if (own.length) return own;
  const last = !agenda.length || agenda.at(-1)?.id === now;
  return last ? draftsOf(room, null) : [];
}

/** Ending an open vote goes before everything, a pause included; other steps wait for the end of a pause. */
const MOST_URGENT = 3;
const URGENT = 1;

/**
 * What the votes ask of whoever runs the meeting, before the agenda goes on; null: nothing.
 * @param {Room} room @param {string|null} [chosen] the open vote in hand @returns {VoteStep|null}
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
 * The same, as a step of the meeting that is under way.
 * @param {Room} room @param {string|null} [chosen] @returns {(VoteStep & {urgency: number})|null}
 */
export function meetingStepOf(room, chosen = null) {
  const step = underWay(room) ? voteStep(room, chosen) : null;
  return step && { ...step, urgency: step.step === "end_vote" ? MOST_URGENT : URGENT };
}

/** @param {Room} room @returns {Poll|null} the first vote to end whose result waits to be announced, or for a ruling; whatever the item is now */
export function endedNotAnnounced(room) {
  const waiting = room.polls.filter((poll) => ["closed", "tied"].includes(stageOf(poll)));
  return waiting.sort((a, b) => Date.parse(a.closed_at ?? "") - Date.parse(b.closed_at ?? ""))[0] ?? null;
}

/** @param {Poll[]} polls */
const titles = (polls) => polls.map((poll) => poll.title || poll.question);

/** @param {Room} room @returns {string[]} titles of votes whose result was not announced */
export const resultsLeft = (room) => titles(room.polls.filter((poll) => ["closed", "tied"].includes(stageOf(poll))));

/** @param {Room} room @returns {string[]} titles of questions that were not put */
export const questionsLeft = (room) => titles(room.polls.filter((poll) => poll.status === "draft"));

/** @param {Room} room @param {Poll} poll @returns {Progress} before the first word of the server: as it was opened */
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

/** @param {Progress} progress @returns {number} of those who were counted by hand, without names */
export const countedByHand = (progress) => progress.tallied.reduce((sum, one) => sum + one.people, 0);

/** @param {Progress} progress @returns {number} who is here and in no count yet */
export const leftToVote = (progress) => Math.max(0, progress.present - progress.voted);

/** @param {Room} room @param {string[]} ids @returns {{user_id:string, display_name:string}[]} by given name */
export function peopleNamed(room, ids) {
  return ids
    .map((id) => ({ user_id: id, display_name: nameOf(room, id) }))
    .sort((a, b) => byGivenName(a.display_name, b.display_name));
}

/** @param {Room} room @param {string} id @returns {string} somebody who is no longer in the meeting has no name here */
export const nameOf = (room, id) => room.meeting.participants.find((one) => one.user_id === id)?.display_name ?? "…";

/** The channel by which a poll of this method is counted; none for one on tablets. @type {Record<string, "hands"|"paper"|undefined>} */
export const OWN_CHANNEL = { hands: "hands", paper: "paper" };

/** @param {Poll} poll @param {Progress} progress @returns {boolean} whether its own count by hand is still missing */
export function lacksTally(poll, progress) {
  const own = OWN_CHANNEL[poll.method];
  return own !== undefined && progress.tallied.every((one) => one.channel !== own);
}

/** @param {Poll} poll @param {number} nowMs of the hall @returns {number|null} seconds left, negative past the time; null: no timer */
export function timerLeft(poll, nowMs) {
  if (!poll.timer_seconds || !poll.opened) return null;
  return Math.ceil(poll.timer_seconds - (nowMs - Date.parse(poll.opened.at)) / 1000);
}

/** @param {Room} room @param {Poll} poll @returns {number|null} of its item in the agenda, from 1 */
export function itemNumber(room, poll) {
  const at = room.meeting.agenda.findIndex((item) => item.id === poll.agenda_item_id);
  return at < 0 ? null : at + 1;
}

/** @param {Room} room @returns {Poll|null} whose result came last, unless it was cancelled since */
export function lastEnded(room) {
  const ended = room.polls.filter((poll) => poll.status === "closed" && poll.result);
  return ended.sort((a, b) => Date.parse(a.result?.at ?? "") - Date.parse(b.result?.at ?? "")).at(-1) ?? null;
}
