/**
 * Pasted text as lines of cells. Pure.
 *
 * With any tab in it the text is a table (Excel, a table on a web page): cells end at tabs and nowhere
 * else. Without tabs each line is one cell, and `person_lines.js` reads it.
 */

const SPACES = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;
/** The end of a cell that a spreadsheet wrote in quotation marks, because it holds a line break. */
const QUOTED = /^"((?:[^"]|"")*)"[^\S\t\n]*(?=\t|\n|$)/;

/** Composed letters, plain spaces, "\n" between lines. @param {string} text */
export function cleaned(text) {
  return text.normalize("NFC").replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n").replace(INVISIBLE, "").replace(SPACES, " ");
}

/** @param {string} text one space between words, none at the ends */
export const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/** @param {string} text cleaned @returns {string[][]} */
function tableCells(text) {
  /** @type {string[][]} */
  const lines = [[]];
  for (let rest = text; ; ) {
    const quoted = QUOTED.exec(rest);
    const length = quoted ? quoted[0].length : rest.search(/[\t\n]|$/);
    const cell = quoted ? (quoted[1] ?? "").replaceAll('""', '"') : rest.slice(0, length);
    lines.at(-1)?.push(oneLine(cell));
    if (length >= rest.length) return lines;
    if (rest[length] === "\n") lines.push([]);
    rest = rest.slice(length + 1);
  }
}

/**
 * @param {string} text as pasted
 * @returns {{table: boolean, lines: string[][]}} without empty lines; one cell a line where it is no table
 */
export function pastedCells(text) {
  const whole = cleaned(text);
  const table = whole.includes("\t");
  const lines = table ? tableCells(whole) : whole.split("\n").map((line) => [oneLine(line)]);
  return { table, lines: lines.filter((cells) => cells.some((cell) => cell !== "")) };
}

/**
 * The cells of a line that has no tabs, at the separators that its header has: the last column takes the rest,
 * with whatever commas are in it.
 * @param {string} line @param {"," | ";"} separator @param {number} columns
 */
export function separated(line, separator, columns) {
  /** @type {string[]} */
  const cells = [];
  let rest = line;
  while (cells.length < columns - 1) {
    const quoted = new RegExp(`^\\s*"((?:[^"]|"")*)"\\s*(?:${separator}|$)`).exec(rest);
    const end = quoted ? quoted[0].length : rest.indexOf(separator) + 1;
    if (end === 0) break;
    cells.push(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : rest.slice(0, end - 1));
    rest = rest.slice(end);
  }
  return [...cells, rest.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"')].map(oneLine);
}
