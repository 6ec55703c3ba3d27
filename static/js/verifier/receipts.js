/**
 * A voter's receipt: read from a text or a file, and compared with the logs. A text is INDEX:HASH, or DHR1:… of a printed
 * slip. A file has such a text, or the JSON of a ballot as its voter received it, or of its member `receipt` alone.
 */
import { fromHex, sameBytes, toHex } from "../lib/bytes.js";
import { checkInclusion } from "../voting/vote_log/log_proofs.js";
import { Fault, Unusable } from "./faults.js";
import { NotJson, readJson } from "./json_reader.js";
import { readNote } from "./notes.js";
import { shownAsPython } from "./python_text.js";
import { readSlip } from "./slips.js";
import { plain } from "./words.js";

/**
 * Index of the sealed ballot in the log, and its leaf hash. `note`: the signed checkpoint that ends with this ballot,
 * which the proof of a file leads to; null for INDEX:HASH. `pollId`, `choice`: as the receipt names them, or "".
 * @typedef {{index:number, leaf:Uint8Array, note:import("./notes.js").Note|null, pollId:string, choice:string}} Receipt
 */

const SHORT = /^([0-9]{1,15}):([0-9a-fA-F]{64})$/;
const SLIP = /^[Dd][Hh][Rr]1:/;
const SPACE = /[ \t\r\n\u00a0]+/g;
const START = 5;
const END = 6;
const LONGEST = 1 << 16;
const LONGEST_PROOF = 64;
const HASH_BYTES = 32;

/** How a text that was typed is called. @param {string} text */
export function nameOfText(text) {
  const signs = Array.from(text.replace(SPACE, ""));
  return [...signs.slice(0, START), "…", ...signs.slice(-END)].join("");
}

/**
 * The receipt of a text, in which white space has no meaning.
 * @param {string} text @param {string} [name] of the file with this text
 * @returns {Receipt|null} null if it has another form. Throws Unusable.
 */
export function receiptOfText(text, name = nameOfText(text)) {
  const typed = text.replace(SPACE, "");
  const found = SHORT.exec(typed);
  const leaf = found && fromHex(found[2]?.toLowerCase());
  if (found && leaf) return { index: Number(found[1]), leaf, note: null, pollId: "", choice: "" };
  if (!SLIP.test(typed)) return null;
  const slip = readSlip(typed);
  const note = slip && readNote(slip.note);
  if (!slip || !note) throw new Unusable("receipt_mistyped", { said: plain(name) });
  return { index: slip.index, leaf: slip.leaf, note, pollId: "", choice: "" };
}

/**
 * @param {string} name of the file @param {string|null} text its content; null if it is not UTF-8
 * @returns {Receipt} Throws Unusable.
 */
export function readReceipt(name, text) {
  const start = text?.slice(0, LONGEST) ?? null;
  const receipt = start === null ? null : receiptOfText(start, name) ?? receiptOf(parsed(start));
  if (!receipt) throw new Unusable("receipt_unreadable", { said: plain(name) });
  return receipt;
}

/** @param {string} text @returns {any} undefined if it is not JSON */
function parsed(text) {
  try {
    return readJson(text, (digits, isWhole) => (isWhole ? Number(digits) : NaN));
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

/** @param {any} ballot @returns {Receipt|null} null if it is no receipt. Throws Unusable. */
function receiptOf(ballot) {
  const said = ballot?.receipt === undefined ? ballot : ballot.receipt;
  const { log_index: index, leaf_hash: hash, proof, note: noteText } = said ?? {};
  const leaf = fromHex(hash, HASH_BYTES);
  const note = typeof noteText === "string" ? readNote(noteText) : null;
  if (!leaf || !note || !Number.isInteger(index) || !isProof(proof)) return null;
  if (note.size !== index + 1 || !checkInclusion(index, note.size, toHex(leaf), proof, note.root)) {
    throw new Unusable("receipt_proves_nothing", { index });
  }
  const named = (/** @type {unknown} */ value) => (value === undefined ? "" : shownAsPython(value));
  return { index, leaf, note, pollId: named(ballot.poll_id), choice: named(ballot.choice) };
}

/** @param {unknown} proof */
function isProof(proof) {
  return Array.isArray(proof) && proof.length <= LONGEST_PROOF && proof.every((one) => fromHex(one, HASH_BYTES));
}

/**
 * Each ballot is in its log, and was opened as it was cast. The notes of receipts are checked as kept checkpoints.
 * @param {Map<string, import("./integrity.js").Log>} logs by log id, without broken entries
 * @param {Map<string, import("./polls.js").Poll>} polls @param {Receipt[]} receipts Throws Fault.
 */
export function checkReceipts(logs, polls, receipts) {
  for (const { index, leaf, note, pollId, choice } of receipts) {
    const own = [...logs].filter(([logId]) => !note || logId === note.logId).map(([, log]) => log);
    // Lost before a continuation, as the kept checkpoint has shown.
    if (note && index >= (own[0]?.leaves.length ?? 0)) continue;
    if (!own.some(({ leaves }) => sameBytes(leaves[index] ?? new Uint8Array(), leaf))) {
      throw new Fault("receipt_contradicts", index);
    }
    for (const { committed_index: committed, ballot } of polls.get(pollId)?.openings ?? []) {
      if (committed === index && ballot.choice !== choice) {
        throw new Fault("receipt_of_another_choice", index, { said: ballot.choice });
      }
    }
  }
}
