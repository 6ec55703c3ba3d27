/** Choosing marks by a tap or a box drawn round them, and moving what is chosen. */
import { hit } from "../hits.js";
import { paintingOf } from "../painted.js";
import { extents, moved } from "../shapes.js";

/** @typedef {import("../easel.js").Easel} Easel */
/** @typedef {import("../easel.js").Point} Point */
/** @typedef {import("../easel.js").Box} Box */
/** @typedef {import("../easel.js").Annotation} Annotation */
/** @typedef {import("../easel.js").Tool} Tool */

const FINGER_PX = 10;
const STILL_PX = 6;
/** Marks on text stay on their text. */
const STAY = new Set(["highlight", "underline", "strike"]);
const ROUND = { color: "#1c4fa1", width: 0.9, opacity: 1, size: 20 };

/** @param {Annotation} annotation */
export const mayMove = ({ kind }) => !STAY.has(kind);

/**
 * @param {Annotation[]} annotations @param {number} dx @param {number} dy @returns {[number, number]} as far as all of
 *   them may go together
 */
export function together(annotations, dx, dy) {
  const boxes = annotations.map(({ geometry }) => extents(geometry));
  const [left, top] = [Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1]))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3]))];
  return [Math.min(1 - right, Math.max(-left, dx)), Math.min(1 - bottom, Math.max(-top, dy))];
}

/** @implements {Tool} */
export class SelectTool {
  /** @type {Point|null} */ #from = null;
  /** @type {Point|null} */ #to = null;
  /** Those that move; none while a box is drawn. @type {Annotation[]} */ #moving = [];
  #lifted = false;

  /** @param {Easel} easel @param {() => string[]} chosen @param {() => Box|null} frame of what is chosen */
  constructor(easel, chosen, frame) {
    this.easel = easel;
    this.chosen = chosen;
    this.frame = frame;
  }

  /** @param {Point} at */
  begin(at) {
    const { easel } = this;
    this.#from = this.#to = at;
    this.#lifted = false;
    easel.open(null);
    const under = this.#topmost(at);
    if (!this.#inFrame(at)) {
      easel.select(under && easel.isMine(under) ? [under.id] : []);
    }
    this.#moving = this.#inFrame(at) ? this.#annotations().filter(mayMove) : [];
  }

  /** @param {Point[]} points */
  move(points) {
    this.#to = points.at(-1) ?? this.#to;
    const [from, to] = [this.#from, this.#to];
    if (!from || !to || (!this.#lifted && this.#still)) return;
    if (!this.#annotations().length) {
      this.easel.preview({ kind: "rectangle", geometry: { box: between(from, to) }, style: ROUND });
    } else if (this.#moving.length) {
      this.#lift();
      this.easel.tail.shift(...this.#leafShift());
      this.easel.shifted(...this.#shift());
    }
  }

  end() {
    const { easel } = this;
    const [from, to] = [this.#from, this.#to];
    const ids = this.#moving.map(({ id }) => id);
    if (this.#lifted) {
      const [dx, dy] = this.#shift();
      easel.ink.changeAll(this.#moving.map(({ id, geometry }) => ({ id, patch: { geometry: moved(geometry, dx, dy) } })));
      easel.shifted(0, 0);
      easel.dry.release(ids);
    } else if (from && to && !this.#still && !this.#annotations().length) {
      easel.select(this.#within(between(from, to)));
    } else if (from && this.#still && !this.chosen().length) {
      const under = this.#topmost(from);
      if (under) easel.opened(under);
    }
    this.#leave();
  }

  cancel() {
    if (this.#lifted) {
      this.easel.shifted(0, 0);
      this.easel.dry.release(this.#moving.map(({ id }) => id));
    }
    this.#leave();
  }

  #leave() {
    this.#from = this.#to = null;
    this.#moving = [];
    this.#lifted = false;
    this.easel.close();
  }

  get #still() {
    const { easel } = this;
    return !this.#from || !this.#to || easel.apart(this.#from, this.#to) < easel.reach(STILL_PX);
  }

  /** @returns {Annotation[]} */
  #annotations() {
    return this.chosen().flatMap((id) => this.easel.marks.get(id)?.annotation ?? []);
  }

  /** @param {Point} at */
  #inFrame(at) {
    const box = this.frame();
    const margin = this.easel.reach(FINGER_PX);
    return box !== null && inside(at, box, margin, margin / this.easel.aspect);
  }

  /** @param {Point} at @returns {Annotation|null} the last made of those under a finger, one's own first */
  #topmost(at) {
    const { easel } = this;
    const radius = easel.reach(FINGER_PX);
    const high = radius / easel.aspect;
    const under = easel.marks.touching([[at[0] - radius, at[1] - high, at[0] + radius, at[1] + high]])
      .map(({ annotation }) => annotation)
      .filter((annotation) => hit(annotation, at, radius, easel.aspect));
    return under.findLast((annotation) => easel.isMine(annotation)) ?? under.at(-1) ?? null;
  }

  /** @param {Box} box @returns {string[]} own marks that lie in it with their middle */
  #within(box) {
    return this.easel.marks.touching([box]).flatMap(({ id, annotation }) => {
      const [x0, y0, x1, y1] = extents(annotation.geometry);
      const middle = /** @type {const} */ ([(x0 + x1) / 2, (y0 + y1) / 2, 0]);
      return this.easel.isMine(annotation) && inside([...middle], box, 0, 0) ? [id] : [];
    });
  }

  /** What is moved is drawn once on a canvas of its own, and that is moved. */
  #lift() {
    if (this.#lifted) return;
    this.#lifted = true;
    const { easel } = this;
    easel.dry.hold(this.#moving.map(({ id }) => id), "hidden");
    this.#paintLifted();
  }

  relaid() {
    if (!this.#lifted) return;
    this.#paintLifted();
    this.easel.tail.shift(...this.#leafShift());
  }

  #paintLifted() {
    const { easel } = this;
    const { context } = easel.tail;
    for (const annotation of this.#moving) {
      const painting = paintingOf(annotation, easel.aspect);
      context.globalAlpha = painting.under ? 0.6 : 1;
      painting.paint(context);
    }
  }

  /** @returns {[number, number]} fractions of the page */
  #shift() {
    const [from, to] = [this.#from, this.#to];
    return from && to ? together(this.#moving, to[0] - from[0], to[1] - from[1]) : [0, 0];
  }

  /** @returns {[number, number]} pixels of the leaf at zoom 1 */
  #leafShift() {
    const [dx, dy] = this.#shift();
    return this.easel.onLeaf(dx, dy);
  }
}

/** @param {Point} a @param {Point} b @returns {Box} */
const between = ([ax, ay], [bx, by]) => [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];

/** @param {Point} at @param {Box} box @param {number} across @param {number} down margins */
const inside = ([x, y], [x0, y0, x1, y1], across, down) =>
  x >= x0 - across && x <= x1 + across && y >= y0 - down && y <= y1 + down;
