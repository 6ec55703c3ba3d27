/**
 * Splits pasted text into lines of cells. Pure.
 *
 * Text with a tab is a table (Excel, a table of a web page): cells end at tabs only. Without tabs each line is
 * one cell, which `person_lines.js` parses.
 */

const SPACES = /[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;
/** A cell in quotation marks, which a spreadsheet writes when the cell contains a line break. */
const QUOTED = /^"((?:[^"]|"")*)"[^\S\t\n]*(?=\t|\n|$)/;

/** Normalizes text to composed letters, plain spaces and "\n" between lines. @param {string} text */
export function cleaned(text) {
  return text.normalize("NFC").replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n").replace(INVISIBLE, "").replace(SPACES, " ");
}

/** Collapses white space to one space between words, none at the ends. @param {string} text */
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
 * @returns {{table: boolean, lines: string[][]}} without empty lines; one cell per line if it is not a table
 */
export function pastedCells(text) {
  const whole = cleaned(text);
  const table = whole.includes("\t");
  const lines = table ? tableCells(whole) : whole.split("\n").map((line) => [oneLine(line)]);
  return { table, lines: lines.filter((cells) => cells.some((cell) => cell !== "")) };
}

/**
 * Splits a line without tabs at the separator of its header. The last column contains the rest of the line,
 * including further separators.
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
