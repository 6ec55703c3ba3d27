/**
 * Verifies Ed25519 signatures exactly as RFC 8032, section 5.1.7, without the cofactor: [S]B − [k]A must have the
 * encoding R. The browsers' WebCrypto and the library's own `verify` differ from that for points of small order and
 * for points that have several encodings; the same archive must have the same result everywhere.
 *
 * Verification uses no secrets, so constant-time arithmetic is not needed.
 */
import { Point } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { joined, sameBytes } from "../lib/bytes.js";

const ORDER = Point.CURVE().n;
const ROWS = 64;
const MOST_TABLES = 64;

/** @type {Map<string, Point[][]|null>} tables of public keys, which sign many checkpoints each */
const tables = new Map();
/** @type {Point[][]|undefined} */
let baseTable;

/**
 * Row i contains 0 to 15 times 16^i times the point: a product takes 64 additions.
 * @param {Point} point
 */
function tableOf(point) {
  const rows = [];
  for (let first = point, row = 0; row < ROWS; row += 1) {
    const multiples = [Point.ZERO];
    for (let last = Point.ZERO, count = 1; count < 16; count += 1) multiples.push(last = last.add(first));
    rows.push(multiples);
    first = /** @type {Point} */ (multiples[15]).add(first);
  }
  return rows;
}

/** @param {Uint8Array} publicKey @returns {Point[][]|null} the table of −A; null if the key is no point */
function tableOfKey(publicKey) {
  const name = publicKey.join();
  const known = tables.get(name);
  if (known !== undefined) return known;
  const point = decoded(publicKey);
  const made = point && tableOf(point.negate());
  if (tables.size >= MOST_TABLES) tables.clear();
  tables.set(name, made);
  return made;
}

/** @param {Uint8Array} bytes @returns {Point|null} per RFC 8032, section 5.1.3 */
function decoded(bytes) {
  try {
    return Point.fromBytes(bytes, false);
  } catch (error) {
    // The library says with an Error or a RangeError that the bytes encode no point.
    if (error instanceof Error && !(error instanceof TypeError)) return null;
    throw error;
  }
}

/** @param {Point[][]} table @param {bigint} scalar */
function times(table, scalar) {
  let total = Point.ZERO;
  for (const row of table) {
    const digit = Number(scalar & 15n);
    if (digit) total = total.add(/** @type {Point} */ (row[digit]));
    scalar >>= 4n;
  }
  return total;
}

/** @param {Uint8Array} bytes little-endian */
function numberOf(bytes) {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/**
 * Whether the signature of the message is by this public key.
 * @param {Uint8Array} publicKey 32 bytes @param {Uint8Array} message @param {Uint8Array} signature 64 bytes
 */
export function isSigned(publicKey, message, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const [encodedR, scalar] = [signature.slice(0, 32), numberOf(signature.slice(32))];
  if (scalar >= ORDER) return false;
  const minusKey = tableOfKey(publicKey);
  if (!minusKey) return false;
  const k = numberOf(sha512(joined(encodedR, publicKey, message))) % ORDER;
  baseTable ??= tableOf(Point.BASE);
  return sameBytes(times(baseTable, scalar).add(times(minusKey, k)).toBytes(), encodedR);
}
