/**
 * The Merkle tree of the vote log per docs/vote-log.md: leaf hashes, and the server's two kinds of proof, checked
 * per RFC 9162, 2.1.3.2 and 2.1.4.2. Hashes are hex. Proofs are untrusted input: invalid ones are refused without
 * an exception.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, joined, sameBytes, toHex, utf8 } from "../../lib/bytes.js";

const HASH_BYTES = 32;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** @param {string|Uint8Array} entry a line of the log without its newline */
export function leafHash(entry) {
  return toHex(sha256(joined(LEAF, typeof entry === "string" ? utf8(entry) : entry)));
}

/** @param {Uint8Array} left @param {Uint8Array} right */
const node = (left, right) => sha256(joined(NODE, left, right));

/** @param {unknown} size */
const isCount = (size) => Number.isSafeInteger(size) && /** @type {number} */ (size) >= 0;

/** @param {unknown} proof @returns {Uint8Array[]|null} null if it is not a list of hashes */
function hashes(proof) {
  if (!Array.isArray(proof)) return null;
  const found = proof.map((one) => fromHex(one, HASH_BYTES));
  return found.every((one) => one !== null) ? found : null;
}

/**
 * Walks from a node up to the root. Numbers reach 2^53, so there are no bit operations.
 * @param {number} index @param {number} last index of the last node of its level
 * @param {Uint8Array[]} proof
 * @param {(sibling: Uint8Array, side: "left"|"right") => void} meet
 * @returns {boolean} whether the proof ends exactly at the root
 */
function walkToRoot(index, last, proof, meet) {
  for (const sibling of proof) {
    if (last === 0) return false;
    if (index % 2 || index === last) {
      meet(sibling, "left");
      while (index % 2 === 0 && index) [index, last] = up(index, last);
    } else {
      meet(sibling, "right");
    }
    [index, last] = up(index, last);
  }
  return last === 0;
}

/** @param {number} index @param {number} last @returns {[number, number]} */
const up = (index, last) => [Math.floor(index / 2), Math.floor(last / 2)];

/**
 * The root computed from an inclusion proof.
 * @param {number} index @param {number} size @param {string} leaf @param {unknown} proof
 * @returns {string|null} null if the proof has the wrong form for this index and size
 */
export function rootFromInclusion(index, size, leaf, proof) {
  const path = hashes(proof);
  let found = fromHex(leaf, HASH_BYTES);
  if (!path || !found || !isCount(index) || !isCount(size) || index >= size) return null;
  const whole = walkToRoot(index, size - 1, path, (sibling, side) => {
    const here = /** @type {Uint8Array} */ (found);
    found = side === "left" ? node(sibling, here) : node(here, sibling);
  });
  return whole ? toHex(found) : null;
}

/**
 * Whether the proof shows that this leaf is at this index under this root.
 * @param {number} index @param {number} size @param {string} leaf @param {unknown} proof @param {string} root
 */
export function checkInclusion(index, size, leaf, proof, root) {
  return rootFromInclusion(index, size, leaf, proof) === root;
}

/**
 * Whether the proof shows that the log of the old size is a prefix of the log of the new size.
 * @param {number} oldSize at least 1 @param {string} oldRoot
 * @param {number} newSize @param {string} newRoot @param {unknown} proof
 */
export function checkConsistency(oldSize, oldRoot, newSize, newRoot, proof) {
  const path = hashes(proof);
  const before = fromHex(oldRoot, HASH_BYTES);
  const after = fromHex(newRoot, HASH_BYTES);
  if (!path || !before || !after || !isCount(oldSize) || !isCount(newSize)) return false;
  if (oldSize < 1 || oldSize > newSize) return false;
  if (oldSize === newSize) return path.length === 0 && sameBytes(before, after);
  return isPrefix(oldSize, newSize, before, after, path);
}

/**
 * @param {number} oldSize smaller than newSize @param {number} newSize
 * @param {Uint8Array} before @param {Uint8Array} after @param {Uint8Array[]} path
 */
function isPrefix(oldSize, newSize, before, after, path) {
  let [index, last] = [oldSize - 1, newSize - 1];
  while (index % 2) [index, last] = up(index, last);
  // For a whole subtree (index is 0 here: the old size is a power of two), its root is the first node.
  const first = index === 0 ? before : path[0];
  if (!first) return false;
  let [old, now] = [first, first];
  const whole = walkToRoot(index, last, index === 0 ? path : path.slice(1), (sibling, side) => {
    if (side === "left") old = node(sibling, old);
    now = side === "left" ? node(sibling, now) : node(now, sibling);
  });
  return whole && sameBytes(old, before) && sameBytes(now, after);
}
