/**
 * The grid of coordinates and pressures, so that browser and server store identical numbers. Pure.
 *
 * Coordinates are fractions of the page as displayed (x to the right, y down, 0..1) on a grid of 1e-5;
 * pressure is 0..1 on 1e-2. Widths and sizes of a style are thousandths of the page width. `aspect` in
 * this folder is page height divided by page width: y times aspect is in page widths, as x is.
 *
 * @typedef {import("../../lib/schemas.js").At["at"]} Spot x, y
 * @typedef {import("../../lib/schemas.js").Ink["strokes"][number]} Stroke
 * @typedef {Stroke[number]} Point x, y, pressure
 * @typedef {import("../../lib/schemas.js").Frame["box"]} Box x0, y0, x1, y1
 */

const STEPS = 1e5;
const PRESSURE_STEPS = 100;

/** The largest distance of a coordinate from its grid value. */
export const HALF_STEP = 0.5 / STEPS;

/**
 * Uses floor, because Math.round differs from Python's arithmetic.
 * @param {number} value @returns {number} the nearest grid value
 */
export const snapped = (value) => Math.floor(value * STEPS + 0.5) / STEPS;

/** @param {number} pressure */
const snappedPressure = (pressure) => Math.floor(pressure * PRESSURE_STEPS + 0.5) / PRESSURE_STEPS;

/** @param {number} value */
export const within = (value) => Math.min(1, Math.max(0, value));

/**
 * A point moved to the grid and within the page.
 * @param {Readonly<Point>|[number, number]} point pressure defaults to that of a finger or mouse
 * @returns {Point}
 */
export function onGrid([x, y, pressure = 0.5]) {
  return [snapped(within(x)), snapped(within(y)), snappedPressure(within(pressure))];
}

/** @param {Stroke} stroke @returns {Stroke} on the grid, without consecutive duplicates */
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
