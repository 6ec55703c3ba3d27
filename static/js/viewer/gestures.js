/**
 * Recognizes gestures of the wheel and of the pointers that move the page: pan, zoom, swipe, tap, double tap.
 * pointers.js selects these pointers. Positions are in CSS pixels of the viewport.
 *
 * @typedef {{x:number, y:number}} Point
 * @typedef {{
 *   pan: (dx: number, dy: number) => void,
 *   zoom: (factor: number, about: Point) => void,
 *   rest: () => void,
 *   sideways: () => boolean,
 *   turns: (axis: "x"|"y", step: 1|-1) => "swipe"|"push"|null,
 *   drag: (axis: "x"|"y", distance: number) => void,
 *   swipe: (step: 1|-1) => void,
 *   push: (push: {axis: "x"|"y", step: 1|-1}) => void,
 *   tap: (at: Point) => void,
 *   doubleTap: (at: Point) => void,
 *   pause: (at: Point) => void,
 * }} Meaning `sideways`: whether a finger moves the page horizontally; `turns`: the effect of a movement in this
 *   direction: a swipe, if the page cannot move horizontally; a push, at the end of a page that can move; null: neither;
 *   `drag`: called during both
 * @typedef {{id:number, type:string, at:Point, time:number}} Touch current state of one pointer
 */

const TAP_MS = 300;
const TAP_PX = 12;
const HOLD_MS = 500;
const DOUBLE_PX = 40;
const SWIPE_PX = 56;
/** Longer than a swipe, because scrolling also reaches the end of the page. */
const PUSH_PX = 96;
const COAST_LEAST = 0.08;
const COAST_KEEP = 0.94;
const FRAME_MS = 16;
const LINE_PX = 24;

