/**
 * Unpacks one member of a ZIP file in steps of 4096 bytes, as the Python verifier reads it, so that of a damaged member
 * both have the same readable beginning. `pako` is a port of zlib, which decides what is damaged.
 */
import { ZStream, Z_BUF_ERROR, Z_FINISH, Z_OK, Z_STREAM_END, Z_SYNC_FLUSH, zlibInflate, zlibInflateInit2 } from "pako";
import { joined } from "../lib/bytes.js";

/** @typedef {import("./zip_directory.js").Member} Member */
/** @typedef {{content: Uint8Array, whole: boolean}} Unpacked `whole`: the member is not damaged */

const STEP = 4096;
const RAW_DEFLATE = -15;
const STEPS_BETWEEN_PAUSES = 64;
export const DEFLATED = 8;

/** The member is damaged from here on. */
class Damaged extends Error {}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param {number} crc so far @param {Uint8Array} bytes */
function crcAfter(crc, bytes) {
  let value = ~crc;
  for (let at = 0; at < bytes.length; at += 1) {
    value = /** @type {number} */ (CRC_TABLE[(value ^ /** @type {number} */ (bytes[at])) & 0xff]) ^ (value >>> 8);
  }
  return ~value >>> 0;
}

/** Reads the packed bytes; the end is reached at the end of the packed bytes, or of the unpacked size. */
class MemberReader {
  /** @param {Uint8Array} packed @param {Member} member */
  constructor(packed, member) {
    this.packed = packed;
    this.member = member;
    this.at = 0;
    this.left = member.unpacked;
    this.crc = 0;
    this.ended = false;
    /** @type {Uint8Array} */
    this.rest = new Uint8Array();
    if (member.method === DEFLATED) this.stream = this.#opened();
  }

  #opened() {
    const stream = new ZStream();
    zlibInflateInit2(stream, RAW_DEFLATE);
    stream.input = this.packed;
    stream.avail_in = 0;
    return stream;
  }

  /** @param {number} most @returns {Uint8Array} at most so many bytes, fewer only at the end. Throws Damaged. */
  read(most) {
    /** @type {Uint8Array[]} */
    const parts = [this.rest];
    let length = this.rest.length;
    while (length < most && !this.ended) {
      const part = this.#next(most - length);
      parts.push(part);
      length += part.length;
    }
    const found = joined(...parts);
    this.rest = found.slice(most);
    return found.subarray(0, most);
  }

  /** @param {number} wanted @returns {Uint8Array} Throws Damaged. */
  #next(wanted) {
    const unpacked = this.stream ? this.#inflated(this.stream, wanted) : this.#stored(wanted);
    const part = unpacked.subarray(0, this.left);
    this.left -= part.length;
    if (this.left <= 0) this.ended = true;
    this.crc = crcAfter(this.crc, part);
    if (this.ended && this.crc !== this.member.crc) throw new Damaged();
    return part;
  }

  /** @param {number} wanted */
  #stored(wanted) {
    const part = this.packed.subarray(this.at, this.at + Math.max(wanted, STEP));
    this.at += part.length;
    this.ended = this.at >= this.packed.length;
    return part;
  }

  /** @param {ZStream} stream @param {number} wanted @returns {Uint8Array} Throws Damaged. */
  #inflated(stream, wanted) {
    if (wanted > stream.avail_in) {
      const more = Math.min(Math.max(wanted - stream.avail_in, STEP), this.packed.length - this.at);
      this.at += more;
      stream.avail_in += more;
    }
    const part = produce(stream, Z_SYNC_FLUSH);
    const finished = part.status === Z_STREAM_END;
    this.ended = finished || (this.at >= this.packed.length && stream.avail_in === 0);
    if (!this.ended || finished) return part.bytes;
    // Output that the stream still holds, without more input.
    const parts = [part.bytes];
    while (stream.avail_out === 0) parts.push(produce(stream, Z_FINISH).bytes);
    return joined(...parts);
  }
}

/**
 * @param {ZStream} stream @param {4|2} flush
 * @returns {{bytes: Uint8Array, status: number}} up to STEP bytes. Throws Damaged.
 */
function produce(stream, flush) {
  stream.output = new Uint8Array(STEP);
  stream.next_out = 0;
  stream.avail_out = STEP;
  const status = zlibInflate(stream, flush);
  if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR) throw new Damaged();
  return { bytes: stream.output.subarray(0, stream.next_out), status };
}

/**
 * The readable content of a member, and whether it is complete. A damaged member is checked up to the damage, so that
 * the damaged entry is reported. Pauses now and then.
 * @param {Uint8Array} packed @param {Member} member @param {number} most bytes to read
 * @returns {import("./interfaces.js").Steps<Unpacked>}
 */
export function* unpack(packed, member, most) {
  const reader = new MemberReader(packed, member);
  const parts = [];
  for (let length = 0; length < most;) {
    if (parts.length % STEPS_BETWEEN_PAUSES === 0) yield { stage: "read", part: length / Math.max(1, member.unpacked) };
    let part;
    try {
      part = reader.read(Math.min(STEP, most - length));
    } catch (error) {
      if (error instanceof Damaged) return { content: joined(...parts), whole: false };
      throw error;
    }
    if (!part.length) break;
    parts.push(part);
    length += part.length;
  }
  return { content: joined(...parts), whole: true };
}
