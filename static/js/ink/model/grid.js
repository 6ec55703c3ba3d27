/**
 * The grid that coordinates and pressures are kept on, so that all sides hold the very same numbers. Pure.
 *
 * Coordinates are fractions of the page as displayed (x to the right, y down, 0..1) on a grid of 1e-5;
 * pressure is 0..1 on 1e-2. Widths and sizes of a style are in thousandths of the page's width. `aspect`
 * in this folder is a page's height divided by its width: y times aspect is measured in page widths, as
 * x is.
 *
 * @typedef {import("../../lib/schemas.js").At["at"]} Spot x, y
 * @typedef {import("../../lib/schemas.js").Ink["strokes"][number]} Stroke
 * @typedef {Stroke[number]} Point x, y, pressure
 * @typedef {import("../../lib/schemas.js").Frame["box"]} Box x0, y0, x1, y1
 */

const STEPS = 1e5;
const PRESSURE_STEPS = 100;

/** How far a coordinate may be from its place on the grid. */
export const HALF_STEP = 0.5 / STEPS;

/**
 * Floor and not Math.round, so that Python's arithmetic gives the same.
 * @param {number} value @returns {number} the nearest place on the grid
 */
export const snapped = (value) => Math.floor(value * STEPS + 0.5) / STEPS;

/** @param {number} pressure */
const snappedPressure = (pressure) => Math.floor(pressure * PRESSURE_STEPS + 0.5) / PRESSURE_STEPS;

/** @param {number} value */
export const within = (value) => Math.min(1, Math.max(0, value));

/**
 * A point on the grid and on the page.
 * @param {Readonly<Point>|[number, number]} point without a pressure: that of a finger or mouse
 * @returns {Point}
 */
export function onGrid([x, y, pressure = 0.5]) {
  return [snapped(within(x)), snapped(within(y)), snappedPressure(within(pressure))];
}

/** @param {Stroke} stroke @returns {Stroke} on the grid, without points that repeat the one before */
export function quantised(stroke) {
  /** @type {Stroke} */
  const kept = [];
  for (const one of stroke) {
    const point = onGrid(one);
    const last = kept.at(-1);
    if (last && last[0] === point[0] && last[1] === point[1]) last[2] = Math.max(last[2], point[2]);
    else kept.push(point);
  }
  return kept;
}
