/**
 * Removes redundant points of a stroke (Ramer–Douglas–Peucker). Pure. The arithmetic is bit-identical
 * in Python: no hypot, and ties go to the earlier point.
 */
import { HALF_STEP, quantised } from "./grid.js";

/** @typedef {import("./grid.js").Stroke} Stroke */
/** @typedef {import("./grid.js").Point} Point */

/** A point is kept if its pressure differs from the interpolated one by more than this. */
export const PRESSURE_ERROR = 0.06;

/** 0.3 pixels on a page that is 2 × 1,200 pixels wide, in page widths. */
const ERROR = 0.3 / 2400;

/**
 * The permitted error minus the rounding error of both coordinates on the grid.
 * @param {number} aspect
 */
export const toleranceFor = (aspect) => Math.max(HALF_STEP, ERROR - HALF_STEP * Math.sqrt(1 + aspect * aspect));

/**
 * @param {Stroke} stroke @param {number} aspect of the page
 * @param {number} [tolerance] in page widths: the largest distance of a removed point from the result
 * @returns {Stroke} on the grid; the end points are kept
 */
export function simplified(stroke, aspect, tolerance = toleranceFor(aspect)) {
  const points = quantised(stroke);
  if (points.length < 3) return points;
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  /** @type {[number, number][]} */
  const spans = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first, last] = span;
    const at = farthest(points, first, last, aspect, tolerance);
    if (at < 0) continue;
    keep[at] = 1;
    spans.push([first, at], [at, last]);
  }
  return points.filter((_, at) => keep[at]);
}

/**
 * @param {Stroke} points @param {number} first @param {number} last @param {number} aspect @param {number} tolerance
 * @returns {number} the point between the two with the largest error; -1: all are within the tolerance
 */
function farthest(points, first, last, aspect, tolerance) {
  const [ax, ay, ap] = /** @type {Point} */ (points[first]);
  const [bx, by, bp] = /** @type {Point} */ (points[last]);
  const dx = bx - ax;
  const dy = (by - ay) * aspect;
  const length = dx * dx + dy * dy;
  let worst = 1;
  let found = -1;
  for (let at = first + 1; at < last; at++) {
    const [x, y, p] = /** @type {Point} */ (points[at]);
    const px = x - ax;
    const py = (y - ay) * aspect;
    const along = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
    const ex = px - along * dx;
    const ey = py - along * dy;
    const off = Math.sqrt(ex * ex + ey * ey) / tolerance;
    const pressed = Math.abs(p - (ap + along * (bp - ap))) / PRESSURE_ERROR;
    const missed = off > pressed ? off : pressed;
    if (missed > worst) {
      worst = missed;
      found = at;
    }
  }
  return found;
}
