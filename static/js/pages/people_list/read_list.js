/**
 * Pasted text → the people on it, in its order. Pure.
 *
 * @typedef {{name: string, position: string, unit: string, heading: boolean}} Person
 *   `heading`: looks like a title, a heading of a group or a total rather than like somebody's name
 */

import { findHeader, guessedColumns, headerMeaning, headerOf } from "./columns.js";
import { isOffice, nameIn, personOn, positionIn } from "./person_lines.js";
import { oneLine, pastedCells, separated } from "./pasted_cells.js";

/** @typedef {import("./columns.js").Meaning} Meaning */

const SEPARATORS = /** @type {const} */ ([";", ","]);
const ROMAN = /^[IVXL]+(?:[.)]|$)/u;
const TITLE = /^(?:danh sách|tổng (?:số|cộng)|cộng(?: hòa| hoà|\s*:|$)|độc lập|(?:ủy|uỷ) ban|hội đồng|tm\.|kt\.|list of|total)/iu;

/** @param {string} text the cell or line as pasted @param {string} name what was read from it */
const looksLikeHeading = (text, name) => ROMAN.test(text) || TITLE.test(name) || isOffice(name);

/** @param {string[]} cells @param {Meaning[]} meanings @returns {Person} */
function personFrom(cells, meanings) {
  const written = (/** @type {Meaning} */ meaning) => cells.filter((cell, column) => meanings[column] === meaning && cell !== "");
  const apart = [...written("family"), ...written("middle"), ...written("given")];
  const text = written("name")[0] ?? apart.join(" ");
  const name = nameIn(text);
  const first = cells.find((cell) => cell !== "") ?? "";
  return {
    name,
    position: positionIn(written("position").join(", ")),
    unit: oneLine(written("unit")[0] ?? ""),
    heading: looksLikeHeading(first, name),
  };
}

/** @param {Person} person */
const isWritten = ({ name, position, unit }) => name !== "" || position !== "" || unit !== "";

/** "(1)", "(2)", "(3)" below a header. @param {string[]} cells */
function isNumbering(cells) {
  const filled = cells.filter((cell) => cell !== "");
  return filled.length > 1 && filled.every((cell) => /^\(?\d{1,2}\)?$/.test(cell));
}

/**
 * A text alone in a first column that holds nothing of people: a heading of a group, or a line that a cell went on with.
 * @param {string[]} cells @param {Meaning[]} meanings @returns {Person | null}
 */
function loneText(cells, meanings) {
  const [first = "", ...others] = cells;
  if (meanings[0] !== "other" || others.some((cell) => cell !== "") || !/\p{L}{2}/u.test(first)) return null;
  return { name: first, position: "", unit: "", heading: true };
}

/** @param {string[][]} lines @returns {Person[]} */
function fromTable(lines) {
  const header = findHeader(lines);
  const meanings = header?.meanings ?? guessedColumns(lines);
  // A title is one cell; another line above the header is shown, but left out until somebody wants it.
  const above = lines.slice(0, header?.at ?? 0).filter((cells) => cells.filter(Boolean).length > 1);
  // The header comes again on each printed page, and the columns may be numbered below it.
  const below = lines.slice(header ? header.at + 1 : 0).filter((cells) => !headerOf(cells) && !isNumbering(cells));
  return [
    ...above.map((cells) => ({ ...personFrom(cells, meanings), heading: true })),
    ...below.map((cells) => loneText(cells, meanings) ?? personFrom(cells, meanings)),
  ].filter(isWritten);
}

/** A list with a header whose columns are separated by commas or semicolons. @param {string[]} lines */
function fromSeparated(lines) {
  for (const separator of SEPARATORS) {
    const header = findHeader(lines.map((line) => line.split(separator).map(oneLine)));
    const columns = header?.meanings.length ?? 1;
    if (columns > 1) return fromTable(lines.map((line) => separated(line, separator, columns)));
  }
  return null;
}

/** @param {string[]} lines @returns {Person[]} */
function fromLines(lines) {
  return lines.filter((line) => headerMeaning(line) !== "name").map((line) => {
    const { name, position } = personOn(line);
    return { name, position, unit: "", heading: looksLikeHeading(line, name) };
  }).filter(isWritten);
}

/** @param {string} text as pasted @returns {Person[]} */
export function readList(text) {
  const { table, lines } = pastedCells(text);
  if (table) return fromTable(lines);
  const plain = lines.map(([line = ""]) => line);
  return fromSeparated(plain) ?? fromLines(plain);
}
