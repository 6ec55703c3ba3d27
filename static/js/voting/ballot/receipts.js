/**
 * A voter's check that the ballot is in the log as cast: the log continues the checkpoint that was signed with the
 * ballot, the sealed entry is under the checkpoint that this client watched, and after closing, the opened ballot
 * matches the seal and the voter's choice. No statement of the server is accepted without proof.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, joined, toHex, utf8 } from "../../lib/bytes.js";
import { encode, read } from "../vote_log/canonical.js";
import { parseNote } from "../vote_log/checkpoints.js";
import { checkInclusion, leafHash } from "../vote_log/log_proofs.js";

/**
 * @typedef {import("../vote_log/watched_log.js").Head} Head
 * @typedef {import("../vote_log/log_requests.js").LogQuestions} LogQuestions
 * @typedef {"verified"|"not_found"|"broken"|"unknown"} State
 *   verified: all possible checks pass; not_found: another entry has its index; broken: the log
 *   contradicts itself or the voter; unknown: not decidable now
 * @typedef {"checkpoint"|"entry"|"opening"|"choice"} StepName
 * @typedef {{step:StepName, ok:boolean}} Step the steps taken, in order; only the last may have failed
 * @typedef {{state:State, reason:string, choice:string|null, revision:number|null, steps:Step[]}} Checked
 * @typedef {{receipt:import("./ballot_sending.js").Receipt, pollId:string, userId:string,
 *   choice:string, closed:boolean, withheld?:boolean, voted?:number}} Cast the voter's data: `choice` as stored on
 *   this device; withheld: the log stops before the opened ballots until the result is announced; voted: number of
 *   ballots, from which the place of the opened one follows in most logs
 */

const PAGE = 500;
const SALT_BYTES = 32;

/** Ends a check with its state and reason. */
class Ends extends Error {
  /** @param {State} state @param {string} reason @param {StepName|null} [failed] */
  constructor(state, reason, failed = null) {
    super(reason);
    this.state = state;
    this.reason = reason;
    this.failed = failed;
  }
}

/** @param {string} salt hex @param {unknown} ballot @returns {string|null} hex; null if the salt is invalid */
export function commitmentOf(salt, ballot) {
  const bytes = fromHex(salt, SALT_BYTES);
  return bytes && toHex(sha256(joined(bytes, utf8(encode(ballot)))));
}

/**
 * @param {import("../vote_log/log_watch.js").LogWatch} watch @param {Cast} cast
 * @returns {Promise<Checked>}
 */
export async function checkReceipt(watch, cast) {
  /** @type {Step[]} */
  const steps = [];
  const passed = (/** @type {StepName} */ step) => void steps.push({ step, ok: true });
  try {
    const head = await watchedHead(watch, cast.receipt);
    passed("checkpoint");
    const { commitment } = await sealedEntry(watch, head, cast);
    passed("entry");
    if (cast.withheld) return { state: "verified", reason: "withheld", choice: null, revision: null, steps };
    const opened = await opening(watch.questions, head, cast);
    if (!opened) return { state: "verified", reason: "cancelled", choice: null, revision: null, steps };
    if (commitmentOf(opened.salt, opened.ballot) !== commitment) throw new Ends("broken", "opening_does_not_fit", "opening");
    passed("opening");
    const { choice, revision, user_id, poll_id } = opened.ballot;
    if (user_id !== cast.userId || poll_id !== cast.pollId) throw new Ends("broken", "another_voter", "choice");
    if (choice !== cast.choice) throw new Ends("broken", "another_choice", "choice");
    passed("choice");
    return { state: "verified", reason: "", choice, revision, steps };
  } catch (error) {
    if (!(error instanceof Ends)) throw error;
    const { state, reason, failed } = error;
    return { state, reason, choice: null, revision: null, steps: failed ? [...steps, { step: failed, ok: false }] : steps };
  }
}

/**
 * @param {import("../vote_log/log_watch.js").LogWatch} watch @param {Cast["receipt"]} receipt
 * @returns {Promise<Head>} the current verified checkpoint
 */
