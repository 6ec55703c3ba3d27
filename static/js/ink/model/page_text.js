/** Words of a page: lines, the selection between two points, and the anchor text of an annotation. Pure. */
import { boxesApart } from "./distances.js";
import { extents } from "./shapes.js";

/** @typedef {import("../../lib/schemas.js").PageWords["words"][number]} Word a box and the text of the word */
/** @typedef {Extract<Kind, "highlight"|"underline"|"strike">} MarkKind text marks */
/** @typedef {import("./grid.js").Box} Box */
/** @typedef {import("./grid.js").Spot} Spot */
/** @typedef {import("../../lib/schemas.js").AnnotationView["kind"]} Kind */
/** @typedef {import("../../lib/schemas.js").AnnotationView["geometry"]} Geometry */
/** @typedef {import("../../lib/schemas.js").Anchor} Anchor */
/** @typedef {{first:number, last:number, box:Box}} Line the words from first to last, inclusive */

const A4 = Math.SQRT2;
/** Gap between columns and cells, in page widths. */
const WIDEST_GAP = 0.08;
/** Weight of the vertical distance: a word on the same line is nearer than one above. */
const LINES_COUNT = 3;
const AROUND = 60;
export const LONGEST_QUOTE = 1000;
export const LONGEST_NEARBY = 300;

/** @param {Box} a @param {Box|Word} b @returns {Box} the bounding box */
const joined = (a, [x0, y0, x1, y1]) => [
  Math.min(a[0], x0), Math.min(a[1], y0), Math.max(a[2], x1), Math.max(a[3], y1),
];

/** @param {Word} word @returns {Box} */
const boxOf = ([x0, y0, x1, y1]) => [x0, y0, x1, y1];

/** @param {Word[]} words @param {number} at @returns {Word} */
const wordAt = (words, at) => /** @type {Word} */ (words[at]);

/**
 * Groups consecutive words in reading order into lines.
 * @param {Word[]} words @param {number} [first] @param {number} [last] @returns {Line[]}
 */
export function linesOf(words, first = 0, last = words.length - 1) {
  if (first > 0 || last < words.length - 1) return linesBetween(words, first, last);
  const known = wholePages.get(words);
  if (known) return known;
  const lines = linesBetween(words, first, last);
  wholePages.set(words, lines);
  return lines;
}

/** Cache, because every stroke on a page needs its lines. @type {WeakMap<Word[], Line[]>} */
const wholePages = new WeakMap();

/** @param {Word[]} words @param {number} first @param {number} last @returns {Line[]} */
function linesBetween(words, first, last) {
  /** @type {Line[]} */
  const lines = [];
  for (let at = first; at <= last; at++) {
    const word = wordAt(words, at);
    const line = lines.at(-1);
    if (line && goesOn(line, wordAt(words, at - 1), word)) {
      line.last = at;
      line.box = joined(line.box, word);
    } else {
      lines.push({ first: at, last: at, box: boxOf(word) });
    }
  }
  return lines;
}

/** @param {Line} line @param {Word} before @param {Word} word */
function goesOn({ box }, before, word) {
  const shared = Math.min(box[3], word[3]) - Math.max(box[1], word[1]);
  const lower = Math.min(box[3] - box[1], word[3] - word[1]);
  const gap = word[0] - before[2];
  return shared > lower / 2 && gap > -lower && gap < WIDEST_GAP;
}

/**
 * @param {Word[]} words @param {readonly number[]} spot @param {number} [aspect]
 * @returns {{at:number, distance:number}|null} the word at or nearest to the point; distance in page widths
 */
export function nearestWord(words, [x = 0, y = 0], aspect = A4) {
  let found = null;
  let least = Infinity;
  for (const [at, [x0, y0, x1, y1]] of words.entries()) {
    const dx = Math.max(0, x0 - x, x - x1);
    const dy = Math.max(0, y0 - y, y - y1) * aspect;
    const apart = dx * dx + (dy * LINES_COUNT) ** 2;
    if (apart < least) {
      least = apart;
      found = { at, distance: Math.sqrt(dx * dx + dy * dy) };
    }
  }
  return found;
}

