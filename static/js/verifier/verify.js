/**
 * Checks one archive, and says how the check ended: the same as `python -m verifier`, with the same exit code, fault
 * and report.
 */
import { openArchive } from "./archive.js";
import { textOf } from "./canonical.js";
import { check } from "./check.js";
import { Fault, Unusable } from "./faults.js";
import { readNote } from "./notes.js";
import { readReceipt, receiptOfText } from "./receipts.js";
import { told } from "./report.js";
import { inBoth, plain, said } from "./words.js";

/**
 * @typedef {import("./words.js").Language} Language
 * @typedef {{name: string, bytes: Uint8Array}} File
 *
 * @typedef {object} Question
 * @property {Uint8Array} archive
 * @property {File[]} [kept] files of checkpoints from elsewhere, also of a witness
 * @property {(File|string)[]} [receipts] files, or texts INDEX:HASH or DHR1:…
 * @property {string|null} [key] a public key of the log, known from elsewhere
 * @property {boolean} [requireKey]
 *
 * @typedef {object} Answer
 * @property {number} exit 0: nothing wrong; 1: a broken entry; 2: nothing could be checked; 3: a key is required;
 *   4: a continuation is not proven
 * @property {Fault|null} fault of exit 1 @property {Unusable|null} unusable of exit 2
 * @property {import("./check.js").Story|null} story of exits 0, 3 and 4
 * @property {(language: Language) => string[]} remarks before and after the report
 * @property {(language: Language) => string[]} lines the text that the Python verifier prints
 */

/** Most bytes of a file of checkpoints that are read. */
export const LONGEST_KEPT = 64 << 20;
const SEPARATOR = "--\n";
const NOTHING = { fault: null, unusable: null, story: null, remarks: () => [] };

/**
 * Pauses now and then, so that a page can show that it works.
 * @param {Question} question @returns {import("./interfaces.js").Steps<Answer>}
 */
export function* verify({ archive, kept = [], receipts = [], key = null, requireKey = false }) {
  try {
    const notes = kept.flatMap(readKept);
    const given = receipts.map(receiptFrom);
    const story = yield* check(yield* openArchive(archive), { kept: notes, receipts: given, key });
    return answerOf(story, key, requireKey);
  } catch (error) {
    if (error instanceof Fault) return broken(error);
    if (error instanceof Unusable) return unusable(error);
    throw error;
  }
}

/** @param {import("./check.js").Story} story @param {string|null} key @param {boolean} requireKey @returns {Answer} */
function answerOf(story, key, requireKey) {
  const [exit, remarks] = outcome(story, key, requireKey);
  const lines = (/** @type {Language} */ language) => [...remarks, ...told(story, language), ...remarks];
  return { ...NOTHING, exit, story, remarks: () => remarks, lines };
}

/**
 * @param {import("./check.js").Story} story @param {string|null} key @param {boolean} requireKey
 * @returns {[number, string[]]}
 */
function outcome({ unproven }, key, requireKey) {
  if (unproven.length) return [4, unproven.map(([code, facts]) => inBoth(code, facts))];
  if (key === null && requireKey) return [3, [inBoth("key_required")]];
  return [0, key ? [] : [inBoth("key_not_compared")]];
}

/** @param {Fault} fault @returns {Answer} */
function broken(fault) {
  const lines = (/** @type {Language} */ language) => {
    const log = fault.log ? said(language, "of_log", { log: fault.log }) : "";
    return [said(language, "broken", { index: fault.index, log, what: fault.said(language) })];
  };
  return { ...NOTHING, exit: 1, fault, lines };
}

/** @param {Unusable} error @returns {Answer} */
export function unusable(error) {
  const lines = (/** @type {Language} */ language) => [said(language, "unusable", { what: error.said(language) })];
  return { ...NOTHING, exit: 2, unusable: error, lines };
}

/** The text of a file, with the ends of lines of all systems. @param {File} file @returns {string|null} */
const linesOf = ({ bytes }) => textOf(bytes)?.replace(/\r\n?/g, "\n") ?? null;

/** @param {File} file @returns {import("./notes.js").Note[]} Throws Unusable. */
function readKept(file) {
  const parts = linesOf(file)?.slice(0, LONGEST_KEPT).split(SEPARATOR);
  // A witness file ends with a separator, so that a record that was cut off is not taken for one.
  if (parts && parts.length > 1 && parts.at(-1) === "") parts.pop();
  const notes = parts?.map(readNote);
  if (!notes || notes.includes(null)) throw new Unusable("kept_unreadable", { path: file.name });
  return notes.filter((note) => note !== null);
}

/** @param {File|string} given @returns {import("./receipts.js").Receipt} Throws Unusable. */
function receiptFrom(given) {
  if (typeof given !== "string") return readReceipt(given.name, linesOf(given));
  const receipt = receiptOfText(given);
  if (!receipt) throw new Unusable("receipt_unreadable", { said: plain(given) });
  return receipt;
}
