/** Canonical JSON of a vote log (RFC 8785): each line must be equal to its canonical form. */
import canonicalize from "canonicalize";
import { Fault } from "./faults.js";
import { NotJson, readJson } from "./json_reader.js";

const LONGEST_NUMBER = 16;
const LONGEST_LINE = 4 * 1024 * 1024;
const SHOWN_DIGITS = 20;
const LONE_SURROGATE = /\p{Surrogate}/u;
const ASCII = /^[\u0000-\u007f]*$/;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @param {string} digits @param {boolean} isWhole @returns {number} Throws Fault. */
function wholeNumber(digits, isWhole) {
  const value = isWhole && digits.length <= LONGEST_NUMBER ? Number(digits) : -1;
  if (value < 0 || value > Number.MAX_SAFE_INTEGER) {
    throw new Fault("number_out_of_range", -1, { digits: digits.slice(0, SHOWN_DIGITS) });
  }
  return value;
}

/** @param {unknown} value of `read` @returns {string} its canonical form */
export const encode = (value) => /** @type {string} */ (canonicalize(value));

/** @param {Uint8Array} bytes @returns {string|null} null if they are not UTF-8 */
export function textOf(bytes) {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** @param {string} text @returns {any} Throws Fault. */
function parsed(text) {
  try {
    return readJson(text, wholeNumber);
  } catch (error) {
    if (error instanceof NotJson) throw new Fault("not_json");
    throw error;
  }
}

/**
 * Decodes a line that is in canonical form. A repeated name, a space or another notation of a number is not.
 * @param {Uint8Array} line @returns {any} Throws Fault.
 */
export function read(line) {
  if (line.length > LONGEST_LINE) {
    throw new Fault("line_too_long", -1, { length: line.length, most: LONGEST_LINE });
  }
  const text = textOf(line);
  if (text === null) throw new Fault("not_json");
  const value = parsed(text);
  if (holds(value, (one) => LONE_SURROGATE.test(one))) throw new Fault("not_json");
  if (encode(value) !== text) throw new Fault("not_canonical");
  if (!ASCII.test(text) && holds(value, (one) => one.normalize("NFC") !== one)) throw new Fault("not_nfc");
  return value;
}

/**
 * Whether a string in a value, or a member's name, is one of these.
 * @param {unknown} value @param {(text: string) => boolean} isOne @returns {boolean}
 */
function holds(value, isOne) {
  if (typeof value === "string") return isOne(value);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => holds(item, isOne));
  return Object.entries(value).some(([name, inner]) => isOne(name) || holds(inner, isOne));
}
