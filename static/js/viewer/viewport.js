/**
 * The viewport and the transform of its page: fit, zoom and position. The fit is stored for this person and the
 * orientation of the device. The geometry is in viewport_math.js.
 */
import { Gestures } from "./gestures.js";
import { Pointers } from "./pointers.js";
import * as math from "./viewport_math.js";

/** @typedef {import("./viewport_math.js").Size} Size */
/** @typedef {import("./viewport_math.js").Fit} Fit */
/** @typedef {{get(key:string):string|null, set(key:string, value:string):void}} WebStorage */

const STEP = 1.25;
/** Zoom of a double tap when both fits coincide. */
const ENLARGED = 2;
export const LARGEST_PIXEL_RATIO = 3;

export class Viewport {
  /** @type {Size} */ #page = { w: 595, h: 842 };
  /** @type {Size} */ #viewportSize = { w: 1, h: 1 };
  /** @type {Size} */ #base = { w: 1, h: 1 };
  /** @type {import("./viewport_math.js").View} */ #view = { zoom: 1, x: 0, y: 0 };
  /** @type {Fit} */ fit = "width";
  /** Offset of the page during a swipe, CSS pixels. @type {{x:number, y:number}} */ #shift = { x: 0, y: 0 };
  /** The push that is turning the page now. @type {import("./viewport_math.js").Push|null} */ #push = null;
  /** The zoom in the CSS variable --zoom, for elements that keep their size on the screen. */
  #painted = 0;

