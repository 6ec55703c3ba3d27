/** The complete check of an archive: every log and every entry, up to the first broken one. */
import { fromHex } from "../lib/bytes.js";
import { read } from "./canonical.js";
import { Fault, Unusable } from "./faults.js";
import { firstBreak, rootOf, takeApart } from "./integrity.js";
import { readKey } from "./notes.js";
import { checkReceipts } from "./receipts.js";
import { Replay } from "./replay.js";
import { roots } from "./tree.js";
import { plain } from "./words.js";

/**
 * @typedef {import("./integrity.js").Log} Log
 * @typedef {import("./integrity.js").Break} Break
 * @typedef {import("./notes.js").Note} Note
 * @typedef {import("./replay.js").Remark} Remark
 *
 * @typedef {object} Given what the archive is compared with
 * @property {Note[]} kept checkpoints from elsewhere @property {import("./receipts.js").Receipt[]} receipts
 * @property {string|null} key a verifier key from another source
 *
 * @typedef {object} Story the result for an archive without broken entries: its events, and the head of the last log
 * @property {Replay} replay
 * @property {string[]} logIds @property {number[]} sizes @property {string} root hex
 * @property {number} checkpoints
 * @property {Remark[]} unproven reasons why the last log may still not be the meeting's log: a continuation that the
 *   old key did not sign, or a kept checkpoint that reaches beyond the end of an earlier log
 */

const ENTRIES_BETWEEN_PAUSES = 50;

/**
 * Checks the logs of one meeting, oldest first, also against kept checkpoints and receipts. Pauses now and then.
 * @param {import("./archive.js").LogFiles[]} files @param {Given} given
 * @returns {import("./interfaces.js").Steps<Story>} Throws Fault, Unusable.
 */
export function* check(files, { kept, receipts, key }) {
  if (key !== null && !readKey(key)) throw new Unusable("key_given_unreadable", { said: plain(key) });
  const notes = [...kept, ...receipts.flatMap(({ note }) => note ?? [])];
  const logs = [];
  for (const one of files) logs.push(yield* takeApart(one));
  const replay = new Replay();
  const { logIds, beyond, root } = yield* checkLogs(logs, replay, notes);
  const damaged = files.find((one) => one.damaged !== null)?.damaged;
  if (damaged) throw new Unusable("member_damaged", { name: damaged });
  const foreign = notes.find(({ logId }) => !logIds.includes(logId));
  if (foreign) throw new Unusable("kept_of_another_log", { log: foreign.logId });
  checkReceipts(new Map(logs.map((log, place) => [logIds[place] ?? "", log])), replay.polls, receipts);
  /** @type {Remark[]} */
  const unsigned = replay.unsigned.map((log) => ["continuation_unsigned", { log }]);
  const unproven = [...unsigned, ...beyond];
  checkKey(key, logs, replay, unproven);
  const checkpoints = logs.reduce((sum, log) => sum + log.notes.size, 0);
  return { replay, logIds, sizes: logs.map((log) => log.lines.length), root, checkpoints, unproven };
}

/**
 * @param {Log[]} logs @param {Replay} replay @param {Note[]} kept
 * @returns {import("./interfaces.js").Steps<{logIds: string[], beyond: Remark[], root: string}>} Throws Fault.
 */
function* checkLogs(logs, replay, kept) {
  /** @type {string[]} */
  const logIds = [];
  /** @type {Remark[]} */
  const beyond = [];
  /** @type {import("./replay.js").Head|null} */
  let head = null;
  for (const [place, log] of logs.entries()) {
    const following = logs[place + 1];
    const continued = following ? yield* continuedAt(following) : null;
    try {
      const broken = yield* firstBreak(log, continued, !following);
      const logId = /** @type {string} */ (yield* checkLog(log, replay, head, broken));
      logIds.push(logId);
      beyond.push(...yield* checkKept(log, logId, kept, !following));
      head = { log_id: logId, size: log.lines.length, root: yield* rootOf(log) };
    } catch (error) {
      if (error instanceof Fault && logs.length > 1) error.log = `${place + 1}/${logs.length}`;
      throw error;
    }
  }
  return { logIds, beyond, root: head?.root ?? "" };
}

