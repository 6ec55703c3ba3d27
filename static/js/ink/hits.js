/** What a finger, a pen or the eraser touches. Pure. */
import { segmentsApart, toBox, toEdges } from "./distances.js";
import { arrowHead, NOTE_SIZE } from "./shapes.js";

/** @typedef {import("../lib/schemas.js").Shape} Shape */
/** @typedef {import("../lib/schemas.js").Style} Style */
/** @typedef {import("./grid.js").Box} Box */
/** @typedef {import("./grid.js").Stroke} Stroke */
/** @typedef {readonly [number, number, ...number[]]} At x, y and perhaps more */

/**
 * @param {Shape & {style: Style}} annotation @param {At} point @param {number} radius of the finger, in page widths
 * @param {number} aspect @returns {boolean}
 */
export const hit = (annotation, point, radius, aspect) => hitBySegment(annotation, point, point, radius, aspect);

/**
 * Whether a move from a to b touches it: also when the pointer was quick and told nothing in between.
 * @param {Shape & {style: Style}} annotation @param {At} a @param {At} b
 * @param {number} radius in page widths @param {number} aspect @returns {boolean}
 */
export function hitBySegment({ kind, geometry, style }, a, b, radius, aspect) {
  /** @type {(at: At) => [number, number]} in page widths both ways */
  const even = ([x, y]) => [x, y * aspect];
  /** @type {(box: Box) => Box} */
  const evenBox = ([x0, y0, x1, y1]) => [x0, y0 * aspect, x1, y1 * aspect];
  const [from, to] = [even(a), even(b)];
  const line = (radius + style.width / 2000) ** 2;
  switch (kind) {
    case "ink":
      return geometry.strokes.some((stroke) => strokeTouched(stroke, from, to, line, aspect));
    case "rectangle":
      return toEdges(from, to, evenBox(geometry.box)) <= line;
    case "text":
      return toBox(from, to, evenBox(geometry.box)) <= radius ** 2;
    case "note":
      return toBox(from, to, around(even(geometry.at), NOTE_SIZE / 2)) <= radius ** 2;
    case "arrow": {
      const tip = even(geometry.to);
      const ends = [geometry.from, ...arrowHead(geometry.from, geometry.to, style.width, aspect)];
      return ends.some((end) => segmentsApart(from, to, even(end), tip) <= line);
    }
    default:
      return geometry.boxes.some((box) => toBox(from, to, evenBox(box)) <= radius ** 2);
  }
}

/** @param {[number, number]} spot @param {number} by @returns {Box} */
const around = ([x, y], by) => [x - by, y - by, x + by, y + by];

/**
 * @param {Stroke} stroke @param {[number, number]} from @param {[number, number]} to
 * @param {number} reach squared @param {number} aspect
 */
function strokeTouched(stroke, from, to, reach, aspect) {
  const [first] = stroke;
  if (!first) return false;
  /** @type {[number, number]} */ let before = [first[0], first[1] * aspect];
  if (stroke.length === 1) return segmentsApart(from, to, before, before) <= reach;
  for (const [x, y] of stroke) {
    /** @type {[number, number]} */ const here = [x, y * aspect];
    if (segmentsApart(from, to, before, here) <= reach) return true;
    before = here;
  }
  return false;
}
