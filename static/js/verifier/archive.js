/** Opens an untrusted archive and limits the size of all that is read. */
import { Unusable } from "./faults.js";
import { plain } from "./words.js";
import { checkLayout, contentOf, readDirectory } from "./zip_directory.js";
import { DEFLATED, unpack } from "./zip_member.js";

/**
 * The files of one log. `leaves` is null in an archive without the list of leaves; `damaged`: name of a member that
 * could be unpacked only in part.
 * @typedef {{log:Uint8Array, checkpoints:string, keys:string[], leaves:string[]|null, damaged:string|null}} LogFiles
 * @typedef {{name: string, bytes: Uint8Array}} Content of a member
 */

/** Limit of the archive's size, and of the total size of its unpacked members. */
export const MOST_BYTES = 256 * 1024 * 1024;
const MOST_MEMBERS = 2000;
const MOST_ENTRIES = 2_000_000;
const MOST_LOGS = 50;
const MOST_OF = new Map([["log.jsonl", MOST_BYTES], ["checkpoints.txt", 32 << 20], ["key.txt", 64 << 10]]);
const OPTIONAL = "leaves.txt";
const LOG_MEMBER = /^(?:earlier\/([1-9][0-9]?)\/)?(?:log\.jsonl|checkpoints\.txt|key\.txt|leaves\.txt)$/;
const OTHER_MEMBER = /^(?:README\.txt|verifier\/[0-9A-Za-z_]+\.(?:py|txt))$/;
const STORED = 0;
const ENCRYPTED = 1, PATCHED = 1 << 5, STRONGLY_ENCRYPTED = 1 << 6;
const NEWLINE = 10;

/** @typedef {import("./zip_directory.js").Member} Member */

/** @param {number} size of the archive in bytes. Throws Unusable. */
export function checkSize(size) {
  if (size > MOST_BYTES) throw new Unusable("too_large", { most: MOST_BYTES >> 20 });
}

/**
 * The logs of a meeting, oldest first.
 * @param {Uint8Array} file @returns {import("./interfaces.js").Steps<LogFiles[]>} Throws Unusable.
 */
export function* openArchive(file) {
  checkSize(file.length);
  const members = readDirectory(file);
  checkMembers(members);
  checkLayout(file, members);
  const { contents, damaged } = yield* readContents(file, members);
  return logsOf(contents, damaged);
}

/** All members belong to the format and are unique. @param {Member[]} members Throws Unusable. */
function checkMembers(members) {
  if (members.length > MOST_MEMBERS) throw new Unusable("too_many_members", { most: MOST_MEMBERS });
  const names = new Set();
  for (const { name, flags, method } of members) {
    if (names.has(name)) throw new Unusable("member_twice", { name: plain(name) });
    if (!LOG_MEMBER.test(name) && !OTHER_MEMBER.test(name)) throw new Unusable("member_unknown", { name: plain(name) });
    const isUsual = method === STORED || method === DEFLATED;
    if (flags & ENCRYPTED || !isUsual) throw new Unusable("member_packed_oddly", { name });
    names.add(name);
  }
}

/**
 * The members of the logs by name, and the names of damaged ones, which are incomplete.
 * @param {Uint8Array} file @param {Member[]} members
 * @returns {import("./interfaces.js").Steps<{contents: Map<string, Uint8Array>, damaged: string[]}>} Throws Unusable.
 */
function* readContents(file, members) {
  const contents = new Map();
  const damaged = [];
  let left = MOST_BYTES;
  for (const member of members) {
    const { name, flags } = member;
    if (!LOG_MEMBER.test(name)) continue;
    if (flags & (PATCHED | STRONGLY_ENCRYPTED)) throw new Unusable("not_a_zip");
    // The size in the header is untrusted: the read is limited.
    const room = Math.min(left, MOST_OF.get(name.slice(name.lastIndexOf("/") + 1)) ?? MOST_BYTES);
    const { content, whole } = yield* unpack(contentOf(file, member), member, room + 1);
    if (!whole) damaged.push(name);
    if (content.length > room || linesIn(content) > MOST_ENTRIES) throw new Unusable("member_too_large", { name });
    left -= content.length;
    contents.set(name, content);
  }
  return { contents, damaged };
}

/** @param {Uint8Array} content */
function linesIn(content) {
  let lines = 0;
  for (let at = content.indexOf(NEWLINE); at >= 0; at = content.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

/** @param {Map<string, Uint8Array>} contents @param {string[]} damaged @returns {LogFiles[]} Throws Unusable. */
function logsOf(contents, damaged) {
  const folders = new Set([...contents.keys()].flatMap((name) => LOG_MEMBER.exec(name)?.[1] ?? []));
  const numbers = [...folders].map(Number).sort((one, other) => one - other);
  if (numbers.some((number, place) => number !== place + 1) || numbers.length >= MOST_LOGS) {
    throw new Unusable("earlier_logs_not_numbered");
  }
  return [...numbers.map((number) => `earlier/${number}/`), ""].map((folder) => logOf(contents, folder, damaged));
}

/**
 * @param {Map<string, Uint8Array>} contents @param {string} folder @param {string[]} damaged
 * @returns {LogFiles} Throws Unusable.
 */
function logOf(contents, folder, damaged) {
  const [log, checkpoints, keys] = [...MOST_OF.keys()].map((name) => {
    const content = contents.get(folder + name);
    if (!content) throw new Unusable("member_missing", { name: folder + name });
    return content;
  });
  const leaves = contents.get(folder + OPTIONAL);
  return {
    log: /** @type {Uint8Array} */ (log),
    checkpoints: textOf(checkpoints),
    keys: linesOf(keys),
    leaves: leaves ? linesOf(leaves) : null,
    damaged: damaged.sort().find((name) => name.slice(0, name.lastIndexOf("/") + 1) === folder) ?? null,
  };
}

/**
 * Invalid UTF-8 becomes a replacement character, which no key, hash or note may contain.
 * @param {Uint8Array|undefined} content
 */
const textOf = (content) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);

/**
 * Lines, each terminated. An unterminated one counts as empty: no key, no leaf.
 * @param {Uint8Array|undefined} content
 */
function linesOf(content) {
  const lines = textOf(content).split("\n");
  return lines.pop() ? [...lines, ""] : lines;
}