/**
 * Replays the part of a log that matches the signatures.
 * @param {Log} log @param {Replay} replay @param {import("./replay.js").Head|null} before @param {Break|null} broken
 * @returns {import("./interfaces.js").Steps<string>} its id. Throws Fault.
 */
function* checkLog(log, replay, before, broken) {
  if (log.badKey) throw new Fault("key_unreadable", 0);
  const until = broken ? broken.until : log.lines.length;
  replay.begin(log.keys, before);
  let [logId, index, signed] = ["", 0, 0];
  try {
    for (const [place, line] of log.lines.slice(0, until).entries()) {
      index = place;
      if (index % ENTRIES_BETWEEN_PAUSES === 0) yield { stage: "entries", part: index / until };
      if (log.torn && index === log.lines.length - 1) throw new Fault("torn");
      logId = replay.apply(index, line);
      const note = log.notes.get(index + 1);
      if (!note || (broken && broken.fault.index <= index)) continue;
      checkNote(note, logId, replay, signed);
      signed = note.size;
    }
    if (broken) throw broken.fault;
    replay.end();
  } catch (error) {
    if (error instanceof Fault && error.index < 0) error.index = index;
    throw error;
  }
  return logId;
}

/**
 * @param {Note} note @param {string} logId @param {Replay} replay
 * @param {number} signed first entry that only this note covers
 */
function checkNote(note, logId, replay, signed) {
  if (note.logId !== logId) throw new Fault("checkpoint_of_another_log", signed, { said: note.logId });
  if (!replay.ring.key || !note.isBy(replay.ring.key)) {
    throw new Fault("checkpoint_by_another_key", signed, { size: note.size });
  }
}

/**
 * The end of the previous log according to the next log's first entry, if that is signed; null if it is not: the check
 * of the next log then reports the error.
 * @param {Log} following @returns {import("./interfaces.js").Steps<import("./integrity.js").Anchor|null>}
 */
function* continuedAt(following) {
  const broken = yield* firstBreak(following, null, false);
  const [line] = following.lines;
  if (!line || broken?.fault.index === 0) return null;
  const start = readOrNull(line)?.data;
  const { size, root } = start?.continues ?? {};
  if (!start || start.key !== following.keys[0]?.text) return null;
  const bytes = typeof root === "string" ? fromHex(root.toLowerCase()) : null;
  return typeof size === "number" && bytes ? { size, root: root.toLowerCase() } : null;
}

/** @param {Uint8Array} line @returns {any} */
function readOrNull(line) {
  try {
    return read(line);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/**
 * The key signed the last log, or vouches for it through a chain of signatures. A key separated from the last log by an
 * unsigned continuation is reported in `unproven` and is no fault.
 * @param {string|null} key @param {Log[]} logs @param {Replay} replay @param {Remark[]} unproven Throws Fault.
 */
function checkKey(key, logs, replay, unproven) {
  if (key === null || replay.ring.chain.some(({ text }) => text === key)) return;
  const isKnown = logs.some((log) => log.keys.some(({ text }) => text === key));
  if (!unproven.length || !isKnown) throw new Fault("key_not_the_expected", 0);
}

/**
 * Kept checkpoints are heads of this log.
 * @param {Log} log @param {string} logId @param {Note[]} kept @param {boolean} isLast
 * @returns {import("./interfaces.js").Steps<Remark[]>} on checkpoints beyond the end of an earlier log. Throws Fault.
 */
function* checkKept(log, logId, kept, isLast) {
  const own = kept.filter((note) => note.logId === logId);
  const found = yield* roots(log.leaves, own.map(({ size }) => size));
  const entries = log.lines.length;
  /** @type {Remark[]} */
  const beyond = [];
  for (const note of own) {
    const { size, root } = note;
    if (!log.keys.some((key) => note.isBy(key))) throw new Fault("kept_not_signed", size - 1, { size });
    if (size > entries && isLast) throw new Fault("kept_is_longer", entries, { size });
    if (size > entries) beyond.push(["kept_beyond_end", { log: logId, size, entries }]);
    else if (found.get(size) !== root) throw new Fault("kept_contradicts", size - 1, { size });
  }
  return beyond;
}
