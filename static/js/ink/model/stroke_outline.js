/**
 * Outline of a pen stroke: wider where the pressure is higher (perfect-freehand). It is computed on a
 * page of fixed width, so that a stroke looks identical at every zoom, on every device and in the
 * exported PDF (pen_outline.py repeats these constants). Pure.
 *
 * The outline does not depend on the density of points: no streamlining, and no pressure simulated from
 * speed. So a stroke keeps its shape when it is simplified. To take the speed of a finger into account,
 * store it in the pressures first.
 */
import { getStroke } from "perfect-freehand";

/** @typedef {import("./grid.js").Stroke} Stroke */

/** Page width in units while outlines are computed; a pen of width 1 (a thousandth) is 4 units wide. */
export const OUTLINE_PAGE = 4000;
/** Half pressure gives the nominal width, zero pressure half of it, full pressure one and a half times. */
export const THINNING = 0.5;
export const SMOOTHING = 0.5;
export const STREAMLINE = 0;
/** Segments are resampled to points at most this many pen widths apart, so that corners stay sharp. */
export const SPACING = 0.5;

/**
 * @param {Stroke} stroke @param {number} width of the pen, thousandths @param {number} aspect of the page
 * @param {boolean} [finished] whether the stroke is complete
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
