/**
 * How a ballot that somebody sent comes to rest: pure, so that every crash and lost answer can be
 * tried. A ballot is recorded once however often it is sent, because each choice keeps its key.
 *
 * Two rules keep a vote from turning against the voter. A choice that may have reached the server is
 * never followed by another before its fate is known: a later wish waits behind it. And where a change
 * is allowed, a choice that had to wait is sent again only after a look at what stands: it must not
 * undo what the same person meanwhile chose on another tablet.
 */

/**
 * @typedef {import("../../lib/schemas.d.ts").Receipt} Receipt
 * @typedef {Pick<import("../../lib/schemas.d.ts").OwnBallot, "choice"|"revision"> & {receipt:Receipt|null}} CountedBallot a ballot as the server has it
 * @typedef {Pick<import("../../lib/schemas.d.ts").Problem, "code"|"detail">} Refusal
 * @typedef {{choice:string, key:string}} Wish
 * @typedef {Wish & {open:number, again:boolean, look:boolean, settling:Refusal|null}} Waiting
 *   `open`: attempts whose fate nobody knows; `again`: it did not go through at once; `look`: ask what
 *   stands before sending; `settling`: it will not be sent any more, only its fate is asked for
 * @typedef {"recorded"|"other_stands"|"not_arrived"|"refused"} End
 * @typedef {Refusal & {state:End, wanted:string, standing:CountedBallot|null}} Outcome
 * @typedef {{poll_id:string, meeting_id:string, allow_change:boolean, revision:number,
 *   waiting:Waiting|null, wish:Wish|null, outcome:Outcome|null}} Ballot
 *   `revision`: of the last ballot this tablet knew of when the choice was made
 * @typedef {"post"|"ask"} Step
 * @typedef {{state:"sending"|"sending_again"|"settling", wanted:string}|Outcome|null} View what a screen shows
 * @typedef {{kind:"stands", standing:CountedBallot|null}|{kind:"refused", refusal:Refusal, status:number}
 *   |{kind:"passing", unsent:boolean}} Answer `unsent`: surely not accepted
 * @typedef {{pollId:string, meetingId:string, choice:string, allowChange:boolean, revision:number,
 *   key:string}} Choice `key`: fresh, used if a new ballot comes of it
 */

const CONFLICT = 409;
const NOT_OPEN = "poll_not_open";
/** @type {import("../../lib/backoff.js").Options} */
export const BACKOFF = { first: 500, jitter: [0.75, 1.25], least: 500, most: 8000, mostAsked: 60_000 };

/** @param {Wish} wish @returns {Waiting} */
const fresh = ({ choice, key }) => ({ choice, key, open: 0, again: false, look: false, settling: null });

/**
 * Somebody pressed "send".
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

/** @param {Ballot|undefined} now @returns {Step|null} what to do next; null: it is at rest */
export function stepOf(now) {
  if (!now?.waiting) return null;
  return now.waiting.settling || now.waiting.look ? "ask" : "post";
}

/** The step begins: written down before anything is sent. @param {Ballot} now @returns {Ballot} */
export function begun(now) {
  if (stepOf(now) !== "post" || !now.waiting) return now;
  return { ...now, waiting: { ...now.waiting, open: now.waiting.open + 1 } };
}

/** The page came back and finds a ballot waiting. @param {Ballot} now @returns {Ballot} */
export function resumed(now) {
  return now.waiting ? { ...now, waiting: { ...now.waiting, again: true, look: now.allow_change } } : now;
}

/** The poll is known to be over: nothing is sent any more. @param {Ballot} now @returns {Ballot} */
export function closed(now) {
  if (!now.waiting || now.waiting.settling) return now;
  return { ...now, waiting: { ...now.waiting, settling: { code: NOT_OPEN, detail: "" } } };
}

/**
 * The server answered a step, or did not.
 * @param {Ballot|undefined} now @param {string} key whose step it was @param {Step} step
 * @param {Answer} answer @returns {Ballot|undefined}
 */
export function answered(now, key, step, answer) {
  // Another tab went further meanwhile: what it learnt holds.
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
  // Refused because of how things stand (over, or voted already): the voter is told how they stand.
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
 * What the server has is known.
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
  return atRest(now, { state, wanted, standing, code, detail }, revision);
}

/** @param {Ballot} now @param {Waiting} waiting @param {Refusal} refusal @returns {Ballot} */
function refused(now, waiting, refusal) {
  const wanted = (now.wish ?? waiting).choice;
  // What was recorded before stays the voter's ballot, with its receipt.
  const standing = now.outcome?.standing ?? null;
  return atRest(now, { ...refusal, state: "refused", wanted, standing }, now.revision);
}

/** @param {Ballot} now @param {Outcome} outcome @param {number} revision @returns {Ballot} */
function atRest(now, outcome, revision) {
  return { ...now, revision, waiting: null, wish: null, outcome };
}

/** @param {View} view Whether the server's last word is still to come. */
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
