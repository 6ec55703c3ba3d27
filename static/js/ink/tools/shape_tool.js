/** Arrow and rectangle, drawn from one point to another; a text box and a note, placed for who fills them in. */
import { clamped } from "../shapes.js";

/** @typedef {import("../easel.js").Easel} Easel */
/** @typedef {import("../easel.js").Point} Point */
/** @typedef {import("../easel.js").Box} Box */
/** @typedef {import("../easel.js").Tool} Tool */
/** @typedef {import("../easel.js").Shape} Shape */

/** Shorter ones were taps. Pixels of the glass. */
const SMALLEST_PX = 8;
/** A text box that was tapped for, in widths of the page, and its least height in heights of letters. */
const TEXT_WIDE = 0.36;
const TEXT_HIGH = 1.9;
/** The frame of a text box while it is drawn. */
const FRAME = { width: 0.8, opacity: 1, size: 20 };

/** @param {Point} a @param {Point} b @returns {Box} */
const between = ([ax, ay], [bx, by]) => [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];

/** @implements {Tool} */
export class ShapeTool {
  /** @type {Point|null} */ #from = null;
  /** @type {Point|null} */ #to = null;

  /** @param {Easel} easel @param {"arrow"|"rectangle"|"text"|"note"} kind */
  constructor(easel, kind) {
    this.easel = easel;
    this.kind = kind;
  }

  /** @param {Point} at */
  begin(at) {
    this.#from = this.#to = at;
    this.easel.open(null);
  }

  /** @param {Point[]} points */
  move(points) {
    this.#to = points.at(-1) ?? this.#to;
    const shape = this.#long ? this.#shape() : null;
    if (shape?.kind === "note") return;
    const style = this.easel.ink.styleOf(this.kind);
    if (shape?.kind === "text") this.easel.preview({ ...shape, kind: "rectangle", style: { ...FRAME, color: style.color } });
    else this.easel.preview(shape && { ...shape, style });
  }

  end() {
    const { easel, kind } = this;
    const [shape, long] = [this.#shape(), this.#long];
    if (shape && (kind === "text" || kind === "note")) easel.placed(/** @type {Shape} */ ({ ...shape, geometry: clamped(shape.geometry) }));
    else if (shape && long) easel.add([{ ...shape, style: easel.ink.styleOf(kind) }]);
    this.cancel();
  }

  cancel() {
    this.#from = this.#to = null;
    this.easel.close();
  }

  get #long() {
    const { easel } = this;
    return this.#from !== null && this.#to !== null && easel.apart(this.#from, this.#to) >= easel.reach(SMALLEST_PX);
  }

  /** @returns {Shape|null} */
  #shape() {
    const [from, to] = [this.#from, this.#to];
    if (!from || !to) return null;
    switch (this.kind) {
      case "arrow":
        return { kind: "arrow", geometry: { from: [from[0], from[1]], to: [to[0], to[1]] } };
      case "rectangle":
        return { kind: "rectangle", geometry: { box: between(from, to) } };
      case "note":
        return { kind: "note", geometry: { at: [to[0], to[1]] } };
      default:
        return { kind: "text", geometry: { box: this.#long ? this.#roomy(between(from, to)) : this.#tapped(from) } };
    }
  }

  /** @returns {number} the least height of a text box, a fraction of the page */
  get #high() {
    return (TEXT_HIGH * this.easel.ink.styleOf("text").size) / 1000 / this.easel.aspect;
  }

  /** @param {Box} box @returns {Box} */
  #roomy([x0, y0, x1, y1]) {
    const bottom = Math.min(1, Math.max(y1, y0 + this.#high));
    return [x0, Math.min(y0, bottom - this.#high), Math.max(x1, Math.min(1, x0 + 0.06)), bottom];
  }

  /** @param {Point} at @returns {Box} */
  #tapped([x, y]) {
    const left = Math.max(0, Math.min(x, 1 - TEXT_WIDE));
    const top = Math.max(0, Math.min(y - this.#high / 2, 1 - this.#high));
    return [left, top, left + TEXT_WIDE, top + this.#high];
  }
}
