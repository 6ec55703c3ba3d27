/** Pen and highlighter: a stroke as it is written, and what is kept of it. */
import { MOST_POINTS } from "../limits.js";
import { OwnStroke } from "../own_stroke.js";
import { simplified } from "../simplify.js";
import { straightened } from "../straighten.js";
import { isHighlighter } from "../painted.js";

/** @typedef {import("../easel.js").Easel} Easel */
/** @typedef {import("../easel.js").Point} Point */
/** @typedef {import("../easel.js").Tool} Tool */

const WARM_UP = 60;

/** @implements {Tool} */
export class PenTool {
  #id = "";
  /** @type {OwnStroke|null} */ #stroke = null;

  /** @param {Easel} easel @param {"pen"|"highlighter"} name */
  constructor(easel, name) {
    this.easel = easel;
    this.name = name;
  }

  /** @param {Point} at */
  begin(at) {
    const { easel } = this;
    const style = easel.ink.styleOf(this.name);
    const tail = easel.open(isHighlighter(style) ? style.opacity : null);
    this.#id = easel.ink.newId();
    this.#stroke = new OwnStroke({ style, aspect: easel.aspect, tail, body: () => easel.body() });
    this.move([at], []);
  }

  /** @param {Point[]} points @param {Point[]} expected */
  move(points, expected) {
    const stroke = this.#stroke;
    const { place, ink } = this.easel;
    if (!stroke || !place) return;
    stroke.add(points, expected);
    ink.wet(this.#id, place, stroke.style, stroke.points);
  }

  /** Goes once through all that a stroke needs, so that the first one is not late for being the first. */
  warmUp() {
    const { easel } = this;
    const style = easel.ink.styleOf(this.name);
    const stroke = new OwnStroke({ style, aspect: easel.aspect, tail: easel.open(null), body: () => easel.body() });
    for (let at = 0; at < WARM_UP; at += 1) stroke.add([[at / WARM_UP, (at % 7) / WARM_UP, 0.5]], []);
    straightened(stroke.points, easel.words ?? [], style.width, easel.aspect);
    simplified(stroke.points, easel.aspect);
    easel.open(null);
  }

  end() {
    const { easel } = this;
    const stroke = this.#stroke;
    this.#stroke = null;
    if (!stroke) return;
    const { style, points } = stroke;
    const { stroke: line, width } = isHighlighter(style)
      ? straightened(points, easel.words ?? [], style.width, easel.aspect)
      : { stroke: points, width: style.width };
    const kept = simplified(line, easel.aspect);
    const pieces = cutUp(kept);
    easel.add(pieces.map((piece, at) => ({
      kind: "ink", geometry: { strokes: [piece] }, style: { ...style, width }, ...(at === 0 ? { id: this.#id } : {}),
    })));
    easel.close();
  }

  relaid() {
    this.#stroke?.relaid();
  }

  cancel() {
    if (!this.#stroke) return;
    this.#stroke = null;
    this.easel.ink.wetGone(this.#id);
    this.easel.close();
  }
}

/** @param {Point[]} points @returns {Point[][]} pieces that are not too long to be kept, each beginning where one ended */
function cutUp(points) {
  const pieces = [];
  for (let from = 0; from === 0 || from < points.length - 1; from += MOST_POINTS - 1) {
    pieces.push(points.slice(from, from + MOST_POINTS));
  }
  return pieces;
}
