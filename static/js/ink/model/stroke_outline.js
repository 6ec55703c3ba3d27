/**
 * The shape a pen's stroke has on paper: wider where it was pressed (perfect-freehand). Everything is
 * reckoned on a page of one fixed width, so that a stroke looks the same at every zoom, on every tablet
 * and in the exported PDF, whose Python repeats these constants. Pure.
 *
 * Nothing here depends on how densely points lie: no streamlining, and pressures are not made up from
 * speed. So a stroke keeps its shape when it is simplified; who wants a finger's speed to count writes
 * it into the pressures first.
 */
import { getStroke } from "perfect-freehand";

/** @typedef {import("./grid.js").Stroke} Stroke */

/** The page's width while outlines are reckoned; a pen of width 1 (a thousandth) is 4 units wide. */
export const OUTLINE_PAGE = 4000;
/** Half pressure gives the pen's own width; none half of it, all of it one and a half times. */
export const THINNING = 0.5;
export const SMOOTHING = 0.5;
export const STREAMLINE = 0;
/** Long straight pieces get points at most this many pen widths apart, so that corners stay corners. */
export const SPACING = 0.5;

/**
 * @param {Stroke} stroke @param {number} width of the pen, thousandths @param {number} aspect of the page
 * @param {boolean} [finished] whether the pen is up
 * @returns {[number, number][]} the outline, on a page OUTLINE_PAGE wide
 */
export function outlineOf(stroke, width, aspect, finished = true) {
  const size = (width / 1000) * OUTLINE_PAGE;
  const points = dense(stroke, size * SPACING, aspect);
  return getStroke(points, {
    size, thinning: THINNING, smoothing: SMOOTHING, streamline: STREAMLINE, simulatePressure: false, last: finished,
  });
}

/** @param {Stroke} stroke @param {number} spacing in units @param {number} aspect @returns {[number, number, number][]} in units */
function dense(stroke, spacing, aspect) {
  /** @type {[number, number, number][]} */
  const points = [];
  for (const [x, y, pressure] of stroke) {
    const [px, py] = [x * OUTLINE_PAGE, y * aspect * OUTLINE_PAGE];
    const last = points.at(-1);
    if (last) {
      const [dx, dy, dp] = [px - last[0], py - last[1], pressure - last[2]];
      const pieces = Math.ceil(Math.sqrt(dx * dx + dy * dy) / spacing);
      for (let piece = 1; piece < pieces; piece++) {
        const share = piece / pieces;
        points.push([last[0] + dx * share, last[1] + dy * share, last[2] + dp * share]);
      }
    }
    points.push([px, py, pressure]);
  }
  return points;
}
