/**
 * The view model of this person's vote card, derived from the room, the outbox and the marks of this tab. Pure.
 * While a vote is open, it contains no choices but this person's own.
 */
import { paperById } from "../../live/documents.js";
import { isWaiting } from "./ballot_sending.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/schemas.js").OpenedCard} Opened */
/** @typedef {import("./ballot_sending.js").View} View */
/** @typedef {Poll & {opened: Opened}} OpenPoll */
/** @typedef {"voter"|"late"|"watcher"} Stand  late: entitled, but not said to be present when it began */
/**
 * @typedef {{choice:string, revision:number, receipt:import("../../lib/schemas.js").Receipt|null,
 *   at:string|null, channel:string}} CountedBallot  this person's ballot that counts
 * @typedef {"watching"|"late"|"by_hand"|"choosing"|"chosen"|"sending"|"sending_again"|"settling"|"recorded"} Stage
 * @typedef {{kind:"refused", wanted:string, detail:string}|{kind:"other_stands", wanted:string}} Note
 * @typedef {{id:string, version:number, draft:boolean, reachable:boolean, current:boolean}} PaperLine
 * @typedef {{poll:OpenPoll, stage:Stage, choice:string|null, ballot:CountedBallot|null, changing:boolean, note:Note|null}} Card
 *   choice: chosen and not sent, or in flight
 */

/** How long a result is shown to a person who joins later. */
const FRESH_MS = 10 * 60_000;

/** @param {Poll} poll @returns {poll is OpenPoll} */
const isOpen = (poll) => poll.status === "open" && poll.opened !== null;

/** @param {Room} room @returns {OpenPoll[]} votes on devices first: they need an action of this person */
export function openPolls(room) {
  const onTablets = (/** @type {Poll} */ poll) => Number(poll.method === "named");
  return room.polls.filter(isOpen).sort((a, b) => onTablets(b) - onTablets(a) || Date.parse(b.opened.at) - Date.parse(a.opened.at));
}

/** @param {Room} room @param {OpenPoll} poll @returns {Stand} */
export function standOf(room, poll) {
  if (poll.opened.voters.includes(room.me.user_id)) return "voter";
  return room.me.entitled_to_vote ? "late" : "watcher";
}

/** @param {Room} room @param {string} pollId @param {View} view @returns {CountedBallot|null} */
export function standingOf(room, pollId, view) {
  const ownBallot = room.my_ballots.find((one) => one.poll_id === pollId);
  const answered = view && "standing" in view ? view.standing : null;
  // The answer to this device's request may arrive before the event.
  if (answered && answered.revision > (ownBallot?.revision ?? 0)) return { ...answered, at: null, channel: "tablet" };
  return ownBallot ?? null;
}

/**
 * A person's ballot as this device knows it: what the server answered to this device takes precedence over what it
 * says now, unless a later ballot was sent from another device.
 * @param {Pick<Room, "my_ballots">} room @param {string} pollId @param {View} view
 * @returns {{choice:string, revision:number, receipt:import("../../lib/schemas.js").Receipt|null, own:boolean}|null}
 *   own: as kept on this device
 */
export function keptBallot(room, pollId, view) {
  const said = room.my_ballots.find((one) => one.poll_id === pollId) ?? null;
  const kept = view && "standing" in view ? view.standing : null;
  if (kept?.receipt && kept.revision >= (said?.revision ?? 0)) return { ...kept, own: true };
  return said && { choice: said.choice, revision: said.revision, receipt: said.receipt, own: false };
}

/**
 * @param {Room} room @param {OpenPoll} poll @param {View} view state of the outbox
 * @param {{chosen:string|null, changing:boolean}} marks the unsent choice of this tab
 * @returns {Card}
 */
export function cardOf(room, poll, view, marks) {
  const ballot = standingOf(room, poll.id, view);
  const chosen = poll.options.some((one) => one.key === marks.chosen) ? marks.chosen : null;
  const changing = marks.changing && ballot !== null && poll.allow_change;
  const stage = stageOf(room, poll, view, { ballot, chosen, changing });
  const sent = view && isWaiting(view) ? view.wanted : null;
  const choice = sent ?? (stage === "chosen" ? chosen : null);
  return { poll, stage, choice, ballot, changing, note: sent ? null : noteOf(view, ballot) };
}

/**
 * @param {Room} room @param {OpenPoll} poll @param {View} view
 * @param {{ballot:CountedBallot|null, chosen:string|null, changing:boolean}} own @returns {Stage}
 */
function stageOf(room, poll, view, { ballot, chosen, changing }) {
  if (view && isWaiting(view)) return /** @type {Stage} */ (view.state);
  if (ballot && !changing) return "recorded";
  const stand = standOf(room, poll);
  if (stand !== "voter") return stand === "late" ? "late" : "watching";
  if (poll.method !== "named") return "by_hand";
  return chosen ? "chosen" : "choosing";
}

/** @param {View} view @param {CountedBallot|null} ballot @returns {Note|null} the outcome of the last sending, if it differs from the choice */
function noteOf(view, ballot) {
  if (view?.state === "other_stands" && ballot && ballot.choice !== view.wanted) return { kind: "other_stands", wanted: view.wanted };
  if (view?.state === "refused" && ballot?.choice !== view.wanted) return { kind: "refused", wanted: view.wanted, detail: view.detail };
  return null;
}

