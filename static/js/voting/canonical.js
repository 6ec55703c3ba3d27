/**
 * Canonical JSON of the vote log (docs/vote-log.md): RFC 8785 for strings in NFC, whole numbers from 0
 * to 2^53 − 1, true, false, null, arrays and objects. Each value has exactly one right form.
 */

/** A value that the log cannot hold. */
export class NotCanonical extends Error {}

const DEEPEST = 200;
const HALF_A_PAIR = /\p{Surrogate}/u;

/**
 * @param {unknown} value
 * @param {number} [depth] how many arrays and objects are around it
 * @returns {string} its canonical form; throws NotCanonical
 */
export function encode(value, depth = 0) {
  if (depth > DEEPEST) throw new NotCanonical("too deep");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") return encodeString(value);
  if (Array.isArray(value)) return `[${value.map((item) => encode(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object") throw new NotCanonical(`a ${typeof value}`);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, inner]) => `${encodeString(name)}:${encode(inner, depth + 1)}`).join(",")}}`;
}

/** @param {number} value */
function encodeNumber(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new NotCanonical(`the number ${value}`);
  return String(value);
}

/** @param {string} text JSON.stringify escapes exactly what RFC 8785 escapes. */
function encodeString(text) {
  if (HALF_A_PAIR.test(text)) throw new NotCanonical("half of a surrogate pair");
  if (text.normalize("NFC") !== text) throw new NotCanonical("text that is not NFC");
  return JSON.stringify(text);
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