  /**
   * @param {{pageElement: HTMLElement, memory: WebStorage, turn: (step: 1|-1) => void, moves: () => void, rested: () => void,
   *   drawing: () => import("./pointers.js").Drawing|null, tapped: (at: import("./gestures.js").Point) => void}} options
   *   `moves`: called while a gesture moves the page; `rested`: called after it, when sharper images may be loaded; `drawing`: the
   *   receiver of strokes
   */
  constructor({ pageElement, memory, turn, moves, rested, drawing, tapped }) {
    this.pageElement = pageElement;
    this.memory = memory;
    this.turn = turn;
    this.moves = moves;
    this.rested = rested;
    this.element = document.createElement("div");
    this.element.className = "viewport";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "group");
    this.rail = document.createElement("i");
    this.rail.className = "viewport-rail";
    this.element.append(pageElement, this.rail);
    this.pointers = new Pointers(this.element, this.#listen(tapped), drawing);
    new ResizeObserver(() => this.#resized()).observe(this.element);
  }

  /** @returns {number} width of the page on the screen, CSS pixels */
  get pageWidth() {
    return this.#base.w * this.#view.zoom;
  }

  /** @returns {number} width of the page at zoom 1, CSS pixels */
  get fittedWidth() {
    return this.#base.w;
  }

  /** @returns {boolean} whether the viewport has a size yet */
  get measured() {
    return this.#viewportSize.w > 1;
  }

  get zoom() {
    return this.#view.zoom;
  }

  /** @returns {boolean} whether the page is zoomed beyond its fit */
  get zoomed() {
    return this.#view.zoom > math.NOT_ZOOMED;
  }

  /** @returns {boolean} whether both fits give about the same size */
  get fitsCoincide() {
    return math.fitsCoincide(this.#page, this.#viewportSize);
  }

  /** @returns {boolean} whether the page would be larger in the other orientation */
  get isLargerTurned() {
    return this.measured && math.isLargerTurned(this.#page, this.#view, this.#base, this.#viewportSize);
  }

  /** @returns {import("../ink/canvas/region.js").Transform} position and zoom of the page in the viewport */
  get transform() {
    const { zoom, x, y } = this.#view;
    const view = zoom === 1 ? { zoom, x: Math.round(x), y: Math.round(y) } : this.#view;
    return { view, base: this.#base, viewportSize: this.#viewportSize, ratio: Math.min(LARGEST_PIXEL_RATIO, window.devicePixelRatio || 1) };
  }

  /** @param {Size} page points. Shows a new page from its top; after a push, from the edge where reading continues. */
  turnTo(page) {
    this.#page = page;
    this.#measure();
    this.#set(math.landed(this.#view, this.#base, this.#viewportSize, this.#push));
  }

  /** @param {Fit} fit */
  setFit(fit) {
    this.fit = fit;
    this.memory.set(this.#memoryKey(), fit);
    this.#measure();
    this.#set(math.atRest(this.#base, this.#viewportSize));
    this.rested();
  }

  /**
   * Resets a zoomed page to its fit; else switches to the other fit or, if both coincide, zooms about a point.
   * @param {import("./gestures.js").Point} [at]
   */
  toggleFit(at) {
    if (this.zoomed) this.setFit(this.fit);
    else if (this.fitsCoincide) this.#zoomTo(ENLARGED, at);
    else this.setFit(this.fit === "width" ? "page" : "width");
  }

  /** @param {1|-1} step */
  zoomStep(step) {
    this.#zoomTo(this.#view.zoom * (step > 0 ? STEP : 1 / STEP));
  }

  /** @param {number} zoom @param {import("./gestures.js").Point} [about] */
  #zoomTo(zoom, about = { x: this.#viewportSize.w / 2, y: this.#viewportSize.h / 3 }) {
    this.#set(math.zoomedAt(this.#view, zoom, about, this.#base, this.#viewportSize));
    this.rested();
  }

  /** @param {number} share of the viewport's height, positive downwards */
  scroll(share) {
    this.#pan(0, -share * this.#viewportSize.h);
    this.rested();
  }

  /**
   * @param {(at: import("./gestures.js").Point) => void} tapped
   * @returns {Gestures}
   */
  #listen(tapped) {
    return new Gestures(this.element, {
      pan: (dx, dy) => {
        this.moves();
        this.#pan(dx, dy);
      },
      zoom: (factor, about) => {
        this.moves();
        this.#set(math.zoomedAt(this.#view, this.#view.zoom * factor, about, this.#base, this.#viewportSize));
      },
      rest: () => this.rested(),
      sideways: () => math.movesSideways(this.#view, this.#base, this.#viewportSize),
      turns: (axis, step) => this.#turns(axis, step),
      drag: (axis, distance) => this.#drag(axis, distance),
      swipe: this.turn,
      push: (push) => this.#pushOn(push),
      tap: tapped,
      doubleTap: (at) => this.toggleFit(at),
      pause: tapped,
    });
  }

  /** @param {number} dx @param {number} dy */
  #pan(dx, dy) {
    this.#set(math.panned(this.#view, dx, dy, this.#base, this.#viewportSize));
  }

  /** @param {"x"|"y"} axis @param {1|-1} step @returns {"swipe"|"push"|null} the effect of a finger movement in this direction */
  #turns(axis, step) {
    if (axis === "x" && !math.movesSideways(this.#view, this.#base, this.#viewportSize)) return "swipe";
    return math.isAtEnd(this.#view, this.#base, this.#viewportSize, { axis, step }) ? "push" : null;
  }

  /** @param {"x"|"y"} axis @param {number} distance of a swipe in progress; the page follows by a part of it as feedback */
  #drag(axis, distance) {
    this.#shift = { x: 0, y: 0, [axis]: distance * 0.35 };
    this.pageElement.classList.toggle("held", distance !== 0);
    this.#paint();
  }

  /** @param {import("./viewport_math.js").Push} push Turns the page; `turn` calls turnTo synchronously, which uses the push. */
  #pushOn(push) {
    this.#push = push;
    this.turn(push.step);
    this.#push = null;
  }

  #memoryKey() {
    return this.#viewportSize.w > this.#viewportSize.h ? "fit:landscape" : "fit:portrait";
  }

  #measure() {
    this.#base = math.fitted(this.fit, this.#page, this.#viewportSize);
    this.pageElement.style.width = `${this.#base.w}px`;
    this.pageElement.style.height = `${this.#base.h}px`;
  }

  #resized() {
    const [before, oldViewport] = [this.#base, this.#viewportSize];
    this.#viewportSize = { w: this.element.clientWidth, h: this.element.clientHeight };
    if (this.#viewportSize.w < 2 || this.#viewportSize.h < 2) return;
    this.pointers.moved();
    const kept = this.memory.get(this.#memoryKey());
    this.fit = kept === "page" ? "page" : "width";
    this.#measure();
    const first = oldViewport.w < 2;
    this.#set(
      first
        ? math.atRest(this.#base, this.#viewportSize)
        : math.refitted(this.#view, before, this.#base, oldViewport, this.#viewportSize),
    );
    this.rested();
  }

  /** @param {import("./viewport_math.js").View} view */
  #set(view) {
    this.#view = view;
    this.#paint();
  }

  #paint() {
    const zoom = this.#view.zoom;
    const [x, y] = [this.#view.x + this.#shift.x, this.#view.y + this.#shift.y];
    // Whole pixels at zoom 1 keep the text sharp.
    const [left, top] = zoom === 1 ? [Math.round(x), Math.round(y)] : [x, y];
    this.pageElement.style.transform = `translate(${left}px, ${top}px) scale(${zoom})`;
    if (zoom !== this.#painted) this.pageElement.style.setProperty("--zoom", String(zoom));
    this.#painted = zoom;
    const height = this.#base.h * zoom;
    const hidden = height <= this.#viewportSize.h;
    this.rail.hidden = hidden;
    if (hidden) return;
    const long = Math.max(40, (this.#viewportSize.h / height) * this.#viewportSize.h);
    const along = -y / (height - this.#viewportSize.h);
    this.rail.style.height = `${long}px`;
    this.rail.style.transform = `translateY(${Math.min(1, Math.max(0, along)) * (this.#viewportSize.h - long)}px)`;
  }
}