/** @param {Poll} poll @param {string|null|undefined} key @returns {string} the label of the option */
export const labelOf = (poll, key) => poll.options.find((one) => one.key === key)?.label ?? key ?? "";

/** @param {Room} room @param {Poll} poll @returns {number|null} number of the agenda item */
export function itemNumber(room, poll) {
  const at = room.meeting.agenda.findIndex((item) => item.id === poll.agenda_item_id);
  return at < 0 ? null : at + 1;
}

/**
 * The counts that are public while a vote is open.
 * @param {Room} room @param {OpenPoll} poll @returns {{voted:number, waiting:number, absent:number, n:number}|null}
 */
export function progressOf(room, poll) {
  const news = room.votes.find((one) => one.poll_id === poll.id);
  if (!news) return null;
  const { voted, present, n } = news;
  return { voted, waiting: Math.max(0, present - voted), absent: n - present, n };
}

/** @param {Poll} poll @param {number} nowMs server time @returns {number|null} whole seconds, 0 when the time is over; the timer does not end the vote */
export function secondsLeft(poll, nowMs) {
  if (!poll.timer_seconds || !poll.opened) return null;
  return Math.max(0, Math.ceil(poll.timer_seconds - (nowMs - Date.parse(poll.opened.at)) / 1000));
}

/** @param {Room} room @param {Poll} poll @returns {PaperLine|null} the document of the question, and whether it can be opened here */
export function paperOf(room, poll) {
  const voted = poll.opened?.document;
  if (!voted) return null;
  const paper = paperById(room, voted.document_id);
  const draft = /^(dự thảo|draft)(?!\p{L})/iu.test(paper?.title.trim().normalize("NFC") ?? "");
  return { id: voted.document_id, version: voted.version, draft, reachable: paper !== null, current: paper?.current_version === voted.version };
}

/** @param {Poll} poll @returns {number} time of its end, ruling or cancellation, milliseconds; 0: none */
const endedAt = ({ ending, closed_at }) => Date.parse(ending.cancelled_at ?? ending.ruling?.at ?? closed_at ?? "") || 0;

/** @param {Poll} poll whether its result is withheld until the announcement */
export const isWithheld = (poll) => poll.status === "closed" && !poll.result;

/** @param {Poll} poll @returns {string} key of a dismissed end: an announced result and a ruled tie have new keys, so they are shown again */
export function endOf(poll) {
  if (isWithheld(poll)) return `${poll.id}:withheld`;
  return poll.result?.verdict === "tie_needs_ruling" ? `${poll.id}:tie` : poll.id;
}

/** @param {Poll} poll whether it was put to the vote and is over */
export const hasEnded = (poll) => poll.opened !== null && poll.status !== "open" && endedAt(poll) > 0;

/** @param {Room} room @returns {Poll[]} votes that are over, the latest first */
export const endedPolls = (room) => room.polls.filter(hasEnded).sort((a, b) => endedAt(b) - endedAt(a));

/** @param {Poll} poll @returns {number} time of the last news about its end, the announcement included */
const newsAt = (poll) => Math.max(endedAt(poll), Date.parse(poll.ending.announced_at ?? "") || 0);

/**
 * The ended vote to show to this person: the one with the latest news, unless it was dismissed or is too old.
 * @param {Room} room @param {number} nowMs @param {{saw:(id: string) => boolean, gone:(end: string) => boolean}} marks
 *   saw: it ended while this page was open; gone: this end was dismissed
 * @returns {Poll|null}
 */
export function verdictToShow(room, nowMs, { saw, gone }) {
  const [latest] = endedPolls(room).sort((a, b) => newsAt(b) - newsAt(a));
  if (!latest || gone(endOf(latest)) || !["in_session", "paused"].includes(room.meeting.status)) return null;
  return saw(latest.id) || nowMs - newsAt(latest) < FRESH_MS ? latest : null;
}

/**
 * The outcome of this person's ballot in a vote that is over.
 * @param {Room} room @param {Poll} poll @param {View} view
 * @returns {{kind:"ballot", ballot:CountedBallot}|{kind:"asking"|"not_arrived"|"not_sent"|"late"|"none", wanted:string}}
 */
export function ownPartIn(room, poll, view) {
  const ballot = standingOf(room, poll.id, view);
  const wanted = view && "wanted" in view ? view.wanted : "";
  if (ballot) return { kind: "ballot", ballot };
  if (view && isWaiting(view)) return { kind: "asking", wanted };
  if (view?.state === "not_arrived" || view?.state === "refused") return { kind: "not_arrived", wanted };
  if (!poll.opened || poll.method !== "named") return { kind: "none", wanted };
  const stand = standOf(room, /** @type {OpenPoll} */ (poll));
  return { kind: stand === "voter" ? "not_sent" : stand === "late" ? "late" : "none", wanted };
}

/** @param {{leaf_hash:string}|null} receipt @returns {string} a short code to read aloud: "3F7A-91C2" */
export function receiptCode(receipt) {
  const head = receipt?.leaf_hash.slice(0, 8).toUpperCase() ?? "";
  return head && `${head.slice(0, 4)}-${head.slice(4)}`;
}
