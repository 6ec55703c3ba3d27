/**
 * A vote log for tests: the tree of RFC 6962 written down as its definition reads (slow, recursive,
 * with node's own hashing), and a signer of checkpoints. Shares no code with what is tested.
 */
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";

/** @param {Buffer[]} parts */
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
/** @param {string} entry */
const leaf = (entry) => sha256(Buffer.of(0), Buffer.from(entry));
/** @param {Buffer} left @param {Buffer} right */
const node = (left, right) => sha256(Buffer.of(1), left, right);

/** The largest power of two below n. @param {number} n */
const split = (n) => 2 ** Math.floor(Math.log2(n - 1));

/** @param {string[]} entries @returns {Buffer} */
function rootOf(entries) {
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return leaf(entries[0]);
  const k = split(entries.length);
  return node(rootOf(entries.slice(0, k)), rootOf(entries.slice(k)));
}

/** RFC 6962, 2.1.1. @param {number} m @param {string[]} entries @returns {Buffer[]} */
function path(m, entries) {
  if (entries.length === 1) return [];
  const k = split(entries.length);
  if (m < k) return [...path(m, entries.slice(0, k)), rootOf(entries.slice(k))];
  return [...path(m - k, entries.slice(k)), rootOf(entries.slice(0, k))];
}

/** RFC 6962, 2.1.2. @param {number} m @param {string[]} entries @param {boolean} whole @returns {Buffer[]} */
function subproof(m, entries, whole) {
  if (m === entries.length) return whole ? [] : [rootOf(entries)];
  const k = split(entries.length);
  if (m <= k) return [...subproof(m, entries.slice(0, k), whole), rootOf(entries.slice(k))];
  return [...subproof(m - k, entries.slice(k), false), rootOf(entries.slice(0, k))];
}

/** @param {Buffer[]} hashes */
const hex = (hashes) => hashes.map((one) => one.toString("hex"));

/** @param {string[]} entries */
export const naiveRoot = (entries) => rootOf(entries).toString("hex");
/** @param {string} entry */
export const naiveLeaf = (entry) => leaf(entry).toString("hex");
/** @param {number} index @param {string[]} entries */
export const naiveInclusion = (index, entries) => hex(path(index, entries));
/** @param {number} old @param {string[]} entries */
export const naiveConsistency = (old, entries) => hex(old === entries.length ? [] : subproof(old, entries, true));

const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A private key with its verifier key. */
export class Signer {
  /** @param {string} seed 32 bytes, hex @param {string} [name] */
  constructor(seed, name = "dienhong-8kQ2mZ7p") {
    const der = Buffer.concat([PKCS8, Buffer.from(seed, "hex")]);
    this.key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    const raw = createPublicKey(this.key).export({ format: "der", type: "spki" }).subarray(-32);
    const material = Buffer.concat([Buffer.of(1), raw]);
    this.name = name;
    this.id = sha256(Buffer.from(`${name}\n`), material).subarray(0, 4);
    this.vkey = `${name}+${this.id.toString("hex")}+${material.toString("base64")}`;
  }

  /** @param {string} text @returns {Buffer} */
  sign(text) {
    return sign(null, Buffer.from(text), this.key);
  }

  /** @param {string} text what is signed, with its last newline @returns {string} the line */
  line(text) {
    return `\u2014 ${this.name} ${Buffer.concat([this.id, this.sign(text)]).toString("base64")}\n`;
  }

  /** @param {string} logId @param {string[]} entries @param {number} [size] @returns {string} a checkpoint */
  note(logId, entries, size = entries.length) {
    const root = Buffer.from(naiveRoot(entries.slice(0, size)), "hex").toString("base64");
    const text = `dienhong/${logId}\n${size}\n${root}\n`;
    return `${text}\n${this.line(text)}`;
  }
}
