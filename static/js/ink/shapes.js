/** Where an annotation lies on its page, how it moves, and the head of an arrow. Pure. */
import { snapped, within } from "./grid.js";

/** @typedef {import("../lib/schemas.js").AnnotationView["geometry"]} Geometry */
/** @typedef {import("../lib/schemas.js").Shape} Shape */
/** @typedef {import("../lib/schemas.js").Style} Style */
/** @typedef {import("./grid.js").Spot} Spot */
/** @typedef {import("./grid.js").Box} Box */

/** A note's marker is a square around its point: this wide, in page widths. */
export const NOTE_SIZE = 0.03;
/** A pen pressed hard draws this much wider than its width says (see stroke_outline). */
const WIDEST = 1.5;
const HEAD_ANGLE = 0.5;
const HEAD_WIDTHS = 4.5;
const SMALLEST_HEAD = 0.012;

/** @param {Exclude<Geometry, import("../lib/schemas.js").Ink>} geometry @returns {(readonly number[])[]} its points; of a box two corners */
function spotsOf(geometry) {
  if ("boxes" in geometry) return geometry.boxes.flatMap(([x0, y0, x1, y1]) => [[x0, y0], [x1, y1]]);
  if ("box" in geometry) return [geometry.box.slice(0, 2), geometry.box.slice(2)];
  return "at" in geometry ? [geometry.at] : [geometry.from, geometry.to];
}

/** @param {Geometry} geometry @returns {Box} around its points, without the width of lines */
export function extents(geometry) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  // A page may have a thousand strokes: they are gone through plainly.
  for (const spots of "strokes" in geometry ? geometry.strokes : [spotsOf(geometry)]) {
    for (const [x = 0, y = 0] of spots) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  }
  return box;
}

/**
 * The two ends of an arrow's head; the head is drawn from one of them to `to` and on to the other.
 * @param {Spot} from @param {Spot} to @param {number} width of the line, thousandths @param {number} aspect
 * @returns {[Spot, Spot]}
 */
export function arrowHead(from, to, width, aspect) {
  const dx = from[0] - to[0];
  const dy = (from[1] - to[1]) * aspect;
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length === 0) return [to, to];
  const head = Math.min(length, Math.max(SMALLEST_HEAD, (HEAD_WIDTHS * width) / 1000)) / length;
  /** @param {number} angle @returns {Spot} */
  const end = (angle) => {
    const [cos, sin] = [Math.cos(angle) * head, Math.sin(angle) * head];
    return [to[0] + dx * cos - dy * sin, to[1] + (dx * sin + dy * cos) / aspect];
  };
  return [end(HEAD_ANGLE), end(-HEAD_ANGLE)];
}

/**
 * @param {Shape & {style: Style}} annotation @param {number} aspect
 * @returns {Box} everything that is drawn of it, line width and all; may reach over the page's edge
 */
export function bounds({ kind, geometry, style }, aspect) {
  let box = extents(geometry);
  let margin = style.width / 2000;
  if (kind === "ink" && style.opacity === 1) margin *= WIDEST;
  if (kind === "note") margin = NOTE_SIZE / 2;
  if (kind === "text") margin = 0;
  if (kind === "arrow") {
    const [a, b] = arrowHead(geometry.from, geometry.to, style.width, aspect);
    box = [Math.min(box[0], a[0], b[0]), Math.min(box[1], a[1], b[1]), Math.max(box[2], a[0], b[0]), Math.max(box[3], a[1], b[1])];
  }
  const up = margin / aspect;
  return [box[0] - margin, box[1] - up, box[2] + margin, box[3] + up];
}

/**
 * @template {Geometry} G
 * @param {G} geometry @param {(x: number) => number} toX @param {(y: number) => number} toY @returns {G}
 */
function mapped(geometry, toX, toY) {
  /** @type {(spot: Spot) => Spot} */
  const spot = ([x, y]) => [toX(x), toY(y)];
  /** @type {(box: Box) => Box} */
  const box = ([x0, y0, x1, y1]) => [toX(x0), toY(y0), toX(x1), toY(y1)];
  /** @returns {Geometry} */
  const next = () => {
    if ("strokes" in geometry) {
      return { strokes: geometry.strokes.map((stroke) => stroke.map(([x, y, pressure]) => [toX(x), toY(y), pressure])) };
    }
    if ("boxes" in geometry) return { boxes: geometry.boxes.map(box) };
    if ("box" in geometry) return { box: box(geometry.box) };
    if ("at" in geometry) return { at: spot(geometry.at) };
    const { from, to } = /** @type {import("../lib/schemas.js").Span} */ (geometry);
    return { from: spot(from), to: spot(to) };
  };
  return /** @type {G} */ (next());
}

/**
 * Moved as far as the page allows: the shape stays as it is, to the grid, and nothing of it leaves the page.
 * @template {Geometry} G
 * @param {G} geometry @param {number} dx @param {number} dy fractions of the page @returns {G}
 */
export function moved(geometry, dx, dy) {
  const [x0, y0, x1, y1] = extents(geometry);
  const byX = snapped(Math.min(1 - x1, Math.max(-x0, dx)));
  const byY = snapped(Math.min(1 - y1, Math.max(-y0, dy)));
  return mapped(geometry, (x) => snapped(within(x + byX)), (y) => snapped(within(y + byY)));
}

/** @param {Geometry} geometry */
export function withinPage(geometry) {
  const [x0, y0, x1, y1] = extents(geometry);
  return x0 >= 0 && y0 >= 0 && x1 <= 1 && y1 <= 1;
}

/**
 * On the grid, and what lay off the page on its edge.
 * @template {Geometry} G
 * @param {G} geometry @returns {G}
 */
export function clamped(geometry) {
  return mapped(geometry, (x) => snapped(within(x)), (y) => snapped(within(y)));
}
