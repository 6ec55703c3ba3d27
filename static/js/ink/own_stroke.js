/**
 * The stroke that is being written, drawn as it grows. Only its end is drawn anew with each move: what
 * lies behind is finished piece by piece, so that a long stroke costs no more than a short one.
 */
import { isHighlighter, traceLine, traceOutline } from "./painted.js";
import { OUTLINE_PAGE, outlineOf } from "./stroke_outline.js";

/** @typedef {import("./grid.js").Point} Point */
/** @typedef {import("../lib/schemas.js").Style} Style */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./grid.js").Box} Box */

/** The end is at most this many points and this long, in widths of the page. */
const LONGEST_TAIL = 40;
const FARTHEST = 0.06;
/** The last points still change their shape with the next one. */
const OPEN = 4;

export class OwnStroke {
  /** @type {Point[]} */ points = [];
  /** Points before this one are drawn for good. */
  #done = 0;
  #far = 0;
  /** @type {Box|null} */ #drawn = null;

  /**
   * @param {{style: Style, aspect: number, tail: Sheet, body: () => Sheet}} options
   *   tail: the sheet of the end; body: the one of what is finished, asked for when there is any
   */
  constructor({ style, aspect, tail, body }) {
    this.style = style;
    this.aspect = aspect;
    this.tail = tail;
    this.body = body;
    this.marker = isHighlighter(style);
  }

  /** @param {Point[]} points @param {Point[]} expected where the pen is likely to be next: drawn, never kept */
  add(points, expected) {
    for (const point of points) {
      const last = this.points.at(-1);
      if (last) this.#far += Math.hypot(point[0] - last[0], (point[1] - last[1]) * this.aspect);
      this.points.push(point);
    }
    if (this.marker) this.#drawMarker();
    else this.#drawPen(expected);
  }

  /** The canvases are empty: all of it is drawn again. */
  relaid() {
    this.#done = 0;
    this.#far = FARTHEST * 2;
    this.#drawn = null;
    if (this.marker) this.#drawMarker();
    else this.#drawPen([]);
  }

  /** @param {Point[]} expected */
  #drawPen(expected) {
    const { points, tail } = this;
    if (points.length - this.#done > LONGEST_TAIL || (this.#far > FARTHEST && points.length - this.#done > 2 * OPEN)) {
      const end = points.length - OPEN;
      this.#fill(this.body(), points.slice(this.#done, end), true);
      this.#done = end - 1;
      this.#far = 0;
    }
    if (this.#drawn) tail.clearBox(this.#drawn);
    this.#drawn = this.#fill(tail, [...points.slice(this.#done), ...expected], false);
  }

  /** @param {Sheet} sheet @param {Point[]} points @param {boolean} finished @returns {Box} what it covers, outline units */
  #fill(sheet, points, finished) {
    const outline = outlineOf(points, this.style.width, this.aspect, finished);
    const { context } = sheet;
    context.globalAlpha = 1;
    context.fillStyle = this.style.color;
    context.beginPath();
    traceOutline(context, outline);
    context.fill();
    return around(outline);
  }

  /** A marker's ink is opaque on its sheet, which lets the page through as a whole: pieces may overlap. */
  #drawMarker() {
    const { tail, points, style } = this;
    const from = Math.max(0, this.#done - 2);
    const { context } = tail;
    context.globalAlpha = 1;
    context.strokeStyle = style.color;
    context.lineWidth = (style.width * OUTLINE_PAGE) / 1000;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    traceLine(context, points.slice(from), this.aspect);
    context.stroke();
    this.#done = points.length;
  }
}

/** @param {[number, number][]} outline @returns {Box} */
function around(outline) {
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of outline) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}
