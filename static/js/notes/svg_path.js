/** What tools trace on a canvas, as the data of an SVG path. Pure. */

/** @param {number} value @returns {number} to a hundredth of a pixel */
const rounded = (value) => Math.round(value * 100) / 100;

/** @typedef {import("../ink/tools/types.js").TracedPath} TracedPath */

/** @implements {TracedPath} */
export class SvgPath {
  data = "";

  /** @param {number} scale pixels of a unit that is traced */
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
