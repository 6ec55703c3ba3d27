/** Finds the first unsigned change of a log: compares leaves with checkpoints and leaves.txt. */
import { fromHex, sameBytes, toHex } from "../lib/bytes.js";
import { Fault } from "./faults.js";
import { readKey, readNote } from "./notes.js";
import { leafHash, roots } from "./tree.js";

/**
 * @typedef {import("./notes.js").Key} Key
 * @typedef {import("./notes.js").Note} Note
 * @typedef {{size: number, root: string}} Anchor a tree size and the vouched root at that size
 * @typedef {{fault: Fault, until: number}} Break a change at entry `fault.index`, or between it and `until` (exclusive)
 *
 * @typedef {object} Log the parsed files of one log
 * @property {Uint8Array[]} lines @property {boolean} torn the last line has no newline
 * @property {Uint8Array[]} leaves
 * @property {Key[]} keys @property {boolean} badKey
 * @property {Map<number, Note>} notes by size, ascending @property {Fault|null} badNote
 * @property {Uint8Array[]|null} listed the leaves of leaves.txt
 */

const SEPARATOR = "--\n";
const NEWLINE = 10;
const HASH_BYTES = 32;
const LINES_BETWEEN_PAUSES = 500;
const NO_HASH = new Uint8Array();

/**
 * Parses lines, leaves, keys, and the checkpoints that one of these keys signed.
 * @param {import("./archive.js").LogFiles} files @returns {import("./interfaces.js").Steps<Log>}
 */
export function* takeApart(files) {
  const { lines, torn } = linesOf(files.log);
  const leaves = [];
  for (const line of lines) {
    if (leaves.length % LINES_BETWEEN_PAUSES === 0) yield { stage: "hash", part: leaves.length / lines.length };
    leaves.push(leafHash(line));
  }
  const keys = files.keys.map(readKey).filter((key) => key !== null);
  const badKey = keys.length !== files.keys.length || !keys.length;
  const listed = files.leaves && files.leaves.map((text) => fromHex(text, HASH_BYTES) ?? NO_HASH);
  /** @type {Log} */
  const log = { lines, torn, leaves, keys, badKey, notes: new Map(), badNote: null, listed };
  log.badNote = yield* takeNotes(log, files.checkpoints);
  return log;
}

