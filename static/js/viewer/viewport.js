/**
 * The desk and the page lying on it: fit, zoom and place, remembered for this person and this way
 * of holding the tablet. The arithmetic is in viewport_math.js.
 */
import { Gestures } from "./gestures.js";
import { Pointers } from "./pointers.js";
import * as math from "./viewport_math.js";

/** @typedef {import("./viewport_math.js").Size} Size */
/** @typedef {import("./viewport_math.js").Fit} Fit */
/** @typedef {{get(key:string):string|null, set(key:string, value:string):void}} WebStorage */

const STEP = 1.25;
/** How much a double tap enlarges where both fits are the same. */
const ENLARGED = 2;
export const LARGEST_PIXEL_RATIO = 3;

export class Viewport {
  /** @type {Size} */ #page = { w: 595, h: 842 };
  /** @type {Size} */ #viewportSize = { w: 1, h: 1 };
  /** @type {Size} */ #base = { w: 1, h: 1 };
  /** @type {import("./viewport_math.js").View} */ #view = { zoom: 1, x: 0, y: 0 };
  /** @type {Fit} */ fit = "width";
  /** How far a swipe under way has taken the page. @type {{x:number, y:number}} */ #shift = { x: 0, y: 0 };
  /** The push that turns to the next page now. @type {import("./viewport_math.js").Push|null} */ #push = null;
  /** The zoom that what keeps its size on the glass was told of. */
  #painted = 0;

  /**
   * @param {{pageElement: HTMLElement, memory: WebStorage, turn: (step: 1|-1) => void, moves: () => void, rested: () => void,
   *   drawing: () => import("./pointers.js").Drawing|null, tapped: (at: import("./gestures.js").Point) => void}} options
   *   `moves` is told while a gesture moves the page, `rested` when it ended and the page may be sharpened; `drawing` is who draws on the page
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

  /** @returns {number} how wide the page stands on the glass, CSS pixels */
  get pageWidth() {
    return this.#base.w * this.#view.zoom;
  }

  /** @returns {number} the same at zoom 1 */
  get fittedWidth() {
    return this.#base.w;
  }

  /** @returns {boolean} whether the desk has a size yet */
  get measured() {
    return this.#viewportSize.w > 1;
  }

  get zoom() {
    return this.#view.zoom;
  }

  /** @returns {boolean} whether the page is larger than it was fitted */
  get zoomed() {
    return this.#view.zoom > math.NOT_ZOOMED;
  }

  /** @returns {boolean} whether the other fit would change nothing */
  get fitsCoincide() {
    return math.fitsCoincide(this.#page, this.#viewportSize);
  }

  /** @returns {boolean} whether the page is better read with the tablet turned */
  get isLargerTurned() {
    return this.measured && math.isLargerTurned(this.#page, this.#view, this.#base, this.#viewportSize);
  }

  /** @returns {import("../ink/canvas/region.js").Transform} how the page stands on the desk */
  get transform() {
    const { zoom, x, y } = this.#view;
    const view = zoom === 1 ? { zoom, x: Math.round(x), y: Math.round(y) } : this.#view;
    return { view, base: this.#base, viewportSize: this.#viewportSize, ratio: Math.min(LARGEST_PIXEL_RATIO, window.devicePixelRatio || 1) };
  }

  /** @param {Size} page points; a page that is turned to lands at its top */
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

  /** @param {import("./gestures.js").Point} [at] Back to the fit; else the other fit; else, where that is the same, larger about this place. */
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

  /** @param {number} share of the desk's height, positive downwards */
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

  /** @param {"x"|"y"} axis @param {1|-1} step @returns {"swipe"|"push"|null} what a finger does that moves this way from here */
  #turns(axis, step) {
    if (axis === "x" && !math.movesSideways(this.#view, this.#base, this.#viewportSize)) return "swipe";
    return math.isAtEnd(this.#view, this.#base, this.#viewportSize, { axis, step }) ? "push" : null;
  }

  /** @param {"x"|"y"} axis @param {number} distance of a swipe under way: the page gives way a little, to show that it is held */
  #drag(axis, distance) {
    this.#shift = { x: 0, y: 0, [axis]: distance * 0.35 };
    this.pageElement.classList.toggle("held", distance !== 0);
    this.#paint();
  }

  /** @param {import("./viewport_math.js").Push} push The next page is put here before the turn returns, and lands where one reads on. */
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
    // Whole pixels at rest keep the text as crisp as it was decoded.
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
