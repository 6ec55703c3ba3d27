/** Shared by pen and highlighter: the mark type of kind ink and the session that draws and stores a stroke. */
import { quantised } from "../model/grid.js";
import { MOST_POINTS } from "../model/limits.js";
import { extents, grown } from "../model/shapes.js";
import { simplified } from "../model/simplify.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../model/grid.js").Stroke} Stroke */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("../model/page_text.js").Word} Word */
/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("../../lib/schemas.js").Ink} InkGeometry */
/** @typedef {import("../canvas/canvas_layer.js").CanvasLayer} CanvasLayer */
/** @typedef {import("./types.js").Mark<InkGeometry>} InkMark */
/** @typedef {import("./types.js").PointerSession} PointerSession */
/** @typedef {import("./types.js").ToolContext} ToolContext */

/** Kind of the annotation that a stroke becomes. */
export const INK = "ink";
/** Points per box of a stroke's places: a long stroke covers little of its bounding box. */
const PIECE = 24;
const WARM_UP = 60;

/**
 * @param {{owns: (style: import("../../lib/schemas.js").WetStyle) => boolean, widest: number, words?: string,
 *   appearance: import("./types.js").Appearance<InkGeometry>}} own  widest: greatest factor of the line width
 * @returns {import("./types.js").MarkType<InkGeometry>}
 */
export function inkMark({ widest, ...own }) {
  /** @param {InkMark} mark @param {number} aspect @returns {Box} */
  const bounds = ({ geometry, style }, aspect) => grown(extents(geometry), (style.width / 2000) * widest, aspect);
  return {
    ...own,
    kind: INK,
    form: { strokes: [[3]] },
    tooMany: ({ strokes }) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) > MOST_POINTS,
    normalize: (geometry) => ({ ...geometry, strokes: geometry.strokes.map(quantised) }),
    bounds,
    places: ({ geometry, style }, aspect) => geometry.strokes.flatMap((stroke) => {
      const pieces = [];
      for (let from = 0; from === 0 || from < stroke.length - 1; from += PIECE) {
        pieces.push(bounds({ geometry: { strokes: [stroke.slice(from, from + PIECE + 1)] }, style }, aspect));
      }
      return pieces;
    }),
    touches: ({ geometry, style }, probe) => geometry.strokes.some((stroke) => strokeTouched(stroke, style, probe)),
    listed: "picture",
    clusters: true,
  };
}

/** @param {Stroke} stroke @param {Style} style @param {import("./types.js").Probe} probe */
function strokeTouched(stroke, style, probe) {
  let [before] = stroke;
  if (!before) return false;
  const reach = probe.line(style);
  if (stroke.length === 1) return probe.toSegment(before, before) <= reach;
  for (const here of stroke) {
    if (probe.toSegment(before, here) <= reach) return true;
    before = here;
  }
  return false;
}

/** A stroke in progress. Subclasses draw it as it grows. */
export class GrowingStroke {
  /** @type {Point[]} */ points = [];

  /**
   * @param {{style: Style, aspect: number, tail: CanvasLayer, body: () => CanvasLayer}} options
   *   tail: canvas of the end; body: returns the canvas of the finished part, created on first use
   */
  constructor({ style, aspect, tail, body }) {
    this.style = style;
    this.aspect = aspect;
    this.tail = tail;
    this.body = body;
  }

  /** @param {Point[]} points @param {Point[]} expected predicted points: drawn, but not stored */
  addPoints(points, expected) {
    this.points.push(...points);
    this.drawStroke(expected);
  }

  /** Redraws the whole stroke after the canvases were emptied. */
  relaid() {
    this.drawStroke([]);
  }

  /** @param {Point[]} _expected predicted points. Draws the points that are not drawn yet. */
  drawStroke(_expected) {}
}

/**
 * @typedef {object} Writing what differs between the two tools
 * @property {string} name
 * @property {boolean} multiplied
 * @property {typeof GrowingStroke} Growing
 * @property {(points: Stroke, words: Word[], width: number, aspect: number) => {stroke: Stroke, width: number}} finished
 */

/** @implements {PointerSession} */
export class StrokeSession {
  #id = "";
  /** @type {GrowingStroke|null} */ #stroke = null;

  /** @param {ToolContext} context @param {Writing} tool */
  constructor(context, tool) {
    this.context = context;
    this.tool = tool;
  }

  /** @param {Point} at */
  begin(at) {
    const style = this.context.ink.styleOf(this.tool.name);
    this.#stroke = this.#growing(style, this.tool.multiplied ? style.opacity : null);
    this.#id = this.context.ink.newId();
    this.move([at], []);
  }

  /** @param {Style} style @param {number|null} multiplied */
  #growing(style, multiplied) {
    const { context } = this;
    return new this.tool.Growing({ style, aspect: context.aspect, tail: context.open(multiplied), body: () => context.body() });
  }

  /** @param {Point[]} points @param {Point[]} expected */
  move(points, expected) {
    const stroke = this.#stroke;
    const { place, ink } = this.context;
    if (!stroke || !place) return;
    stroke.addPoints(points, expected);
    ink.wet({ id: this.#id, ...place, style: stroke.style, points: stroke.points });
  }

  /** Runs the code of a stroke once, so that the first real stroke is not delayed. */
  warmUp() {
    const { context } = this;
    const style = context.ink.styleOf(this.tool.name);
    const stroke = this.#growing(style, null);
    for (let at = 0; at < WARM_UP; at += 1) stroke.addPoints([[at / WARM_UP, (at % 7) / WARM_UP, 0.5]], []);
    this.tool.finished(stroke.points, context.words ?? [], style.width, context.aspect);
    simplified(stroke.points, context.aspect);
    context.open(null);
  }

  end() {
    const { context } = this;
    const stroke = this.#stroke;
    this.#stroke = null;
    if (!stroke) return;
    const { style, points } = stroke;
    const { stroke: line, width } = this.tool.finished(points, context.words ?? [], style.width, context.aspect);
    const pieces = cutUp(simplified(line, context.aspect));
    context.addShapes(pieces.map((piece, at) => ({
      kind: INK, geometry: { strokes: [piece] }, style: { ...style, width }, ...(at === 0 ? { id: this.#id } : {}),
    })));
    context.close();
  }

  relaid() {
    this.#stroke?.relaid();
  }

  cancel() {
    if (!this.#stroke) return;
    this.#stroke = null;
    this.context.ink.strokeEnded(this.#id);
    this.context.close();
  }
}

/** @param {Point[]} points @returns {Point[][]} pieces of at most MOST_POINTS points; each begins where the previous one ends */
function cutUp(points) {
  const pieces = [];
  for (let from = 0; from === 0 || from < points.length - 1; from += MOST_POINTS - 1) {
    pieces.push(points.slice(from, from + MOST_POINTS));
  }
  return pieces;
}
