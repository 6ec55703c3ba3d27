/** The roots of the Merkle tree of RFC 6962 over a log's leaves. Roots are hex. */
import { sha256 } from "@noble/hashes/sha2.js";
import { joined, toHex } from "../lib/bytes.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const LEAVES_BETWEEN_PAUSES = 1000;

/** @param {Uint8Array} entry */
export const leafHash = (entry) => sha256.create().update(LEAF).update(entry).digest();

/** @param {Uint8Array} left @param {Uint8Array} right */
const nodeHash = (left, right) => sha256(joined(NODE, left, right));

/**
 * The root at each of these sizes, as far as there are enough leaves. Pauses now and then.
 * @param {Uint8Array[]} leaves @param {number[]} sizes
 * @returns {import("./interfaces.js").Steps<Map<number, string>>}
 */
export function* roots(leaves, sizes) {
  const wanted = new Set(sizes);
  const found = new Map();
  if (wanted.has(0)) found.set(0, toHex(sha256(new Uint8Array())));
  /** @type {Uint8Array[]} */
  const peaks = [];
  const last = Math.min(leaves.length, sizes.reduce((most, size) => Math.max(most, size), 0));
  for (let size = 1; size <= last; size += 1) {
    if (size % LEAVES_BETWEEN_PAUSES === 0) yield;
    let node = /** @type {Uint8Array} */ (leaves[size - 1]);
    for (let half = size; half % 2 === 0; half /= 2) node = nodeHash(/** @type {Uint8Array} */ (peaks.pop()), node);
    peaks.push(node);
    if (wanted.has(size)) found.set(size, toHex(peaks.reduceRight((root, peak) => nodeHash(peak, root))));
  }
  return found;
}
