/**
 * The stored state of one meeting's vote log on a client: for each log the keys and the largest verified
 * checkpoint, the breaks caused by restores, and evidence. Pure. Evidence is never removed.
 *
 * @typedef {{log_id:string, size:number, root:string, note:string, at:string}} Head
 * @typedef {{pins:import("./log_keys.js").Pin[], head:Head}} KnownLog
 * @typedef {{from:string, to:string, seen:number, kept:number, reason:string, at:string}} Break
 *   a restore: this client saw `seen` entries of the log `from`, and the log `to` continues its first `kept`
 * @typedef {{reason:string, at:string, kept:KnownLog|null, offered:import("./log_requests.js").Offered,
 *   present:unknown, proof:unknown[]}} Evidence the verified state, and what contradicts it; `present`: the
 *   server's checkpoint at that time, if it was fetched
 * @typedef {{meeting_id:string, turn:number, logs:KnownLog[], breaks:Break[], evidence:Evidence[]}} Watched
 *   `logs`: in the order in which they were seen, the last one is the current one; `turn` increases with each change
 */

/** Further evidence would add nothing to the first pieces. */
const MOST_EVIDENCE = 50;
const LONGEST_NOTE = 20_000;
const LONGEST_PROOF = 128;

/** @param {string} meetingId @returns {Watched} */
export const nothingYet = (meetingId) => ({ meeting_id: meetingId, turn: 0, logs: [], breaks: [], evidence: [] });

/** @param {Watched} now @param {Head} head of a verified checkpoint @param {import("./log_keys.js").Pin[]} pins */
export function withHead(now, head, pins) {
  const at = now.logs.findIndex((log) => log.head.log_id === head.log_id);
  const known = now.logs[at];
  if (!known) return { ...now, logs: [...now.logs, { pins, head }] };
  const larger = { pins, head: head.size > known.head.size ? head : known.head };
  return { ...now, logs: now.logs.map((log) => (log === known ? larger : log)) };
}

/** @param {Watched} now @param {Break[]} breaks @returns {Watched} */
export const withBreaks = (now, breaks) => ({ ...now, breaks: [...now.breaks, ...breaks] });

/** @param {Watched} now @param {Evidence} said @returns {Watched} */
export function withEvidence(now, said) {
  const evidence = bounded(said);
  const same = now.evidence.some((one) => one.reason === evidence.reason && one.offered.note === evidence.offered.note
    && one.kept?.head.note === evidence.kept?.head.note);
  if (same || now.evidence.length >= MOST_EVIDENCE) return now;
  return { ...now, evidence: [...now.evidence, evidence] };
}

/** Limits the stored size: a lying server may also send too much data for a device. @param {Evidence} evidence @returns {Evidence} */
function bounded(evidence) {
  const { offered, present, proof } = evidence;
  const hashes = proof.slice(0, LONGEST_PROOF).map((one) => String(one).slice(0, 64));
  return { ...evidence, offered: { ...offered, note: short(offered.note) }, present: short(present), proof: hashes };
}

/** @param {unknown} note */
const short = (note) => (note === null ? null : String(note).slice(0, LONGEST_NOTE));
