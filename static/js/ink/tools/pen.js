/** The pen: a line whose width follows the pressure. */
import { traceOutline } from "./canvas_paths.js";
import { outlineOf } from "../model/stroke_outline.js";
import { GrowingStroke, inkMark, StrokeSession } from "./ink_strokes.js";
import { LINES } from "./settings.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("../canvas/canvas_layer.js").CanvasLayer} CanvasLayer */

/** Greatest factor of the line width, at full pressure (see stroke_outline). */
const WIDEST = 1.5;
/** Limits of the end of a stroke that is redrawn: number of points and length, in page widths. */
const LONGEST_TAIL = 40;
const FARTHEST = 0.06;
/** Number of last points whose outline changes with the next point. */
const OPEN = 4;

/**
 * Redraws only the end of the stroke on each move. The rest is drawn once, piece by piece, so that a long stroke
 * costs no more per move than a short one.
 */
class GrowingPenStroke extends GrowingStroke {
  /** Index of the first point that is not finally drawn. */
  #done = 0;
  #far = 0;
  /** @type {Box|null} */ #drawn = null;

  /** @param {Point[]} points @param {Point[]} expected */
  addPoints(points, expected) {
    let last = this.points.at(-1);
    for (const point of points) {
      if (last) this.#far += Math.hypot(point[0] - last[0], (point[1] - last[1]) * this.aspect);
      last = point;
    }
    super.addPoints(points, expected);
  }

  relaid() {
    this.#done = 0;
    this.#far = FARTHEST * 2;
    this.#drawn = null;
    super.relaid();
  }

  /** @param {Point[]} expected */
  drawStroke(expected) {
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

  /** @param {CanvasLayer} layer @param {Point[]} points @param {boolean} finished @returns {Box} bounding box, outline units */
  #fill(layer, points, finished) {
    const outline = outlineOf(points, this.style.width, this.aspect, finished);
    const { context } = layer;
    context.globalAlpha = 1;
    context.fillStyle = this.style.color;
    context.beginPath();
    traceOutline(context, outline);
    context.fill();
    return around(outline);
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

/** @type {import("./ink_strokes.js").Writing} */
const WRITING = { name: "pen", multiplied: false, Growing: GrowingPenStroke, finished: (stroke, _words, width) => ({ stroke, width }) };

/** @type {import("./types.js").Tool<import("../../lib/schemas.js").Ink>} */
export const penTool = {
  name: "pen",
  icon: "pencil",
  slot: "pen",
  collapse: 1,
  key: "p",
  settings: LINES,
  readsWords: true,
  forPen: true,
  session: (context) => new StrokeSession(context, WRITING),
  mark: inkMark({
    owns: ({ opacity }) => opacity >= 1,
    widest: WIDEST,
    appearance: {
      under: false,
      filled: true,
      trace: (path, { geometry, style }, aspect) => {
        for (const stroke of geometry.strokes) traceOutline(path, outlineOf(stroke, style.width, aspect));
      },
    },
  }),
};
