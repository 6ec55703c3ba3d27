/** The eraser: removes the person's own strokes and shapes that it touches, as a whole; they fade until the pointer is up. */
import { OUTLINE_PAGE } from "../model/stroke_outline.js";
import { NOTHING } from "./settings.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("./types.js").ToolContext} ToolContext */
/** @typedef {import("./types.js").PointerSession} PointerSession */

const RADIUS_PX = 9;

/** @implements {PointerSession} */
class EraserSession {
  /** @type {Set<string>} */ #touched = new Set();
  /** @type {Point|null} */ #last = null;
  /** @type {Box|null} */ #ring = null;

  /** @param {ToolContext} context */
  constructor(context) {
    this.context = context;
  }

  /** @param {Point} at */
  begin(at) {
    this.#touched = new Set();
    this.#last = at;
    this.context.open(null);
    this.move([at]);
  }

  /** @param {Point[]} points */
  move(points) {
    const fresh = points.flatMap((point) => {
      const found = this.#last ? this.#under(this.#last, point) : [];
      this.#last = point;
      return found;
    });
    if (fresh.length) this.context.committed.hold(fresh, "faded");
    this.#drawRing();
  }

  end() {
    const ids = [...this.#touched];
    this.#reset();
    if (!ids.length) return;
    this.context.ink.remove(ids);
    this.context.committed.release(ids);
  }

  cancel() {
    this.context.committed.release([...this.#touched]);
    this.#reset();
  }

  #reset() {
    this.#touched = new Set();
    this.#last = this.#ring = null;
    this.context.close();
  }

  /** @param {Point} a @param {Point} b @returns {string[]} own marks between them that were not touched before */
  #under(a, b) {
    const { context } = this;
    const found = context.touched(a, b, RADIUS_PX, (annotation) =>
      !this.#touched.has(annotation.id) && !context.markOf(annotation).kept && context.isMine(annotation));
    for (const { id } of found) this.#touched.add(id);
    return found.map(({ id }) => id);
  }

  #drawRing() {
    const { context } = this;
    if (!this.#last) return;
    const [x, y] = [this.#last[0] * OUTLINE_PAGE, this.#last[1] * context.aspect * OUTLINE_PAGE];
    const radius = context.reach(RADIUS_PX) * OUTLINE_PAGE;
    const line = radius / 6;
    if (this.#ring) context.tail.clearBox(this.#ring);
    this.#ring = [x - radius - line, y - radius - line, x + radius + line, y + radius + line];
    const canvas = context.tail.context;
    canvas.globalAlpha = 1;
    canvas.strokeStyle = "#5a5348";
    canvas.fillStyle = "rgb(255 253 249 / .7)";
    canvas.lineWidth = line;
    canvas.beginPath();
    canvas.arc(x, y, radius, 0, 2 * Math.PI);
    canvas.fill();
    canvas.stroke();
  }
}

/** @type {import("./types.js").Tool<any>} */
export const eraserTool = {
  name: "eraser",
  icon: "eraser",
  slot: "eraser",
  collapse: 4,
  key: "e",
  settings: NOTHING,
  session: (context) => new EraserSession(context),
};
