/** Paths of marks in outline units: the page is OUTLINE_PAGE wide. Pure. */
import { OUTLINE_PAGE } from "../model/stroke_outline.js";

/** @typedef {import("../model/grid.js").Box} Box */

/**
 * Traces a closed curve through the midpoints of an outline's edges.
 * @param {import("./types.js").TracedPath} path @param {[number, number][]} outline
 */
export function traceOutline(path, outline) {
  const count = outline.length;
  if (count < 3) return;
  let [x, y] = /** @type {[number, number]} */ (outline[0]);
  const [sx, sy] = /** @type {[number, number]} */ (outline[1]);
  path.moveTo((x + sx) / 2, (y + sy) / 2);
  [x, y] = [sx, sy];
  for (let at = 2; at <= count + 1; at += 1) {
    const [nx, ny] = /** @type {[number, number]} */ (outline[at % count]);
    path.quadraticCurveTo(x, y, (x + nx) / 2, (y + ny) / 2);
    [x, y] = [nx, ny];
  }
  path.closePath();
}

/**
 * Traces a smooth line through the midpoints between its points.
 * @param {import("./types.js").TracedPath} path @param {import("../model/grid.js").Stroke} stroke @param {number} aspect
 */
export function traceLine(path, stroke, aspect) {
  const [first] = stroke;
  if (!first) return;
  let [x, y] = [first[0] * OUTLINE_PAGE, first[1] * aspect * OUTLINE_PAGE];
  path.moveTo(x, y);
  for (const [px, py] of stroke.slice(1)) {
    const [nx, ny] = [px * OUTLINE_PAGE, py * aspect * OUTLINE_PAGE];
    path.quadraticCurveTo(x, y, (x + nx) / 2, (y + ny) / 2);
    [x, y] = [nx, ny];
  }
  path.lineTo(x, y);
}

/** @param {Box} box @param {number} aspect @returns {[number, number, number, number]} x, y, width, height in units */
export const rectOf = ([x0, y0, x1, y1], aspect) => [
  x0 * OUTLINE_PAGE, y0 * aspect * OUTLINE_PAGE, (x1 - x0) * OUTLINE_PAGE, (y1 - y0) * aspect * OUTLINE_PAGE,
];

/** @param {Box} box fractions @param {number} aspect @returns {Box} outline units */
export const inUnits = ([x0, y0, x1, y1], aspect) => [
  x0 * OUTLINE_PAGE, y0 * aspect * OUTLINE_PAGE, x1 * OUTLINE_PAGE, y1 * aspect * OUTLINE_PAGE,
];
