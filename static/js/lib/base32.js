/**
 * Base32 of RFC 4648 section 6, without padding. Only the canonical form is accepted: upper-case letters, and spare bits
 * that are zero.
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BITS = 5;
const BYTE = 8;

/** @param {Uint8Array} bytes */
export function toBase32(bytes) {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(BYTE, "0")).join("");
  return bits.replace(/.{1,5}/g, (part) => ALPHABET.charAt(parseInt(part.padEnd(BITS, "0"), 2)));
}

/** @param {string} text @returns {Uint8Array|null} */
export function fromBase32(text) {
  const places = Array.from(text, (letter) => ALPHABET.indexOf(letter));
  if (places.includes(-1)) return null;
  const bits = places.map((place) => place.toString(2).padStart(BITS, "0")).join("");
  const length = Math.floor(bits.length / BYTE);
  const bytes = Uint8Array.from({ length }, (_, at) => parseInt(bits.slice(BYTE * at, BYTE * (at + 1)), 2));
  return toBase32(bytes) === text ? bytes : null;
}
