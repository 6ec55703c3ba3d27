/**
 * Detects the meaning of the columns of a pasted table by its header, or else by the cells. Pure.
 *
 * @typedef {"name" | "family" | "middle" | "given" | "position" | "unit" | "other"} Meaning
 */

import { folded } from "../../lib/format.js";
import { isHonorific } from "./person_lines.js";

/** Header words without accents; the first match counts. @type {[Meaning, RegExp][]} */
const HEADERS = [
  ["other", /^(s?tt|so|so (thu tu|tt)|no|#|index)$/],
  ["other", /^(ong ba|danh xung|ghi chu|notes?|remarks?|gioi tinh|gender|sex|nam|nu|email|thu dien tu|ky ten|chu ky|signature)$/],
  ["other", /^(ngay|nam|thang)( thang)?( nam)? sinh|^(date of )?birth|^(so )?(dien thoai|dt|sdt|di dong|cccd|cmnd)|^(phone|mobile|tel)/],
  ["other", /^(dia chi|que quan|dan toc|ton giao|trinh do|to dai bieu|don vi bau cu|address)/],
  ["family", /^ho$|^ho (va )?(ten )?(chu )?(dem|lot)$|^(last|family) name$|^surname$/],
  ["middle", /^(ten |chu )?(dem|lot)$|^middle name$/],
  ["name", /^ho (va |(chu |ten )?dem (va )?)?ten( |$)|^ten (dai bieu|thanh vien|day du|nguoi)|^(full ?|display )?name$/],
  ["given", /^ten( goi)?$|^(first|given) name$/],
  ["position", /(^| )chuc (vu|danh)|^(position|office|title|job title|job)$/],
  ["unit", /^(don vi|co quan|to chuc|noi|phong ban)( cong tac| lam viec)?( hien nay)?$|^(unit|body|department|organi[sz]ation|agency)$/],
];
/** Header words that are also positions: they mean a name only where all other cells are header words. */
const NAME_OR_POSITION = /^(dai bieu|thanh vien)$/;
/** Number of first lines that may contain the header, below titles. */
const HEADER_WITHIN = 12;
const GENDERS = new Set(["nam", "nu"]);

/** @param {string} cell */
const wordsOf = (cell) => folded(cell).replace(/[^a-z#]+/g, " ").trim();

/** @param {string} cell @returns {Meaning | null} */
export function headerMeaning(cell) {
  const words = wordsOf(cell);
  return HEADERS.find(([, form]) => form.test(words))?.[0] ?? null;
}

/**
 * Returns the meanings of the columns of a header row, or null when the row is not a header. A header has a column for
 * the name, and known words in at least two cells and in at least half of the filled cells.
 * @param {string[]} cells @returns {Meaning[] | null}
 */
export function headerOf(cells) {
  const filled = cells.filter((cell) => cell !== "").length;
  const meanings = cells.map(headerMeaning);
  const isNamed = () => meanings.includes("name") || meanings.includes("given");
  const known = () => meanings.filter((meaning) => meaning !== null).length;
  const single = isNamed() ? -1 : cells.findIndex((cell) => NAME_OR_POSITION.test(wordsOf(cell)));
  if (single >= 0 && known() === filled - 1) meanings[single] = "name";
  if (!isNamed() || known() < 2 || known() * 2 < filled) return null;
  // "Tên" without "Họ" is the full name.
  const whole = !meanings.includes("family") && !meanings.includes("name");
  return meanings.map((meaning) => (whole && meaning === "given" ? "name" : (meaning ?? "other")));
}

/** @param {string[][]} lines @returns {{meanings: Meaning[], at: number} | null} the header and its line */
export function findHeader(lines) {
  for (const [at, cells] of lines.slice(0, HEADER_WITHIN).entries()) {
    const meanings = headerOf(cells);
    if (meanings) return { meanings, at };
  }
  return null;
}

/** @param {string[]} cells */
function isText(cells) {
  const written = cells.filter((cell) => /\p{L}{2}/u.test(cell) && !cell.includes("@"));
  return written.length * 2 > cells.length;
}

/** @param {string[]} cells */
const isGender = (cells) => cells.every((cell) => GENDERS.has(folded(cell)));

/**
 * Whether a column contains given names only: one word in each cell, no abbreviations such as "UBND".
 * @param {string[]} cells @param {string[]} before cells of the previous column
 */
function isGivenName(cells, before) {
  const capitals = before.every((cell) => cell === cell.toUpperCase());
  return cells.every((cell) => /^\p{Lu}\p{L}*$/u.test(cell) && (capitals || !/^\p{Lu}{2,}$/u.test(cell)));
}

/**
 * Assigns columns without a header. Columns of numbers, dates, telephone numbers, "Ông/Bà" and "Nam/Nữ" are dropped. The
 * others are the name (or family and given name), the position and the unit, in this order.
 * @param {string[][]} lines @returns {Meaning[]}
 */
export function guessedColumns(lines) {
  const width = Math.max(...lines.map((cells) => cells.length));
  const columns = Array.from({ length: width }, (_, column) => lines.map((cells) => cells[column] ?? "").filter((cell) => cell !== ""));
  const texts = columns.map((cells) => cells.length > 0 && isText(cells) && !isGender(cells) && !cells.every(isHonorific));
  const [first, second] = columns.filter((_, column) => texts[column]);
  const apart = first && second && isGivenName(second, first);
  /** @type {Meaning[]} */
  const order = apart ? ["family", "given", "position", "unit"] : ["name", "position", "unit"];
  return texts.map((text) => (text ? (order.shift() ?? "other") : "other"));
}