async function watchedHead(watch, receipt) {
  const { note } = receipt;
  if (note !== undefined) {
    if (!provesItself(receipt, note)) throw new Ends("broken", "receipt_proves_nothing", "checkpoint");
    await watch.offer({ note }, { now: true });
  }
  const verdict = await watch.look({ now: true });
  const { head } = watch;
  if (watch.status.state === "inconsistent") throw new Ends("broken", "log_inconsistent", "checkpoint");
  // Without an answer of the server, an older verified checkpoint serves as well.
  if (!head) throw new Ends("unknown", verdict.reason);
  return head;
}

/** @param {Cast["receipt"]} receipt @param {string} text its checkpoint, whose signature the watch verifies */
function provesItself({ log_index: index, leaf_hash: leaf, proof }, text) {
  const note = parseNote(text);
  return note !== null && note.size === index + 1 && checkInclusion(index, note.size, leaf, proof, note.root);
}

/**
 * The entry that the receipt names, sealed.
 * @param {import("../vote_log/log_watch.js").LogWatch} watch @param {Head} head @param {Cast} cast
 * @returns {Promise<any>} its data
 */
async function sealedEntry(watch, head, { receipt, pollId, closed }) {
  const { log_index: index, leaf_hash: leaf } = receipt;
  // A restore cancelled open polls; the new log has other entries at these indexes.
  const missing = watch.status.breaks.length ? "restored" : "another_entry";
  if (index >= head.size) throw closed ? new Ends("not_found", missing, "entry") : new Ends("unknown", "not_covered_yet");
  const [line] = await answered(watch.questions.lines(head.log_id, index, 1));
  if (!line) throw new Ends("unknown", "unreachable");
  if (!await isIncluded(watch.questions, head, line)) throw new Ends("broken", "not_proven", "entry");
  if (leafHash(line.entry) !== leaf) throw new Ends("not_found", missing, "entry");
  const entry = read(line.entry);
  if (entry?.type !== "ballot_committed" || entry.data?.poll_id !== pollId) throw new Ends("broken", "another_entry", "entry");
  return entry.data;
}

/**
 * The opening of the ballot when the poll closed.
 * @param {LogQuestions} questions @param {Head} head @param {Cast} cast
 * @returns {Promise<any>} the opening's data; null: the poll was cancelled before it closed
 */
async function opening(questions, head, { receipt, pollId, voted }) {
  // Without other entries between, openings follow in the order of the sealed ballots.
  const likely = receipt.log_index + (voted ?? 0);
  const [guess] = voted && likely < head.size ? await answered(questions.lines(head.log_id, likely, 1)) : [];
  const found = guess && read(guess.entry);
  if (guess && found?.type === "ballot_opened" && found.data?.poll_id === pollId && found.data.committed_index === receipt.log_index) {
    if (!await isIncluded(questions, head, guess)) throw new Ends("broken", "not_proven", "opening");
    return found.data;
  }
  for (let from = receipt.log_index + 1; from < head.size;) {
    const lines = await answered(questions.lines(head.log_id, from, Math.min(PAGE, head.size - from)));
    if (!lines.length) throw new Ends("unknown", "unreachable");
    for (const line of lines) {
      const { type, data } = read(line.entry) ?? {};
      if (data?.poll_id !== pollId) continue;
      const own = type === "ballot_opened" && data.committed_index === receipt.log_index;
      if (!own && type !== "poll_closed" && type !== "poll_cancelled") continue;
      if (!await isIncluded(questions, head, line)) throw new Ends("broken", "not_proven", "opening");
      if (own) return data;
      if (type === "poll_cancelled") return null;
      throw new Ends("broken", "not_opened", "opening");
    }
    from += lines.length;
  }
  throw new Ends("unknown", "still_sealed");
}

/**
 * Whether a line is included under the checkpoint.
 * @param {LogQuestions} questions @param {Head} head @param {import("../vote_log/log_requests.js").Line} line
 */
async function isIncluded(questions, head, { index, entry }) {
  const proof = await answered(questions.inclusion(head.log_id, index, head.size));
  return checkInclusion(index, head.size, leafHash(entry), proof, head.root);
}

/** @template {unknown[]} T @param {Promise<T|import("../vote_log/log_requests.js").NoAnswer>} question @returns {Promise<T>} */
async function answered(question) {
  const answer = await question;
  if (typeof answer === "string") throw new Ends("unknown", "unreachable");
  return answer;
}
