/**
 * The text of a printed receipt, as docs/vote-log.md defines it: what the QR code of a slip holds, and what both
 * verifiers read. It has neither the choice nor the voter. Pure.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { toBase32 } from "../../lib/base32.js";
import { fromHex, joined, utf8 } from "../../lib/bytes.js";
import { parseNote } from "../vote_log/checkpoints.js";

/** @typedef {import("./ballot_sending.js").Receipt} Receipt */

const PREFIX = "DHR1:";
const INDEX_BYTES = 6;
const HASH_BYTES = 32;
const SIGNED_BYTES = 68;
const SUM_BYTES = 4;
const LONGEST_NAME = 255;

/** @param {Receipt} receipt @returns {string|null} null if the receipt has no signed checkpoint of its own */
export function slipText({ log_index: index, leaf_hash: leafHash, note: text }) {
  const note = parseNote(text);
  const leaf = fromHex(leafHash, HASH_BYTES);
  const root = fromHex(note?.root, HASH_BYTES);
  const place = fromHex(index.toString(16).padStart(2 * INDEX_BYTES, "0"), INDEX_BYTES);
  const signature = note?.signatures.find(({ signed }) => signed.length === SIGNED_BYTES);
  if (!note || !leaf || !root || !place || !signature || note.size !== index + 1) return null;
  const [logId, name] = [utf8(note.logId), utf8(signature.name)];
  if (name.length > LONGEST_NAME) return null;
  const content = joined(counted(logId), place, leaf, root, counted(name), signature.signed);
  return PREFIX + toBase32(joined(content, sha256(content).slice(0, SUM_BYTES)));
}

/** @param {Uint8Array} bytes at most 255 */
const counted = (bytes) => joined(Uint8Array.of(bytes.length), bytes);
