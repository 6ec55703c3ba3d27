/** Keys and checkpoints as text: C2SP verifier keys and signed notes. */
import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64, joined, sameBytes, toHex, utf8 } from "../lib/bytes.js";
import { isSigned } from "./ed25519.js";

/**
 * @typedef {{name:string, id:Uint8Array, publicKey:Uint8Array, text:string}} Key `text`: the complete verifier key
 * @typedef {{name:string, signed:Uint8Array}} Signature `signed`: key id and signature
 */

const MOST_SIGNATURES = 16;
const ED25519 = 1;
const ID_BYTES = 4;
const ROOT_BYTES = 32;
const TEXT = /^dienhong\/([0-9A-Za-z_-]{1,64})\n([1-9][0-9]{0,15})\n([0-9A-Za-z+/]{43}=)\n$/;
// The white space of Unicode with the separators U+001C to U+001F, which is not JavaScript's \s.
const NAME = "[^+\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]{1,200}";
const SIGNATURE = new RegExp(`^\\u2014 (${NAME}) ([0-9A-Za-z+/=]{8,400})$`, "u");
const KEY = new RegExp(`^(${NAME})\\+([0-9a-f]{8})\\+([0-9A-Za-z+/=]{44})$`, "u");

/** An unverified checkpoint. `root`: hex; `text`: the signed message. */
export class Note {
  /** @type {Map<string, boolean>} by key: the same checkpoint is verified more than once */
  #known = new Map();

  /**
   * @param {string} logId @param {number} size @param {string} root @param {string} text
   * @param {Signature[]} signatures
   */
  constructor(logId, size, root, text, signatures) {
    this.logId = logId;
    this.size = size;
    this.root = root;
    this.text = utf8(text);
    this.signatures = signatures;
  }

  /** @param {Key} key Whether this key signed the checkpoint. */
  isBy(key) {
    const known = this.#known.get(key.text);
    if (known !== undefined) return known;
    const found = this.signatures.some(({ name, signed }) => name === key.name
      && sameBytes(signed.slice(0, ID_BYTES), key.id)
      && isSigned(key.publicKey, this.text, signed.slice(ID_BYTES)));
    this.#known.set(key.text, found);
    return found;
  }
}

/** @param {string} text @returns {Key|null} null if the text is invalid */
export function readKey(text) {
  const found = KEY.exec(text);
  const material = found && fromBase64(found[3]);
  if (!found || !material || material.length !== 1 + ROOT_BYTES || material[0] !== ED25519) return null;
  const name = /** @type {string} */ (found[1]);
  const id = sha256(joined(utf8(`${name}\n`), material)).slice(0, ID_BYTES);
  return toHex(id) === found[2] ? { name, id, publicKey: material.slice(1), text } : null;
}

/** @param {string} note @returns {Note|null} null if the text is invalid */
export function readNote(note) {
  const blank = note.indexOf("\n\n");
  const head = blank < 0 ? null : TEXT.exec(note.slice(0, blank + 1));
  const root = head && fromBase64(head[3]);
  const lines = note.slice(blank + 2).split("\n");
  if (!head || !root || lines.pop() !== "" || lines.length > MOST_SIGNATURES) return null;
  const signatures = [];
  for (const line of lines) {
    const found = SIGNATURE.exec(line);
    const signed = found && fromBase64(found[2]);
    if (!signed) return null;
    signatures.push({ name: /** @type {string} */ (found[1]), signed });
  }
  const [text, logId, size] = /** @type {[string, string, string]} */ (/** @type {unknown} */ (head));
  return new Note(logId, Number(size), toHex(root), text, signatures);
}