/** @param {Uint8Array} content @returns {{lines: Uint8Array[], torn: boolean}} */
function linesOf(content) {
  const lines = [];
  let start = 0;
  for (let end = content.indexOf(NEWLINE); end >= 0; end = content.indexOf(NEWLINE, start)) {
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  const torn = start < content.length;
  if (torn) lines.push(content.subarray(start));
  return { lines, torn };
}

/**
 * Stores checkpoints up to the first invalid one.
 * @param {Log} log @param {string} text @returns {import("./interfaces.js").Steps<Fault|null>} the fault of that one
 */
function* takeNotes(log, text) {
  let size = 0;
  const parts = text.split(SEPARATOR);
  for (const [place, part] of parts.entries()) {
    yield { stage: "signatures", part: place / parts.length };
    const number = place + 1;
    const note = readNote(part);
    if (!note) return new Fault("checkpoint_unreadable", size, { number });
    if (note.size <= size) return new Fault("checkpoints_out_of_order", size, { number });
    // The first checkpoint needs the first key: a key appended to key.txt cannot sign it.
    if (!(log.notes.size ? log.keys : log.keys.slice(0, 1)).some((key) => note.isBy(key))) {
      return new Fault("checkpoint_not_signed", size, { number, size: note.size });
    }
    log.notes.set(note.size, note);
    size = note.size;
  }
  return null;
}

/**
 * The first position where entries differ from the signed ones.
 * @param {Log} log @param {Anchor|null} continued the end of an earlier log according to the next log; it counts like a
 *   checkpoint. Null for the last log, and where the next log is not trustworthy.
 * @param {boolean} isLast @returns {import("./interfaces.js").Steps<Break|null>}
 */
export function* firstBreak(log, continued, isLast) {
  const anchors = [...log.notes.values()].map(({ size, root }) => ({ size, root }));
  if (continued && !log.notes.has(continued.size)) anchors.push(continued);
  anchors.sort((one, other) => one.size - other.size);
  const { good, failing } = yield* vouched(log.leaves, anchors);
  const listed = log.listed && firstDifference(log.leaves, log.listed);
  if (listed !== null && (yield* identifiesEntry(log, good, failing, listed))) return exact(log, listed);
  const breaks = log.badNote ? [{ fault: log.badNote, until: log.badNote.index }] : [];
  if (failing) breaks.push(between(log, good, failing.size, continued !== null && failing.size > continued.size));
  if (listed !== null && listed < good) {
    breaks.push({ fault: new Fault("leaf_list_differs", listed), until: listed + 1 });
  }
  if (breaks.length) return breaks.reduce((least, one) => (one.fault.index < least.fault.index ? one : least));
  if (log.lines.length > good && (isLast || continued)) {
    return { fault: new Fault("not_covered", good, { size: good }), until: good };
  }
  return listed === null ? null : { fault: new Fault("leaf_list_differs", listed), until: listed };
}

/**
 * Number of entries that good anchors cover, and the first anchor that does not match.
 * @param {Uint8Array[]} leaves @param {Anchor[]} anchors ascending
 * @returns {import("./interfaces.js").Steps<{good: number, failing: Anchor|null}>}
 */
function* vouched(leaves, anchors) {
  const found = yield* roots(leaves, anchors.map(({ size }) => size));
  let good = 0;
  for (const anchor of anchors) {
    if (found.get(anchor.size) !== anchor.root) return { good, failing: anchor };
    good = anchor.size;
  }
  return { good, failing: null };
}

/**
 * Whether the list of leaves identifies the changed entry and is itself unchanged.
 * @param {Log} log @param {number} good @param {Anchor|null} failing @param {number} listed
 * @returns {import("./interfaces.js").Steps<boolean>}
 */
function* identifiesEntry(log, good, failing, listed) {
  if (failing && (yield* roots(log.listed ?? [], [failing.size])).get(failing.size) === failing.root) return true;
  return log.badNote !== null && listed >= good;
}

/**
 * The break at the entry that the list of leaves identifies.
 * @param {Log} log @param {number} index @returns {Break}
 */
function exact(log, index) {
  if (index < log.leaves.length) return { fault: new Fault("entry_changed", index), until: index + 1 };
  return { fault: new Fault("entry_missing", index, { size: log.listed?.length ?? 0 }), until: index };
}

/**
 * The break for a change from entry `good` on, before the size of the next anchor.
 * @param {Log} log @param {number} good @param {number} size
 * @param {boolean} beyond the anchor reaches beyond the end at which the next log continues this one
 * @returns {Break}
 */
function between(log, good, size, beyond) {
  const end = log.leaves.length;
  const missing = beyond ? "checkpoint_beyond_end" : "entry_missing";
  if (size > end) return { fault: new Fault(missing, end, { size }), until: end };
  if (size === good + 1) return { fault: new Fault("entry_changed", good), until: size };
  return { fault: new Fault("entries_changed", good, { first: good, last: size - 1 }), until: size };
}

/** @param {Uint8Array[]} one @param {Uint8Array[]} other @returns {number|null} */
function firstDifference(one, other) {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    if (!sameBytes(/** @type {Uint8Array} */ (one[index]), /** @type {Uint8Array} */ (other[index]))) return index;
  }
  return one.length === other.length ? null : length;
}

/** The root over all leaves of a log. @param {Log} log @returns {import("./interfaces.js").Steps<string>} hex */
export function* rootOf(log) {
  const size = log.leaves.length;
  return (yield* roots(log.leaves, [size])).get(size) ?? toHex(NO_HASH);
}
