/** The eraser: takes away whole strokes and shapes that it touches, one's own; they fade under it. */
import { hitBySegment } from "../hits.js";
import { OUTLINE_PAGE } from "../stroke_outline.js";

/** @typedef {import("../easel.js").Easel} Easel */
/** @typedef {import("../easel.js").Point} Point */
/** @typedef {import("../easel.js").Box} Box */
/** @typedef {import("../easel.js").Tool} Tool */

const RADIUS_PX = 9;
/** A note is more than a stroke: it is opened and deleted by name. */
const SPARED = new Set(["note"]);

/** @implements {Tool} */
export class EraserTool {
  /** @type {Set<string>} */ #touched = new Set();
  /** @type {Point|null} */ #last = null;
  /** @type {Box|null} */ #ring = null;

  /** @param {Easel} easel */
  constructor(easel) {
    this.easel = easel;
  }

  /** @param {Point} at */
  begin(at) {
    this.#touched = new Set();
    this.#last = at;
    this.easel.open(null);
    this.move([at]);
  }

  /** @param {Point[]} points */
  move(points) {
    const fresh = points.flatMap((point) => {
      const found = this.#last ? this.#under(this.#last, point) : [];
      this.#last = point;
      return found;
    });
    if (fresh.length) this.easel.dry.hold(fresh, "faded");
    this.#showRing();
  }

  end() {
    const ids = [...this.#touched];
    this.#leave();
    if (!ids.length) return;
    this.easel.ink.remove(ids);
    this.easel.dry.release(ids);
  }

  cancel() {
    this.easel.dry.release([...this.#touched]);
    this.#leave();
  }

  #leave() {
    this.#touched = new Set();
    this.#last = this.#ring = null;
    this.easel.close();
  }

  /** @param {Point} a @param {Point} b @returns {string[]} own marks between them that were not touched before */
  #under(a, b) {
    const { easel } = this;
    const radius = easel.reach(RADIUS_PX);
    const high = radius / easel.aspect;
    const found = easel.marks.touching([[
      Math.min(a[0], b[0]) - radius, Math.min(a[1], b[1]) - high, Math.max(a[0], b[0]) + radius, Math.max(a[1], b[1]) + high,
    ]]);
    return found.flatMap(({ id, annotation }) => {
      if (this.#touched.has(id) || SPARED.has(annotation.kind) || !easel.isMine(annotation)) return [];
      if (!hitBySegment(annotation, a, b, radius, easel.aspect)) return [];
      this.#touched.add(id);
      return [id];
    });
  }

  #showRing() {
    const { easel } = this;
    if (!this.#last) return;
    const [x, y] = [this.#last[0] * OUTLINE_PAGE, this.#last[1] * easel.aspect * OUTLINE_PAGE];
    const radius = easel.reach(RADIUS_PX) * OUTLINE_PAGE;
    const line = radius / 6;
    if (this.#ring) easel.tail.clearBox(this.#ring);
    this.#ring = [x - radius - line, y - radius - line, x + radius + line, y + radius + line];
    const { context } = easel.tail;
    context.globalAlpha = 1;
    context.strokeStyle = "#5a5348";
    context.fillStyle = "rgb(255 253 249 / .7)";
    context.lineWidth = line;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
