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
 * @returns {string} its canonical form; throws NotCanonical
 */
export function encode(value) {
  validate(value, 0);
  return /** @type {string} */ (canonicalize(value));
}

/**
 * RFC 8785 allows more than the log does.
 * @param {unknown} value @param {number} depth how many arrays and objects are around it
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
 * The value of a line, if the line is its canonical form: a repeated name, a space, a number or a
 * string written otherwise all make another form than this one.
 * @param {string} line
 * @returns {any} undefined if it is not
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
