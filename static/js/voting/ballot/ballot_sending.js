/**
 * The state machine that sends a ballot. Pure, so that every crash and lost answer can be tested. A ballot is
 * recorded once however often it is sent, because each choice keeps its idempotency key.
 *
 * Two rules protect the voter's choice. A choice that may have reached the server is never followed by another
 * before its outcome is known: a later choice is queued. And where a change is allowed, a delayed choice is sent
 * again only after fetching the recorded ballot: it must not undo what the same person meanwhile chose on another
 * device.
 */

/**
 * @typedef {import("../../lib/schemas.js").Receipt} Receipt
 * @typedef {Pick<import("../../lib/schemas.js").OwnBallot, "choice"|"revision"> & {receipt:Receipt|null}} CountedBallot a ballot as recorded by the server
 * @typedef {Pick<import("../../lib/schemas.js").Problem, "code"|"detail">} Refusal
 * @typedef {{choice:string, key:string}} Wish
 * @typedef {Wish & {open:number, again:boolean, look:boolean, settling:Refusal|null}} Waiting
 *   `open`: attempts with an unknown outcome; `again`: the first attempt failed; `look`: fetch the
 *   recorded ballot before sending; `settling`: not sent any more, only its outcome is requested
 * @typedef {"recorded"|"other_stands"|"not_arrived"|"refused"} End
 * @typedef {Refusal & {state:End, wanted:string, standing:CountedBallot|null}} Outcome
 * @typedef {{poll_id:string, meeting_id:string, allow_change:boolean, revision:number,
 *   waiting:Waiting|null, wish:Wish|null, outcome:Outcome|null}} Ballot
 *   `revision`: of the last ballot known to this device when the choice was made
 * @typedef {"post"|"ask"} Step
 * @typedef {{state:"sending"|"sending_again"|"settling", wanted:string}|Outcome|null} View the state for the screen
 * @typedef {{kind:"stands", standing:CountedBallot|null}|{kind:"refused", refusal:Refusal, status:number}
 *   |{kind:"passing", unsent:boolean}} Answer `unsent`: certainly not accepted
 * @typedef {{pollId:string, meetingId:string, choice:string, allowChange:boolean, revision:number,
 *   key:string}} Choice `key`: a new key, used if the choice becomes a new ballot
 */

const CONFLICT = 409;
const NOT_OPEN = "poll_not_open";
/** @type {import("../../lib/backoff.js").Options} */
export const BACKOFF = { first: 500, jitter: [0.75, 1.25], least: 500, most: 8000, mostAsked: 60_000 };

/** @param {Wish} wish @returns {Waiting} */
const fresh = ({ choice, key }) => ({ choice, key, open: 0, again: false, look: false, settling: null });

/**
 * The voter pressed "send".
 * @param {Ballot|undefined} now @param {Choice} chosen @returns {Ballot}
 */
export function chosen(now, { pollId, meetingId, choice, allowChange, revision, key }) {
  const waiting = now?.waiting;
  if (!now || !waiting) {
    const known = Math.max(revision, now?.outcome?.standing?.revision ?? 0);
    const base = { poll_id: pollId, meeting_id: meetingId, allow_change: allowChange, revision: known };
    return { ...base, waiting: fresh({ choice, key }), wish: null, outcome: now?.outcome ?? null };
  }
  if (waiting.choice === choice) return { ...now, wish: null };
  if (waiting.settling) return now;
  if (waiting.open === 0) return { ...now, waiting: fresh({ choice, key }), wish: null };
  return now.allow_change ? { ...now, wish: { choice, key } } : now;
}

/** @param {Ballot|undefined} now @returns {Step|null} the next step; null: the ballot is final */
export function stepOf(now) {
  if (!now?.waiting) return null;
  return now.waiting.settling || now.waiting.look ? "ask" : "post";
}

/** Marks the start of a step; stored before anything is sent. @param {Ballot} now @returns {Ballot} */
export function begun(now) {
  if (stepOf(now) !== "post" || !now.waiting) return now;
  return { ...now, waiting: { ...now.waiting, open: now.waiting.open + 1 } };
}

