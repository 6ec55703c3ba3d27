/**
 * Reads the directory of a ZIP file, and checks that every byte of the file belongs to one member or to the directory
 * at its end (docs/vote-log.md). ZIP readers differ on unused bytes, duplicate names and contradictory headers. An
 * archive without these has the same content in every reader.
 *
 * What is no directory at all is told before the layout: in that order both verifiers name the same error.
 */
import { sameBytes, utf8 } from "../lib/bytes.js";
import { Unusable } from "./faults.js";

/**
 * @typedef {object} Member of the directory
 * @property {string} name
 * @property {number} flags @property {number} method @property {number} crc
 * @property {number} packed number of bytes in the file @property {number} unpacked
 * @property {number} offset of its own header
 *
 * @typedef {object} End the record at the end of the directory
 * @property {number} at @property {number} length @property {number} offset @property {boolean} zip64
 */

const END = 22, END_64 = 56, LOCATOR_64 = 20, CENTRAL = 46, LOCAL = 30;
const SIGNATURES = {
  end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, central: 0x02014b50, local: 0x04034b50,
};
const MOST_COMMENT = 1 << 16;
const MOST_VERSION = 63;
const UTF8_NAME = 1 << 11;
const ZIP64_FIELD = 1;
const FILLED = 0xffffffff;
/** The letters 128 to 255 of code page 437, in which names without the flag for UTF-8 are. */
const CP437 = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
  + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

const notAZip = () => new Unusable("not_a_zip");

/** @param {Uint8Array} bytes */
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param {Uint8Array} file @returns {Member[]} in the order of the directory. Throws Unusable. */
export function readDirectory(file) {
  const end = findEnd(file);
  const concat = end.at - end.length - end.offset - (end.zip64 ? END_64 + LOCATOR_64 : 0);
  const start = end.offset + concat;
  if (start < 0) throw notAZip();
  const directory = file.subarray(start, start + end.length);
  const members = [];
  for (let at = 0; at < end.length;) {
    const { member, length } = readMember(directory, at);
    members.push({ ...member, offset: member.offset + concat });
    at += length;
  }
  return members;
}

/** @param {Uint8Array} file @returns {End} Throws Unusable. */
function findEnd(file) {
  if (file.length < END) throw notAZip();
  const view = viewOf(file);
  const bare = file.length - END;
  const isBare = view.getUint32(bare, true) === SIGNATURES.end && view.getUint16(file.length - 2, true) === 0;
  const least = Math.max(bare - MOST_COMMENT, 0);
  for (let at = isBare ? bare : file.length - 4; at >= least; at -= 1) {
    if (view.getUint32(at, true) !== SIGNATURES.end) continue;
    if (at > bare) throw notAZip();
    const end = { at, length: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true), zip64: false };
    return withZip64(view, end);
  }
  throw notAZip();
}

/** @param {DataView} view @param {End} end @returns {End} from the ZIP64 record, if there is one. Throws Unusable. */
function withZip64(view, end) {
  const locator = end.at - LOCATOR_64;
  if (locator < 0 || view.getUint32(locator, true) !== SIGNATURES.locator64) return end;
  const at = locator - END_64;
  if (view.getUint32(locator + 4, true) !== 0 || view.getUint32(locator + 16, true) > 1 || at < 0) throw notAZip();
  if (view.getUint32(at, true) !== SIGNATURES.end64) return end;
  const [length, offset] = [view.getBigUint64(at + 40, true), view.getBigUint64(at + 48, true)];
  return { at: end.at, length: Number(length), offset: Number(offset), zip64: true };
}

/** @param {Uint8Array} directory @param {number} at @returns {{member: Member, length: number}} Throws Unusable. */
function readMember(directory, at) {
  const view = viewOf(directory);
  if (at + CENTRAL > directory.length || view.getUint32(at, true) !== SIGNATURES.central) throw notAZip();
  const two = (/** @type {number} */ place) => view.getUint16(at + place, true);
  const four = (/** @type {number} */ place) => view.getUint32(at + place, true);
  const [nameLength, extraLength, commentLength] = [two(28), two(30), two(32)];
  const extraAt = at + CENTRAL + nameLength;
  const name = nameOf(directory.subarray(at + CENTRAL, extraAt), two(8));
  if (view.getUint8(at + 6) > MOST_VERSION) throw notAZip();
  const [crc, packed, unpacked, offset] = [four(16), four(20), four(24), four(42)];
  const member = { name, flags: two(8), method: two(10), crc, packed, unpacked, offset };
  readExtra(member, directory.subarray(extraAt, extraAt + extraLength));
  return { member, length: CENTRAL + nameLength + extraLength + commentLength };
}

/** @param {Uint8Array} bytes @param {number} flags @returns {string} Throws Unusable. */
function nameOf(bytes, flags) {
  if (!(flags & UTF8_NAME)) {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128])).join("");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw notAZip();
    throw error;
  }
}

/**
 * Takes the sizes and the offset of a ZIP64 field.
 * @param {Member} member @param {Uint8Array} extra Throws Unusable.
 */
function readExtra(member, extra) {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > extra.length) throw notAZip();
    if (view.getUint16(at, true) === ZIP64_FIELD) {
      let place = at + 4;
      for (const name of /** @type {const} */ (["unpacked", "packed", "offset"])) {
        if (member[name] !== FILLED) continue;
        if (place + 8 > end) throw notAZip();
        member[name] = Number(view.getBigUint64(place, true));
        place += 8;
      }
    }
    at = end;
  }
}

/**
 * Checks the layout of an archive with these members.
 * @param {Uint8Array} file @param {Member[]} members Throws Unusable.
 */
export function checkLayout(file, members) {
  const view = viewOf(file);
  const end = file.length - END;
  const two = (/** @type {number} */ place) => view.getUint16(end + place, true);
  if (view.getUint32(end, true) !== SIGNATURES.end || two(20)) throw new Unusable("bytes_after_zip");
  const oneDisk = !two(4) && !two(6) && two(8) === two(10);
  if (!oneDisk || two(10) !== members.length) throw new Unusable("bytes_between_members");
  let at = 0;
  for (const member of [...members].sort((one, other) => one.offset - other.offset)) {
    if (member.offset !== at) throw new Unusable("bytes_between_members");
    at += lengthOf(view, file, member);
  }
  const [length, directory] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (at !== directory || directory + length !== end) throw new Unusable("bytes_between_members");
}

/**
 * Size of a member in bytes with its header, which must agree with the directory.
 * @param {DataView} view @param {Uint8Array} file @param {Member} member @returns {number} Throws Unusable.
 */
function lengthOf(view, file, member) {
  const at = member.offset;
  if (at + LOCAL > file.length || view.getUint32(at, true) !== SIGNATURES.local) throw notAZip();
  const two = (/** @type {number} */ place) => view.getUint16(at + place, true);
  const four = (/** @type {number} */ place) => view.getUint32(at + place, true);
  const same = two(6) === member.flags && two(8) === member.method && four(14) === member.crc
    && four(18) === member.packed && four(22) === member.unpacked
    && sameBytes(file.subarray(at + LOCAL, at + LOCAL + two(26)), utf8(member.name));
  if (!same) throw new Unusable("member_headers_differ", { name: member.name });
  return LOCAL + two(26) + two(28) + member.packed;
}

/** Where the content of a member begins. @param {Uint8Array} file @param {Member} member of a checked layout */
export function contentOf(file, member) {
  const header = viewOf(file.subarray(member.offset, member.offset + LOCAL));
  const start = member.offset + LOCAL + header.getUint16(26, true) + header.getUint16(28, true);
  return file.subarray(start, start + member.packed);
}
