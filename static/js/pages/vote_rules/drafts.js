/** Initial texts of packs: a copy with new ids, or the next version. Pure. */

const ID = /^(id\s*=\s*)"([a-z][a-z0-9_]*)"/gm;
const VERSION = /^(version\s*=\s*)(\d+)/gm;
const LONGEST_ID = 60;

/**
 * Returns a copy: the pack and its rules get unused ids and version 1.
 * @param {string} source
 * @param {Set<string>} taken ids of packs and rules that exist
 * @param {string} note comment above the copy, one or more lines
 */
export function copyOf(source, taken, note) {
  const copied = source.replace(ID, (_whole, before, id) => `${before}"${freeId(id, taken)}"`).replace(VERSION, (_whole, before) => `${before}1`);
  return `${comment(note)}\n${withoutHead(copied)}`;
}

/**
 * Returns the pack with its version and those of its rules increased by 1, because id and version identify one text.
 * @param {string} source
 */
export function nextVersionOf(source) {
  return source.replace(VERSION, (_whole, before, version) => `${before}${Number(version) + 1}`);
}

/** @param {string} id @param {Set<string>} taken */
function freeId(id, taken) {
  for (let n = 1; ; n += 1) {
    const ending = n === 1 ? "_rieng" : `_rieng${n}`;
    const made = `${id.slice(0, LONGEST_ID - ending.length)}${ending}`;
    if (!taken.has(made)) return made;
  }
}

/** Removes the comments at the top, which describe the original. @param {string} source */
function withoutHead(source) {
  return source.replace(/^(?:#[^\n]*\n|\s*\n)*/, "");
}

/** @param {string} note */
function comment(note) {
  return note.split("\n").map((line) => `# ${line}`).join("\n");
}
