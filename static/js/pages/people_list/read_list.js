/**
 * Parses pasted text into people, in the order of the text. Pure.
 *
 * @typedef {{name: string, position: string, unit: string, heading: boolean}} Person
 *   `heading`: looks like a title, a group heading or a total and not like a name
 */

import { findHeader, guessedColumns, headerMeaning, headerOf } from "./columns.js";
import { isOffice, nameIn, personOn, positionIn } from "./person_lines.js";
import { oneLine, pastedCells, separated } from "./pasted_cells.js";

/** @typedef {import("./columns.js").Meaning} Meaning */

const SEPARATORS = /** @type {const} */ ([";", ","]);
const ROMAN = /^[IVXL]+(?:[.)]|$)/u;
const TITLE = /^(?:danh sách|tổng (?:số|cộng)|cộng(?: hòa| hoà|\s*:|$)|độc lập|(?:ủy|uỷ) ban|hội đồng|tm\.|kt\.|list of|total)/iu;

/** @param {string} text the cell or line as pasted @param {string} name parsed name */
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
 * Text in an "other" first column with all other cells empty: a group heading, or a continued line of a cell.
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
  // A title is one cell and is dropped. Other lines above the header are shown as headings, not selected.
  const above = lines.slice(0, header?.at ?? 0).filter((cells) => cells.filter(Boolean).length > 1);
  // The header is repeated on each printed page, and a row of column numbers may follow it.
  const below = lines.slice(header ? header.at + 1 : 0).filter((cells) => !headerOf(cells) && !isNumbering(cells));
  return [
    ...above.map((cells) => ({ ...personFrom(cells, meanings), heading: true })),
    ...below.map((cells) => loneText(cells, meanings) ?? personFrom(cells, meanings)),
  ].filter(isWritten);
}

/** Parses a list with a header whose columns are separated by commas or semicolons. @param {string[]} lines */
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