/** @param {HTMLElement} element @param {MouseEvent} event @returns {Point} */
export function pointOn(element, event) {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

export class Gestures {
  /** @type {Map<number, Point>} */ #down = new Map();
  /** @type {{at: Point, time: number}|null} */ #started = null;
  /** @type {{at: Point, time: number}|null} */ #lastTap = null;
  #moved = false;
  #pinched = false;
  /** @type {"x"|"y"|null} */ #axis = null;
  /** Effect of this movement when it is long enough. @type {"swipe"|"push"|null} */ #turns = null;
  /** Direction of a push: 1 to the next page. @type {1|-1} */ #towards = 1;
  /** @type {{vx:number, vy:number, time:number}} */ #speed = { vx: 0, vy: 0, time: 0 };
  #coasting = 0;
  /** Whether this touch stopped a coasting page, which then needs a call of `rest`. */
  #stopped = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #wheelRest;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #holding;

  /** @param {HTMLElement} element @param {Meaning} meaning */
  constructor(element, meaning) {
    this.element = element;
    this.meaning = meaning;
    element.addEventListener("wheel", (event) => this.#onWheel(event), { passive: false });
  }

  /** Stops a coasting page. */
  stop() {
    if (!this.#coasting) return;
    cancelAnimationFrame(this.#coasting);
    this.#coasting = 0;
    this.meaning.rest();
  }

  /** @param {Touch} touch */
  down({ id, type, at, time }) {
    clearTimeout(this.#holding);
    cancelAnimationFrame(this.#coasting);
    this.#stopped ||= this.#coasting !== 0;
    this.#coasting = 0;
    this.#down.set(id, at);
    if (this.#down.size === 1) {
      this.#started = { at, time };
      this.#moved = false;
      this.#pinched = false;
      this.#axis = null;
      this.#turns = null;
      this.#speed = { vx: 0, vy: 0, time };
      if (type === "touch") this.#holding = setTimeout(() => this.#held(at), HOLD_MS);
    } else {
      this.#pinched = true;
      this.meaning.drag("x", 0);
    }
  }

  /** @param {Point} at long press of one finger */
  #held(at) {
    if (this.#down.size === 1 && !this.#moved && !this.#pinched) this.meaning.pause(at);
  }

  /** @param {Touch} touch */
  move({ id, at, time }) {
    const before = this.#down.get(id);
    if (!before || !this.#started) return;
    if (this.#down.size >= 2) this.#pinch(id, before, at);
    else if (!this.#pinched) this.#slide(before, at, time);
    this.#down.set(id, at);
  }

  /** @param {number} id @param {Point} before @param {Point} at */
  #pinch(id, before, at) {
    const other = [...this.#down].find(([one]) => one !== id)?.[1];
    if (!other) return;
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(at.x - other.x, at.y - other.y);
    const about = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    if (was > 0 && is > 0) this.meaning.zoom(is / was, about);
    this.meaning.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
  }

  /** @param {Point} before @param {Point} at @param {number} time */
  #slide(before, at, time) {
    const start = /** @type {{at:Point}} */ (this.#started).at;
    const [dx, dy] = [at.x - start.x, at.y - start.y];
    if (!this.#moved && Math.hypot(dx, dy) < TAP_PX) return;
    this.#moved = true;
    if (!this.#axis) this.#aim(dx, dy);
    const past = Math.max(1, time - this.#speed.time);
    this.#speed = { vx: (at.x - before.x) / past, vy: (at.y - before.y) / past, time };
    this.#endPushOnReturn(dx, dy);
    if (this.#turns) this.meaning.drag(this.#axis ?? "x", this.#axis === "x" ? dx : dy);
    else if (this.meaning.sideways()) this.meaning.pan(at.x - before.x, at.y - before.y);
    else this.meaning.pan(0, at.y - before.y);
  }

  /** @param {number} dx @param {number} dy Sets axis and effect when a movement begins. */
  #aim(dx, dy) {
    this.#axis = Math.abs(dx) > Math.abs(dy) * 1.3 ? "x" : "y";
    this.#towards = (this.#axis === "x" ? dx : dy) < 0 ? 1 : -1;
    this.#turns = this.meaning.turns(this.#axis, this.#towards);
  }

  /** @param {number} dx @param {number} dy Ends a push whose finger moved back; the movement then pans the page. */
  #endPushOnReturn(dx, dy) {
    if (this.#turns !== "push" || (this.#axis === "x" ? dx : dy) * this.#towards < 0) return;
    this.#turns = null;
    this.meaning.drag("x", 0);
  }

  /** @param {Touch} touch @param {boolean} meant false: the system cancelled the pointer, or it was a palm */
  up(touch, meant) {
    const at = this.#down.get(touch.id);
    if (!at) return;
    this.#down.delete(touch.id);
    clearTimeout(this.#holding);
    if (this.#down.size > 0) return;
    const started = this.#started;
    this.#started = null;
    if (!started) return;
    if (this.#pinched) this.meaning.rest();
    else if (this.#moved) this.#endSlide(at, started.at, touch, meant);
    else if (meant) this.#tapped(at, started.time, touch.time);
    if (this.#stopped && !this.#coasting) this.meaning.rest();
    this.#stopped = false;
  }

  /** @param {Point} at @param {Point} start @param {Touch} touch end of a movement @param {boolean} meant */
  #endSlide(at, start, { type, time }, meant) {
    if (this.#turns && this.#axis) {
      const distance = this.#axis === "x" ? at.x - start.x : at.y - start.y;
      const step = distance < 0 ? 1 : -1;
      this.meaning.drag(this.#axis, 0);
      if (meant && this.#turns === "swipe" && Math.abs(distance) >= SWIPE_PX) this.meaning.swipe(step);
      if (meant && this.#turns === "push" && Math.abs(distance) >= PUSH_PX) this.meaning.push({ axis: this.#axis, step });
      return;
    }
    const still = time - this.#speed.time > 60;
    if (type === "mouse" || still || !meant) this.meaning.rest();
    else this.#coast(this.meaning.sideways() ? this.#speed.vx : 0, this.#speed.vy);
  }

  /** @param {Point} at @param {number} since @param {number} time */
  #tapped(at, since, time) {
    const last = this.#lastTap;
    this.#lastTap = null;
    if (time - since > TAP_MS) return;
    const near = last && Math.hypot(at.x - last.at.x, at.y - last.at.y) < DOUBLE_PX;
    if (last && near && time - last.time < TAP_MS) {
      this.meaning.doubleTap(at);
    } else {
      this.#lastTap = { at, time };
      this.meaning.tap(at);
    }
  }

  /** @param {number} vx @param {number} vy CSS pixels per millisecond */
  #coast(vx, vy) {
    this.#coasting = 0;
    if (Math.hypot(vx, vy) < COAST_LEAST) {
      this.meaning.rest();
      return;
    }
    this.meaning.pan(vx * FRAME_MS, vy * FRAME_MS);
    this.#coasting = requestAnimationFrame(() => this.#coast(vx * COAST_KEEP, vy * COAST_KEEP));
  }

  /** @param {WheelEvent} event */
  #onWheel(event) {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) this.meaning.zoom(Math.exp(-dy / 300), pointOn(this.element, event));
    else if (event.shiftKey && !dx) this.meaning.pan(-dy, 0);
    else this.meaning.pan(-dx, -dy);
    clearTimeout(this.#wheelRest);
    this.#wheelRest = setTimeout(() => this.meaning.rest(), 160);
  }
}
