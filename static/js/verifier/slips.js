/**
 * The text of a printed receipt, DHR1:…, as docs/vote-log.md defines it: a ballot's place in the log, its leaf hash and
 * the signed checkpoint that ends with it, with a check sum.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase32 } from "../lib/base32.js";
import { sameBytes, toBase64 } from "../lib/bytes.js";
import { textOf } from "./canonical.js";

/** @typedef {{index: number, leaf: Uint8Array, note: string}} Slip `note`: the text of the checkpoint, not yet read */

const TEXT = /^[Dd][Hh][Rr]1:([A-Za-z2-7]*)$/;
const INDEX = 6;
const HASH = 32;
const SIGNED = 68;
const SUM = 4;

/** @param {string} text of a slip, without white space @returns {Slip|null} null if it is invalid */
export function readSlip(text) {
  const bytes = fromBase32(TEXT.exec(text)?.[1]?.toUpperCase() ?? "");
  if (!bytes || bytes.length < SUM) return null;
  const content = bytes.slice(0, -SUM);
  if (!sameBytes(sha256(content).slice(0, SUM), bytes.slice(-SUM))) return null;
  const [logId, rest] = counted(content);
  const index = rest.slice(0, INDEX);
  const leaf = rest.slice(INDEX, INDEX + HASH);
  const root = rest.slice(INDEX + HASH, INDEX + 2 * HASH);
  const [name, signed] = counted(rest.slice(INDEX + 2 * HASH));
  const names = [logId, name].map(textOf);
  if (signed.length !== SIGNED || names.includes(null)) return null;
  const place = index.reduce((sum, byte) => sum * 256 + byte, 0);
  const head = `dienhong/${names[0]}\n${place + 1}\n${toBase64(root)}\n`;
  return { index: place, leaf, note: `${head}\n\u2014 ${names[1]} ${toBase64(signed)}\n` };
}

/** A part after the byte with its length, and the rest. @param {Uint8Array} bytes @returns {[Uint8Array, Uint8Array]} */
function counted(bytes) {
  const end = 1 + (bytes[0] ?? 0);
  return [bytes.slice(1, end), bytes.slice(end)];
}
