/**
 * Extents and movement of geometries on their page. Pure. A geometry of any kind consists of lists of
 * points [x, y, …] and boxes [x0, y0, x1, y1].
 */
import { snapped, within } from "./grid.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView["geometry"]} Geometry */
/** @typedef {import("../../lib/schemas.js").Shape} Shape */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("./grid.js").Spot} Spot */
/** @typedef {import("./grid.js").Box} Box */

/** Length of a box; points are shorter. */
const BOX_LENGTH = 4;

/** @param {any} value @param {(tuple: number[]) => void} visit called with each point and box */
function eachTuple(value, visit) {
  if (typeof value[0] === "number") visit(value);
  else for (const one of value) eachTuple(one, visit);
}

/** @param {Geometry} geometry @returns {Box[]} */
export function boxesIn(geometry) {
  /** @type {Box[]} */
  const boxes = [];
  for (const part of Object.values(geometry)) {
    eachTuple(part, (tuple) => {
      if (tuple.length === BOX_LENGTH) boxes.push(/** @type {Box} */ (tuple));
    });
  }
  return boxes;
}

/** @param {object} geometry @returns {Box} the bounding box of its points, without line widths */
export function extents(geometry) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const enlarge = (/** @type {number} */ x, /** @type {number} */ y) => {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  };
  for (const part of Object.values(geometry)) {
    eachTuple(part, ([x = 0, y = 0, x1 = 0, y1]) => {
      enlarge(x, y);
      if (y1 !== undefined) enlarge(x1, y1);
    });
  }
  return box;
}

/** @param {Box} box @param {number} margin in page widths @param {number} aspect @returns {Box} the enlarged box, may exceed the page */
export function grown([x0, y0, x1, y1], margin, aspect) {
  const up = margin / aspect;
  return [x0 - margin, y0 - up, x1 + margin, y1 + up];
}

/** @param {readonly number[]} a @param {readonly number[]} b opposite corners @returns {Box} */
export const boxBetween = ([ax = 0, ay = 0], [bx = 0, by = 0]) => [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];

/**
 * @param {any} value @param {(x: number) => number} toX @param {(y: number) => number} toY @returns {any}
 */
function mappedPart(value, toX, toY) {
  if (typeof value[0] !== "number") return value.map((/** @type {any} */ one) => mappedPart(one, toX, toY));
  const [x, y, ...more] = value;
  return value.length === BOX_LENGTH ? [toX(x), toY(y), toX(more[0]), toY(more[1])] : [toX(x), toY(y), ...more];
}

/**
 * @template {Geometry} G
 * @param {G} geometry @param {(x: number) => number} toX @param {(y: number) => number} toY @returns {G}
 */
function mapped(geometry, toX, toY) {
  const parts = Object.entries(geometry).map(([name, part]) => [name, mappedPart(part, toX, toY)]);
  return /** @type {G} */ (Object.fromEntries(parts));
}

/**
 * @param {Box[]} boxes @param {number} dx @param {number} dy @returns {[number, number]} the shift, limited to keep all boxes on the page
 */
export function shiftWithinPage(boxes, dx, dy) {
  const [left, top] = [Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1]))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3]))];
  return [Math.min(1 - right, Math.max(-left, dx)), Math.min(1 - bottom, Math.max(-top, dy))];
}

/**
 * Moves a geometry as far as the page allows. Its shape stays the same, up to the grid.
 * @template {Geometry} G
 * @param {G} geometry @param {number} dx @param {number} dy fractions of the page @returns {G}
 */
export function moved(geometry, dx, dy) {
  const [byX, byY] = shiftWithinPage([extents(geometry)], dx, dy);
  return mapped(geometry, (x) => snapped(within(x + snapped(byX))), (y) => snapped(within(y + snapped(byY))));
}

/**
 * Moves points to the grid, and points off the page to its edge.
 * @template {Geometry} G
 * @param {G} geometry @returns {G}
 */
export function clamped(geometry) {
  return mapped(geometry, (x) => snapped(within(x)), (y) => snapped(within(y)));
}
