/** Texts of packs to begin from: a copy under a name of its own, or the next version. Pure. */

const ID = /^(id\s*=\s*)"([a-z][a-z0-9_]*)"/gm;
const VERSION = /^(version\s*=\s*)(\d+)/gm;
const LONGEST_ID = 60;

/**
 * A copy to change at will: the pack and its rules get ids that nobody has, and begin at version 1.
 * @param {string} source
 * @param {Set<string>} taken ids of packs and rules that exist
 * @param {string} note what stands above it, in one line or several
 */
export function copyOf(source, taken, note) {
  const copied = source.replace(ID, (_whole, before, id) => `${before}"${freeId(id, taken)}"`).replace(VERSION, (_whole, before) => `${before}1`);
  return `${remark(note)}\n${withoutHead(copied)}`;
}

/**
 * The same pack to be changed: it and its rules one version on, for an id and a version name one text.
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

/** Without the remarks at the top: they speak of the original. @param {string} source */
function withoutHead(source) {
  return source.replace(/^(?:#[^\n]*\n|\s*\n)*/, "");
}

/** @param {string} note */
function remark(note) {
  return note.split("\n").map((line) => `# ${line}`).join("\n");
}
