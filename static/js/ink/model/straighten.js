/** Straightens a highlighter stroke along a line of text and fits its width to the line height. Pure. */
import { onGrid, snapped } from "./grid.js";
import { NARROWEST, WIDEST } from "./limits.js";
import { linesOf } from "./page_text.js";

/** @typedef {import("./grid.js").Stroke} Stroke */
/** @typedef {import("./page_text.js").Word} Word */

/** Minimum ratio of length to height of a stroke along a line. */
const FLAT = 4;
/** Minimum length in page widths; shorter strokes are dots and ticks. */
const SHORTEST = 0.02;
/** Distance above and below the text within which a stroke belongs to the line, in line heights. */
const BESIDE = 0.4;
/** Minimum fraction of the stroke that overlaps words. */
const COVERED = 0.5;

/**
 * @param {Stroke} stroke @param {Word[]} words of the page @param {number} width of the highlighter, thousandths
 * @param {number} aspect
 * @returns {{stroke:Stroke, width:number}} two points along the centre of the line and the width that covers it;
 *   the given stroke and width if no line matches
 */
export function straightened(stroke, words, width, aspect) {
  const [first] = stroke;
  const last = stroke.at(-1);
  const line = first && last ? matchingLine(stroke, words, aspect) : null;
  if (!first || !last || !line) return { stroke, width };
  const middle = (line[1] + line[3]) / 2;
  const xs = stroke.map(([x]) => x);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const ends = first[0] <= last[0] ? [left, right] : [right, left];
  const height = snapped((line[3] - line[1]) * aspect) * 1000;
  return {
    stroke: ends.map((x) => onGrid([x, middle, 0.5])),
    width: Math.min(WIDEST, Math.max(NARROWEST, Math.round(height * 10) / 10)),
  };
}

/** @param {Stroke} stroke @param {Word[]} words @param {number} aspect @returns {import("./grid.js").Box|null} the matching line of text */
function matchingLine(stroke, words, aspect) {
  const xs = stroke.map(([x]) => x);
  const ys = stroke.map(([, y]) => y).sort((a, b) => a - b);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const high = (/** @type {number} */ (ys.at(-1)) - /** @type {number} */ (ys[0])) * aspect;
  if (right - left < SHORTEST || right - left < FLAT * high) return null;
  const y = /** @type {number} */ (ys[Math.floor(ys.length / 2)]);
  const near = linesOf(words)
    .map(({ box }) => ({ box, over: Math.min(right, box[2]) - Math.max(left, box[0]), off: Math.abs((box[1] + box[3]) / 2 - y) }))
    .filter(({ box, over, off }) => over >= COVERED * (right - left) && off <= (box[3] - box[1]) * (0.5 + BESIDE))
    .sort((a, b) => a.off - b.off);
  return near[0]?.box ?? null;
}
