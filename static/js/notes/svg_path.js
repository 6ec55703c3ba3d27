/** A path that tools trace on, as the data of an SVG path. Pure. */

/** @param {number} value @returns {number} rounded to a hundredth of a pixel */
const rounded = (value) => Math.round(value * 100) / 100;

/** @typedef {import("../ink/tools/types.js").TracedPath} TracedPath */

/** @implements {TracedPath} */
export class SvgPath {
  data = "";

  /** @param {number} scale pixels per traced unit */
  constructor(scale) {
    this.scale = scale;
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#put("M", x, y);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#put("L", x, y);
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this.#put("Q", cx, cy, x, y);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#put("M", x, y);
    this.#put("h", width);
    this.#put("v", height);
    this.#put("h", -width);
    this.closePath();
  }

  closePath() {
    this.data += "Z";
  }

  /** @param {string} verb @param {...number} values */
  #put(verb, ...values) {
    this.data += verb + values.map((value) => rounded(value * this.scale)).join(" ");
  }
}
