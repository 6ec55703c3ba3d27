/**
 * The selected marks and their focusable frame. Arrow keys move the selection, Delete removes it, Escape clears it.
 */
import { count } from "../../lib/words.js";
import { bounds } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/grid.js").Box} Box */

/** Step of an arrow key, in page widths. */
const STEP = 0.004;
const LONG_STEP = 5 * STEP;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Selection {
  /** @type {string[]} */ ids = [];
  /** Bounding box of the selected marks, in fractions of the page. @type {Box|null} */ box = null;
  /** @type {[number, number]} */ #shift = [0, 0];

  /**
   * @param {{place: HTMLElement, find: (id: string) => Annotation|null, aspect: () => number,
   *   move: (dx: number, dy: number) => void, remove: () => void, changed: () => void}} parts
   */
  constructor({ place, find, aspect, move, remove, changed }) {
    this.find = find;
    this.aspect = aspect;
    this.changed = changed;
    this.element = document.createElement("div");
    this.element.className = "ink-frame";
    this.element.tabIndex = 0;
    this.element.hidden = true;
    this.element.setAttribute("role", "group");
    this.element.addEventListener("keydown", (event) => this.#key(event, move, remove));
    place.append(this.element);
  }

  /** @param {string[]} ids */
  choose(ids) {
    if (!ids.length && !this.ids.length) return;
    this.ids = ids;
    this.refresh();
    this.changed();
  }

  /** Focuses the frame. Call after the pointer is up: on a press the browser moves the focus to the pressed element. */
  takeKeys() {
    if (this.ids.length) this.element.focus({ preventScroll: true });
  }

  /** Updates ids and frame after the marks of the page may have changed. */
  refresh() {
    const found = this.ids.flatMap((id) => this.find(id) ?? []);
    const fewer = found.length !== this.ids.length;
    this.ids = found.map(({ id }) => id);
    const boxes = found.map((annotation) => bounds(annotation, this.aspect()));
    this.box = boxes.length ? boxes.reduce(joined) : null;
    this.element.hidden = !this.box;
    if (this.box) {
      const [x0, y0, x1, y1] = this.box;
      const { style } = this.element;
      style.left = `${x0 * 100}%`;
      style.top = `${y0 * 100}%`;
      style.width = `${(x1 - x0) * 100}%`;
      style.height = `${(y1 - y0) * 100}%`;
      this.element.setAttribute("aria-label", count("ink.chosen", found.length));
    }
    if (fewer) this.changed();
  }

  /** @param {number} dx @param {number} dy pixels of the page element at zoom 1 */
  shift(dx, dy) {
    this.#shift = [dx, dy];
    this.element.style.transform = dx || dy ? `translate(${dx}px, ${dy}px)` : "";
  }

  /**
   * @param {KeyboardEvent} event @param {(dx: number, dy: number) => void} move
   * @param {() => void} remove
   */
  #key(event, move, remove) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const step = event.shiftKey ? LONG_STEP : STEP;
    if (arrow) move(arrow[0] * step, (arrow[1] * step) / this.aspect());
    else if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (event.key === "Escape") this.choose([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {Box} a @param {Box} b @returns {Box} */
const joined = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