/** After a page load, continues with a pending ballot. @param {Ballot} now @returns {Ballot} */
export function resumed(now) {
  return now.waiting ? { ...now, waiting: { ...now.waiting, again: true, look: now.allow_change } } : now;
}

/** The poll is over: the ballot is no longer sent. @param {Ballot} now @returns {Ballot} */
export function closed(now) {
  if (!now.waiting || now.waiting.settling) return now;
  return { ...now, waiting: { ...now.waiting, settling: { code: NOT_OPEN, detail: "" } } };
}

/**
 * Applies the server's answer to a step, or its absence.
 * @param {Ballot|undefined} now @param {string} key key of the choice of the step @param {Step} step
 * @param {Answer} answer @returns {Ballot|undefined}
 */
export function answered(now, key, step, answer) {
  // Another tab has advanced meanwhile: its state holds.
  if (!now?.waiting || now.waiting.key !== key) return now;
  return step === "post" ? posted(now, now.waiting, answer) : looked(now, now.waiting, answer);
}

/** @param {Ballot} now @param {Waiting} waiting @param {Answer} answer @returns {Ballot} */
function posted(now, waiting, answer) {
  if (answer.kind === "stands") return settled(now, waiting, answer.standing);
  if (answer.kind === "passing") {
    const open = answer.unsent ? waiting.open - 1 : waiting.open;
    return { ...now, waiting: { ...waiting, open, again: true, look: now.allow_change } };
  }
  // A conflict (the poll is over, or the person has voted): the recorded ballot is fetched and shown.
  if (answer.status === CONFLICT) return { ...now, waiting: { ...waiting, settling: answer.refusal } };
  return refused(now, waiting, answer.refusal);
}

/** @param {Ballot} now @param {Waiting} waiting @param {Answer} answer @returns {Ballot} */
function looked(now, waiting, answer) {
  if (answer.kind === "passing") return { ...now, waiting: { ...waiting, again: true } };
  if (answer.kind === "refused") return refused(now, waiting, answer.refusal);
  const { standing } = answer;
  const newer = standing !== null && standing.revision > now.revision;
  if (waiting.settling || newer || standing?.choice === waiting.choice) return settled(now, waiting, standing);
  return { ...now, waiting: { ...waiting, look: false } };
}

/**
 * The ballot recorded by the server is known.
 * @param {Ballot} now @param {Waiting} waiting @param {CountedBallot|null} standing @returns {Ballot}
 */
function settled(now, waiting, standing) {
  const { settling } = waiting;
  const revision = standing?.revision ?? now.revision;
  if (now.wish && !settling && standing?.choice === waiting.choice) {
    return { ...now, revision, waiting: { ...fresh(now.wish), again: true }, wish: null };
  }
  const wanted = (now.wish ?? waiting).choice;
  const { code, detail } = settling ?? { code: "", detail: "" };
  /** @type {End} */
  let state = standing?.choice === wanted ? "recorded" : "other_stands";
  if (!standing) state = code === NOT_OPEN ? "not_arrived" : "refused";
  return withOutcome(now, { state, wanted, standing, code, detail }, revision);
}

/** @param {Ballot} now @param {Waiting} waiting @param {Refusal} refusal @returns {Ballot} */
function refused(now, waiting, refusal) {
  const wanted = (now.wish ?? waiting).choice;
  // The ballot recorded before stays valid, with its receipt.
  const standing = now.outcome?.standing ?? null;
  return withOutcome(now, { ...refusal, state: "refused", wanted, standing }, now.revision);
}

/** @param {Ballot} now @param {Outcome} outcome @param {number} revision @returns {Ballot} */
function withOutcome(now, outcome, revision) {
  return { ...now, revision, waiting: null, wish: null, outcome };
}

/** @param {View} view Whether the outcome is still unknown. */
export function isWaiting(view) {
  return view !== null && ["sending", "sending_again", "settling"].includes(view.state);
}

/** @param {Ballot|undefined} now @returns {View} */
export function viewOf(now) {
  if (!now) return null;
  if (!now.waiting) return now.outcome;
  const { settling, again } = now.waiting;
  const state = settling ? "settling" : again ? "sending_again" : "sending";
  return { state, wanted: (now.wish ?? now.waiting).choice };
}
