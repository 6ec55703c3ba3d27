/**
 * How each kind of annotation looks on a canvas. Measured in outline units: the page is OUTLINE_PAGE
 * wide. What a painting is made of is kept with its annotation, so a stroke is outlined once.
 */
import { dequal } from "dequal/lite";
import { arrowHead, bounds } from "./shapes.js";
import { OUTLINE_PAGE, outlineOf } from "./stroke_outline.js";
import { paintedText } from "./text_box.js";

/** @typedef {import("../lib/schemas.js").Shape} Shape */
/** @typedef {import("../lib/schemas.js").Style} Style */
/** @typedef {import("./grid.js").Box} Box */
/** @typedef {import("./grid.js").Stroke} Stroke */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {Shape & {style: Style, text: string|null}} Drawn */
/**
 * @typedef {{under: boolean, box: Box, paint: (context: Context) => void}} Painting
 *   under: it is multiplied with the page, as a marker's ink is; box: in fractions of the page, all that is drawn
 */

const UNIT = OUTLINE_PAGE / 1000;
/** Shares of a line's height. */
const LINE_UNDER = 0.94;
const LINE_THROUGH = 0.56;
const LINE_HIGH = 0.07;

/** @type {WeakMap<Drawn, {aspect: number, painting: Painting}>} */
const known = new WeakMap();

/** @param {Drawn} drawn @param {number} aspect @returns {Painting} made once for each annotation object */
export function paintingOf(drawn, aspect) {
  const before = known.get(drawn);
  if (before?.aspect === aspect) return before.painting;
  const painting = made(drawn, aspect);
  known.set(drawn, { aspect, painting });
  return painting;
}

/**
 * Whether two annotations look the same: what one wrote comes back from the server as another object.
 * @param {Drawn} a @param {Drawn} b
 */
export const looksAlike = (a, b) =>
  a.kind === b.kind && a.text === b.text && dequal(a.style, b.style) && dequal(a.geometry, b.geometry);

/** What was made for one is used for another that looks the same. @param {Drawn} from @param {Drawn} to */
export function handOver(from, to) {
  const painting = known.get(from);
  if (painting) known.set(to, painting);
}

/** Its letters have come: it is measured anew. @param {Drawn} drawn */
export const forgetPainting = (drawn) => void known.delete(drawn);

/** Whether ink is a highlighter's: of one width, multiplied. @param {{opacity: number}} style */
export const isHighlighter = (style) => style.opacity < 1;

/** @param {Drawn} drawn @param {number} aspect @returns {Painting} */
function made(drawn, aspect) {
  const box = bounds(drawn, aspect);
  const { style } = drawn;
  /** @param {boolean} under @param {(context: Context) => void} paint @returns {Painting} */
  const of = (under, paint) => ({ under, box, paint });
  switch (drawn.kind) {
    case "ink":
      return isHighlighter(style)
        ? of(true, lined(() => linePath(drawn.geometry.strokes, aspect), style))
        : of(false, filled(() => penPath(drawn.geometry.strokes, style.width, aspect), style));
    case "highlight":
      return of(true, filled(() => boxesPath(drawn.geometry.boxes, aspect), style));
    case "underline":
      return of(false, filled(() => barsPath(drawn.geometry.boxes, LINE_UNDER, aspect), style));
    case "strike":
      return of(false, filled(() => barsPath(drawn.geometry.boxes, LINE_THROUGH, aspect), style));
    case "arrow":
      return of(false, lined(() => arrowPath(drawn.geometry, style.width, aspect), style));
    case "rectangle":
      return of(false, lined(() => boxesPath([drawn.geometry.box], aspect), style));
    case "text":
      return paintedText(drawn, aspect);
    default:
      return of(false, () => {}); // A note is a button of the page.
  }
}

/** @param {() => Path2D} make @param {Style} style @returns {(context: Context) => void} outlined when first drawn */
function filled(make, { color, opacity }) {
  /** @type {Path2D|null} */ let path = null;
  return (context) => {
    context.globalAlpha *= opacity;
    context.fillStyle = color;
    context.fill((path ??= make()));
  };
}

/** @param {() => Path2D} make @param {Style} style @returns {(context: Context) => void} */
function lined(make, { color, opacity, width }) {
  /** @type {Path2D|null} */ let path = null;
  return (context) => {
    context.globalAlpha *= opacity;
    context.strokeStyle = color;
    context.lineWidth = width * UNIT;
    context.lineCap = context.lineJoin = "round";
    context.stroke((path ??= make()));
  };
}

/** @param {Stroke[]} strokes @param {number} width @param {number} aspect */
function penPath(strokes, width, aspect) {
  const path = new Path2D();
  for (const stroke of strokes) traceOutline(path, outlineOf(stroke, width, aspect));
  return path;
}

/**
 * The closed curve through the middles of an outline's edges.
 * @param {CanvasPath} path @param {[number, number][]} outline
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

/** @param {Stroke[]} strokes @param {number} aspect */
function linePath(strokes, aspect) {
  const path = new Path2D();
  for (const stroke of strokes) traceLine(path, stroke, aspect);
  return path;
}

/**
 * A highlighter's line, smooth through the middles between its points.
 * @param {CanvasPath} path @param {Stroke} stroke @param {number} aspect
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
const rectOf = ([x0, y0, x1, y1], aspect) => [
  x0 * OUTLINE_PAGE, y0 * aspect * OUTLINE_PAGE, (x1 - x0) * OUTLINE_PAGE, (y1 - y0) * aspect * OUTLINE_PAGE,
];

/** @param {Box[]} boxes @param {number} aspect */
function boxesPath(boxes, aspect) {
  const path = new Path2D();
  for (const box of boxes) path.rect(...rectOf(box, aspect));
  return path;
}

/** @param {Box[]} boxes @param {number} share of a line's height where the bar's middle lies @param {number} aspect */
function barsPath(boxes, share, aspect) {
  const path = new Path2D();
  for (const box of boxes) {
    const [x, y, wide, high] = rectOf(box, aspect);
    path.rect(x, y + high * (share - LINE_HIGH / 2), wide, high * LINE_HIGH);
  }
  return path;
}

/** @param {import("../lib/schemas.js").Span} geometry @param {number} width @param {number} aspect */
function arrowPath({ from, to }, width, aspect) {
  const path = new Path2D();
  const [a, b] = arrowHead(from, to, width, aspect);
  /** @param {readonly [number, number]} spot @returns {[number, number]} */
  const at = ([x, y]) => [x * OUTLINE_PAGE, y * aspect * OUTLINE_PAGE];
  path.moveTo(...at(from));
  path.lineTo(...at(to));
  path.moveTo(...at(a));
  path.lineTo(...at(to));
  path.lineTo(...at(b));
  return path;
}

/** @param {Box} box fractions @param {number} aspect @returns {Box} outline units */
export const inUnits = ([x0, y0, x1, y1], aspect) => [
  x0 * OUTLINE_PAGE, y0 * aspect * OUTLINE_PAGE, x1 * OUTLINE_PAGE, y1 * aspect * OUTLINE_PAGE,
];