/**
 * The words between two points in reading order; the points may be in any order.
 * @param {Word[]} words @param {readonly number[]} a @param {readonly number[]} b @param {number} [aspect]
 * @returns {{boxes:Box[], text:string, first:number, last:number}|null} a box for each line; null if the page has no words
 */
export function selection(words, a, b, aspect = A4) {
  const [one, other] = [nearestWord(words, a, aspect), nearestWord(words, b, aspect)];
  if (!one || !other) return null;
  const first = Math.min(one.at, other.at);
  const last = Math.max(one.at, other.at);
  const boxes = linesOf(words, first, last).map(({ box }) => box);
  return { boxes, text: textOf(words, first, last), first, last };
}

/** @param {Word[]} words @param {number} first @param {number} last */
const textOf = (words, first, last) => words.slice(first, last + 1).map((word) => word[4]).join(" ");

/**
 * The text that an annotation belongs to, for later versions of its document.
 * @param {Kind} kind @param {Geometry} geometry @param {Word[]} words of the page @param {number} [aspect]
 * @returns {Anchor|null} null if the page has no words
 */
export function anchorOf(kind, geometry, words, aspect = A4) {
  if (words.length === 0) return null;
  return "boxes" in geometry ? quoted(geometry.boxes, words) : nearby(extents(geometry), words, aspect);
}

/** @param {Word} word @param {Box} box @returns {boolean} whether the centre of the word is in the box */
function isIn([x0, y0, x1, y1], box) {
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

/** @param {Box[]} boxes @param {Word[]} words @returns {Anchor|null} */
function quoted(boxes, words) {
  const marked = words.flatMap((word, at) => (boxes.some((box) => isIn(word, box)) ? [at] : []));
  const [first] = marked;
  const last = marked.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = marked.map((at) => wordAt(words, at)[4]).join(" ");
  const prefix = tail(textOf(words, Math.max(0, first - AROUND), first - 1));
  const suffix = cut(textOf(words, last + 1, last + AROUND), AROUND);
  return { text: cut(text, LONGEST_QUOTE), prefix, suffix, box: null };
}

/** @param {Box} place @param {Word[]} words @param {number} aspect @returns {Anchor} the enclosed words, or the nearest line */
function nearby(place, words, aspect) {
  const inside = words.filter((word) => isIn(word, place));
  const near = inside.length ? inside : nearestLine(place, words, aspect);
  const box = near.map(boxOf).reduce((a, b) => joined(a, b));
  return { text: cut(near.map((word) => word[4]).join(" "), LONGEST_NEARBY), prefix: "", suffix: "", box };
}

/** @param {Box} place @param {Word[]} words @param {number} aspect @returns {Word[]} */
function nearestLine(place, words, aspect) {
  /** @type {(box: Box) => Box} */
  const even = ([x0, y0, x1, y1]) => [x0, y0 * aspect, x1, y1 * aspect];
  const middle = (place[1] + place[3]) / 2;
  /** @type {(line: Line) => [number, number]} */
  const measure = ({ box }) => [boxesApart(even(place), even(box)), Math.abs((box[1] + box[3]) / 2 - middle)];
  let [best, ...others] = linesOf(words);
  let least = best ? measure(best) : [0, 0];
  for (const line of others) {
    const now = measure(line);
    if (now[0] < least[0] || (now[0] === least[0] && now[1] < least[1])) [best, least] = [line, now];
  }
  return best ? words.slice(best.first, best.last + 1) : [];
}

/** @param {string} text @param {number} limit @returns {string} its beginning, without splitting a character */
function cut(text, limit) {
  const letters = Array.from(text);
  return letters.length > limit ? letters.slice(0, limit).join("") : text;
}

/** @param {string} text @returns {string} its end */
const tail = (text) => Array.from(text).slice(-AROUND).join("");
