/** The selection tool: selects marks by a tap or a drawn box and moves the selected marks. */
import { boxBetween, extents, moved, shiftWithinPage } from "../model/shapes.js";
import { frame } from "./rectangle.js";
import { NOTHING } from "./settings.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("./types.js").ToolContext} ToolContext */
/** @typedef {import("./types.js").PointerSession} PointerSession */

const FINGER_PX = 10;
const STILL_PX = 6;
const BOX_STYLE = { color: "#1c4fa1", width: 0.9, opacity: 1, size: 20 };

/** @implements {PointerSession} */
class SelectSession {
  /** @type {Point|null} */ #from = null;
  /** @type {Point|null} */ #to = null;
  /** Marks that are moved; empty while a box is drawn. @type {Annotation[]} */ #moving = [];
  #lifted = false;

  /** @param {ToolContext} context */
  constructor(context) {
    this.context = context;
  }

  /** @param {Point} at */
  begin(at) {
    const { context } = this;
    this.#from = this.#to = at;
    this.#lifted = false;
    context.open(null);
    const under = this.#topmost(at);
    if (!this.#inFrame(at)) {
      context.select(under && context.isMine(under) ? [under.id] : []);
    }
    this.#moving = this.#inFrame(at) ? this.#annotations().filter((one) => !context.markOf(one).fixed) : [];
  }

  /** @param {Point[]} points */
  move(points) {
    this.#to = points.at(-1) ?? this.#to;
    const [from, to] = [this.#from, this.#to];
    if (!from || !to || (!this.#lifted && this.#still)) return;
    if (!this.#annotations().length) {
      this.context.preview({ ...frame(boxBetween(from, to)), style: BOX_STYLE });
    } else if (this.#moving.length) {
      this.#lift();
      this.context.tail.shift(...this.#pageShift());
      this.context.shifted(...this.#shift());
    }
  }

  end() {
    const { context } = this;
    const [from, to] = [this.#from, this.#to];
    const ids = this.#moving.map(({ id }) => id);
    if (this.#lifted) {
      const [dx, dy] = this.#shift();
      context.ink.changeAll(this.#moving.map(({ id, geometry }) => ({ id, patch: { geometry: moved(geometry, dx, dy) } })));
      context.shifted(0, 0);
      context.committed.release(ids);
    } else if (from && to && !this.#still && !this.#annotations().length) {
      context.select(this.#within(boxBetween(from, to)));
    } else if (from && this.#still && !context.selected().length) {
      const under = this.#topmost(from);
      if (under) context.opened(under);
    }
    this.#reset();
  }

  cancel() {
    if (this.#lifted) {
      this.context.shifted(0, 0);
      this.context.committed.release(this.#moving.map(({ id }) => id));
    }
    this.#reset();
  }

  #reset() {
    this.#from = this.#to = null;
    this.#moving = [];
    this.#lifted = false;
    this.context.close();
  }

  get #still() {
    const { context } = this;
    return !this.#from || !this.#to || context.apart(this.#from, this.#to) < context.reach(STILL_PX);
  }

  /** @returns {Annotation[]} */
  #annotations() {
    return this.context.selected().flatMap((id) => this.context.marks.get(id)?.annotation ?? []);
  }

  /** @param {Point} at */
  #inFrame(at) {
    const box = this.context.frame();
    const margin = this.context.reach(FINGER_PX);
    return box !== null && inside(at, box, margin, margin / this.context.aspect);
  }

  /** @param {Point} at @returns {Annotation|null} the newest mark under a finger, preferring the person's own */
  #topmost(at) {
    const { context } = this;
    const under = context.touched(at, at, FINGER_PX);
    return under.findLast((annotation) => context.isMine(annotation)) ?? under.at(-1) ?? null;
  }

  /** @param {Box} box @returns {string[]} own marks whose centre is in the box */
  #within(box) {
    return this.context.marks.touching([box]).flatMap(({ id, annotation }) => {
      const [x0, y0, x1, y1] = extents(annotation.geometry);
      const middle = /** @type {const} */ ([(x0 + x1) / 2, (y0 + y1) / 2, 0]);
      return this.context.isMine(annotation) && inside([...middle], box, 0, 0) ? [id] : [];
    });
  }

  /** Draws the moved marks once on a separate canvas; moves then shift that canvas. */
  #lift() {
    if (this.#lifted) return;
    this.#lifted = true;
    const { context } = this;
    context.committed.hold(this.#moving.map(({ id }) => id), "hidden");
    this.#paintLifted();
  }

  relaid() {
    if (!this.#lifted) return;
    this.#paintLifted();
    this.context.tail.shift(...this.#pageShift());
  }

  #paintLifted() {
    for (const annotation of this.#moving) this.context.paintLifted(annotation);
  }

  /** @returns {[number, number]} fractions of the page */
  #shift() {
    const [from, to] = [this.#from, this.#to];
    if (!from || !to) return [0, 0];
    return shiftWithinPage(this.#moving.map(({ geometry }) => extents(geometry)), to[0] - from[0], to[1] - from[1]);
  }

  /** @returns {[number, number]} pixels of the page element at zoom 1 */
  #pageShift() {
    const [dx, dy] = this.#shift();
    return this.context.onPageElement(dx, dy);
  }
}

/** @param {Point} at @param {Box} box @param {number} across @param {number} down margins */
const inside = ([x, y], [x0, y0, x1, y1], across, down) =>
  x >= x0 - across && x <= x1 + across && y >= y0 - down && y <= y1 + down;

/** @type {import("./types.js").Tool<any>} */
export const selectTool = {
  name: "select",
  icon: "lasso-select",
  slot: "select",
  collapse: 7,
  key: "v",
  settings: NOTHING,
  session: (context) => new SelectSession(context),
};
