/**
 * Converts bytes to text and back. Only the canonical forms are accepted: lower-case hex, and base64 with
 * padding and zero spare bits. Any other text decodes to null.
 */

const HEX = /^(?:[0-9a-f]{2})*$/;
const BASE64 = /^[0-9A-Za-z+/]*={0,2}$/;

/** Encodes text as UTF-8. @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {unknown} text
 * @param {number} [length] required number of bytes
 * @returns {Uint8Array|null}
 */
export function fromHex(text, length) {
  if (typeof text !== "string" || !HEX.test(text)) return null;
  if (length !== undefined && text.length !== 2 * length) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

/** @param {Uint8Array} bytes */
export function toBase64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** @param {unknown} text @returns {Uint8Array|null} */
export function fromBase64(text) {
  // atob accepts spaces, missing padding and spare bits. The length and the round trip are therefore checked.
  if (typeof text !== "string" || text.length % 4 || !BASE64.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

/** @param {Uint8Array[]} parts @returns {Uint8Array} */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} one @param {Uint8Array} other */
export function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
