/**
 * Canonical JSON of the vote log (docs/vote-log.md): RFC 8785 for strings in NFC, whole numbers from 0
 * to 2^53 − 1, true, false, null, arrays and objects. Each value has exactly one canonical form.
 */
import canonicalize from "canonicalize";

/** A value that the log cannot hold. */
export class NotCanonical extends Error {}

const MAX_DEPTH = 200;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * @param {unknown} value
 * @returns {string} its canonical form. Throws NotCanonical.
 */
export function encode(value) {
  validate(value, 0);
  return /** @type {string} */ (canonicalize(value));
}

/**
 * Refuses values that RFC 8785 allows and the log does not.
 * @param {unknown} value @param {number} depth number of enclosing arrays and objects
 */
function validate(value, depth) {
  if (depth > MAX_DEPTH) throw new NotCanonical("too deep");
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "number") return validateNumber(value);
  if (typeof value === "string") return validateString(value);
  if (typeof value !== "object") throw new NotCanonical(`a ${typeof value}`);
  for (const [name, inner] of Object.entries(value)) {
    validateString(name);
    validate(inner, depth + 1);
  }
}

/** @param {number} value */
function validateNumber(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new NotCanonical(`the number ${value}`);
}

/** @param {string} text */
function validateString(text) {
  if (LONE_SURROGATE.test(text)) throw new NotCanonical("half of a surrogate pair");
  if (text.normalize("NFC") !== text) throw new NotCanonical("text that is not NFC");
}

/**
 * Parses a line that is in canonical form. A repeated name, a space, or another notation of a number or
 * string is not canonical.
 * @param {string} line
 * @returns {any} undefined if the line is not canonical
 */
export function read(line) {
  try {
    const value = JSON.parse(line);
    return encode(value) === line ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NotCanonical) return undefined;
    throw error;
  }
}
