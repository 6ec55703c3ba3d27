/** Hit tests of annotations for finger, pen and eraser. Pure. */
import { segmentsApart, toBox, toEdges } from "../model/distances.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").Shape} Shape */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {readonly [number, number, ...number[]]} At x, y and optional further numbers */

/**
 * @param {Shape & {style: Style}} annotation @param {At} point @param {number} radius of the finger, in page widths
 * @param {number} aspect @returns {boolean}
 */
export const hit = (annotation, point, radius, aspect) => hitBySegment(annotation, point, point, radius, aspect);

/**
 * Whether a movement from a to b touches it; works without pointer events in between.
 * @param {Shape & {style: Style}} annotation @param {At} a @param {At} b
 * @param {number} radius in page widths @param {number} aspect @returns {boolean}
 */
export const hitBySegment = (annotation, a, b, radius, aspect) => markTypeOf(annotation).touches(annotation, probe(a, b, radius, aspect));

/**
 * @param {At} a @param {At} b @param {number} radius @param {number} aspect
 * @returns {import("../tools/types.js").Probe} all distances are squared
 */
function probe(a, b, radius, aspect) {
  /** @type {(at: readonly number[]) => [number, number]} both in page widths */
  const even = ([x = 0, y = 0]) => [x, y * aspect];
  /** @type {(box: Box) => Box} */
  const evenBox = ([x0, y0, x1, y1]) => [x0, y0 * aspect, x1, y1 * aspect];
  const [from, to] = [even(a), even(b)];
  return {
    radius,
    aspect,
    line: ({ width }) => (radius + width / 2000) ** 2,
    toSegment: (c, d) => segmentsApart(from, to, even(c), even(d)),
    toEdges: (box) => toEdges(from, to, evenBox(box)),
    toBox: (box) => toBox(from, to, evenBox(box)),
  };
}
