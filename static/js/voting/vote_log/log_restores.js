/**
 * A log that continues an earlier one after a restore, per docs/vote-log.md: its first entry names the earlier log,
 * with the size and root of the backup.
 */
import { read } from "./canonical.js";
import { checkInclusion, leafHash } from "./log_proofs.js";
import { isClaim } from "./log_requests.js";

/**
 * @typedef {import("./watched_log.js").KnownLog} KnownLog
 * @typedef {{from:string, seen:number, kept:number, reason:string}} Gap
 * @typedef {{wrong:string, from:KnownLog|undefined, breaks:Gap[]}} Story `wrong`: why it is invalid, or empty
 */

/**
 * Fetches the first entry of a log, with a proof that it is under the checkpoint.
 * @param {import("./checkpoints.js").Note} note @param {import("./log_requests.js").LogQuestions} questions
 * @returns {Promise<any>} the entry's data; null: an invalid first entry; or why there is no answer
 */
export async function startOf(note, questions) {
  const lines = await questions.lines(note.logId, 0, 1);
  if (typeof lines === "string") return lines;
  const proof = await questions.inclusion(note.logId, 0, note.size);
  if (typeof proof === "string") return proof;
  const line = lines[0]?.entry ?? "";
  if (!checkInclusion(0, note.size, leafHash(line), proof, note.root)) return null;
  const entry = read(line);
  const right = entry?.type === "log_started" && entry.log_id === note.logId && entry.index === 0
    && entry.data?.meeting_id === questions.meetingId && entry.v === versionOf(entry.data);
  return right ? entry.data : null;
}

/** @param {any} start data of a log's first entry @returns {number} the required version of the format */
const versionOf = ({ continues }) => (Object.hasOwn(Object(continues ?? {}), "signature_by_old") ? 2 : 1);

/**
 * Whether a new log continues a log that this client saw, and the entries lost in the restore.
 * @param {KnownLog[]} logs oldest first @param {any} continues `continues` of the new log's first entry
 * @param {import("./log_requests.js").Claim[]} earlier the server's own list of the meeting's logs
 * @returns {Story}
 */
export function goesOn(logs, continues, earlier) {
  const last = logs.at(-1);
  if (!isClaim(continues)) return { wrong: "another_log", from: last, breaks: [] };
  // After several restores while this client was away, only that list contains the logs between.
  const story = [...earlier.filter(({ log_id }) => log_id !== continues.log_id), continues];
  const named = (/** @type {KnownLog|undefined} */ log) => story.find(({ log_id }) => log_id === log?.head.log_id);
  const from = named(last) ? last : logs.find(({ head }) => head.log_id === continues.log_id);
  const claim = named(from);
  if (!from || !claim) return { wrong: "another_log", from: last, breaks: [] };
  if (claim.size === from.head.size && claim.root !== from.head.root) return { wrong: "earlier_root", from, breaks: [] };
  // Logs after the continued one are lost completely.
  const breaks = logs.slice(logs.indexOf(from)).map(({ head }) => ({
    from: head.log_id, seen: head.size, kept: head === from.head ? claim.size : 0, reason: String(continues.reason),
  }));
  return { wrong: "", from, breaks };
}
