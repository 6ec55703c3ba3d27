/**
 * Checkpoints and keys of the vote log as text, per docs/vote-log.md: C2SP signed notes and verifier keys,
 * Ed25519 per RFC 8032. Pure. Functions return null for what the document refuses.
 *
 * `crypto.subtle` is absent on a page served over plain HTTP, so a library checks signatures; nothing here
 * handles a secret.
 */
import { hashes, verify } from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { fromBase64, joined, sameBytes, toHex, utf8 } from "../../lib/bytes.js";
import { encode } from "./canonical.js";

hashes.sha512 = sha512;

/**
 * @typedef {{name:string, id:Uint8Array, publicKey:Uint8Array, text:string}} Key `text`: the whole vkey
 * @typedef {{name:string, signed:Uint8Array}} Signature `signed`: key id and signature
 * @typedef {{origin:string, logId:string, size:number, root:string}} Checkpoint `root`: hex
 * @typedef {Checkpoint & {signedText:string, signatures:Signature[]}} Note not verified yet
 */

const MOST_SIGNATURES = 16;
const ORIGIN = "dienhong/";
const TEXT = /^dienhong\/([0-9A-Za-z_-]{1,64})\n([1-9][0-9]{0,15})\n([0-9A-Za-z+/]{43}=)\n$/;
const SIGNATURE = /^\u2014 ([^\s+]{1,200}) ([0-9A-Za-z+/=]{8,400})$/u;
const KEY = /^([^\s+]{1,200})\+([0-9a-f]{8})\+([0-9A-Za-z+/=]{44})$/u;
const ED25519 = 1;
const ID_BYTES = 4;

/** @param {unknown} vkey @returns {Key|null} */
export function readKey(vkey) {
  const found = typeof vkey === "string" ? KEY.exec(vkey) : null;
  const material = found ? fromBase64(found[3]) : null;
  if (!found || !material || material.length !== 33 || material[0] !== ED25519) return null;
  const id = sha256(joined(utf8(`${found[1]}\n`), material)).slice(0, ID_BYTES);
  if (toHex(id) !== found[2]) return null;
  return { name: /** @type {string} */ (found[1]), id, publicKey: material.slice(1), text: found[0] };
}

/** @param {unknown} text a checkpoint @returns {Note|null} its content, without verification */
export function parseNote(text) {
  if (typeof text !== "string") return null;
  const blank = text.indexOf("\n\n");
  const signedText = text.slice(0, blank + 1);
  const head = blank < 0 ? null : TEXT.exec(signedText);
  const root = head ? fromBase64(head[3]) : null;
  const size = Number(head?.[2]);
  if (!head || !root || !Number.isSafeInteger(size)) return null;
  const signatures = parseSignatures(text.slice(blank + 2));
  const logId = /** @type {string} */ (head[1]);
  return signatures && { origin: ORIGIN + logId, logId, size, root: toHex(root), signedText, signatures };
}

/** @param {string} text lines, each terminated @returns {Signature[]|null} */
function parseSignatures(text) {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length < 1 || lines.length > MOST_SIGNATURES) return null;
  const signatures = [];
  for (const line of lines) {
    const found = SIGNATURE.exec(line);
    const signed = found ? fromBase64(found[2]) : null;
    if (!found || !signed) return null;
    signatures.push({ name: /** @type {string} */ (found[1]), signed });
  }
  return signatures;
}

/** @param {Note} note @param {Key} key Whether this key signed it; signatures of other keys are ignored. */
export function isSignedBy(note, key) {
  const text = utf8(note.signedText);
  return note.signatures.some(({ name, signed }) => name === key.name
    && sameBytes(signed.slice(0, ID_BYTES), key.id)
    && isSignature(key.publicKey, text, signed.slice(ID_BYTES)));
}

/**
 * @param {Uint8Array} publicKey 32 bytes @param {Uint8Array} message @param {Uint8Array} signature
 */
export function isSignature(publicKey, message, signature) {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  // The library's default accepts encodings of points that RFC 8032 refuses.
  return verify(signature, message, publicKey, { zip215: false });
}

/** @param {unknown} text @param {unknown} vkey @returns {Checkpoint|null} null unless this key signed it */
export function readNote(text, vkey) {
  const key = readKey(vkey);
  const note = key && parseNote(text);
  if (!note || !isSignedBy(note, key)) return null;
  return { origin: note.origin, logId: note.logId, size: note.size, root: note.root };
}

/** @param {string} logId @param {string} oldKey @param {string} newKey the message that an old key signs for a rotation */
export function rotationMessage(logId, oldKey, newKey) {
  return `dienhong key rotation\n${logId}\n${oldKey}\n${newKey}\n`;
}

/**
 * The message that an old key signs for a log that continues its own: the whole of `log_started`.
 * @param {string} logId of the new log @param {string} oldKey @param {any} start data of its first entry
 */
export function continuationMessage(logId, oldKey, start) {
  const bare = { ...start, continues: { ...start.continues, signature_by_old: null } };
  return `dienhong log continuation\n${logId}\n${oldKey}\n${encode(bare)}\n`;
}
