/**
 * A canvas over a region of the page. It is a child of the page element and moves with it. Its drawing
 * unit is the outline unit: the page is OUTLINE_PAGE units wide.
 */
import { OUTLINE_PAGE } from "../model/stroke_outline.js";

/** @typedef {import("./region.js").Region} Region */
/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {{w:number, h:number}} Size */

/** Width of antialiased edges around a shape, in device pixels. */
export const EDGE = 2;

export class CanvasLayer {
  /** @type {Region|null} */ region = null;
  #across = 1;
  #down = 1;

  /**
   * Not `desynchronized`: measurements show two thirds more main thread time per frame of a stroke, and partially
   * drawn frames, because the end of a stroke is cleared and redrawn all the time.
   * @param {string} name CSS class
   */
  constructor(name) {
    this.element = document.createElement("canvas");
    this.element.className = name;
    this.element.setAttribute("aria-hidden", "true");
    this.element.width = this.element.height = 0;
    this.context = /** @type {CanvasRenderingContext2D} */ (this.element.getContext("2d"));
  }

  /**
   * Moves the canvas to a region and clears it.
   * @param {Region} region @param {Size} base the page at zoom 1 @param {number} aspect of the page
   */
  lay(region, base, aspect) {
    this.region = region;
    const { left, top, scale, pixelsWide, pixelsHigh } = region;
    this.#across = (base.w * scale) / OUTLINE_PAGE;
    this.#down = (base.h * scale) / (OUTLINE_PAGE * aspect);
    const { element } = this;
    element.width = pixelsWide;
    element.height = pixelsHigh;
    element.style.width = `${pixelsWide}px`;
    element.style.height = `${pixelsHigh}px`;
    // Device pixels, scaled down by the zoom of the page element: one canvas pixel is one device pixel.
    element.style.transform = `translate(${left}px, ${top}px) scale(${1 / scale})`;
    this.#shifted = false;
    this.#measureInUnits();
  }

  #measureInUnits() {
    const { left, top, scale } = /** @type {Region} */ (this.region);
    this.context.setTransform(this.#across, 0, 0, this.#down, -left * scale, -top * scale);
  }

  /** Whether the canvas is displayed away from its position. */
  #shifted = false;

  /** Displays the canvas at an offset, without redrawing. @param {number} dx @param {number} dy pixels of the page element at zoom 1 */
  shift(dx, dy) {
    if (!this.region || (!dx && !dy && !this.#shifted)) return;
    this.#shifted = dx !== 0 || dy !== 0;
    const { left, top, scale } = this.region;
    this.element.style.transform = `translate(${left + dx}px, ${top + dy}px) scale(${1 / scale})`;
  }

  /** Frees the pixels of the canvas, because tablets have little memory. */
  drop() {
    this.region = null;
    this.element.width = this.element.height = 0;
  }

  clear() {
    this.#clear(0, 0, this.element.width, this.element.height);
  }

  /**
   * @param {Box} box outline units @returns {[number, number, number, number]|null} x, y, width and height in whole
   *   canvas pixels, including antialiased edges; null: outside of the canvas
   */
  pixelsOf([x0, y0, x1, y1]) {
    const { left, top, scale, pixelsWide, pixelsHigh } = /** @type {Region} */ (this.region);
    const a = Math.max(0, Math.floor(x0 * this.#across - left * scale) - EDGE);
    const b = Math.max(0, Math.floor(y0 * this.#down - top * scale) - EDGE);
    const c = Math.min(pixelsWide, Math.ceil(x1 * this.#across - left * scale) + EDGE);
    const d = Math.min(pixelsHigh, Math.ceil(y1 * this.#down - top * scale) + EDGE);
    return c > a && d > b ? [a, b, c - a, d - b] : null;
  }

  /** @param {Box} box outline units */
  clearBox(box) {
    const pixels = this.pixelsOf(box);
    if (pixels) this.#clear(...pixels);
  }

  /** @param {number} x @param {number} y @param {number} wide @param {number} high canvas pixels */
  #clear(x, y, wide, high) {
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(x, y, wide, high);
    this.#measureInUnits();
  }

  /**
   * Clears boxes and draws within them only.
   * @param {Box[]} boxes outline units @param {(context: CanvasRenderingContext2D) => void} draw
   */
  within(boxes, draw) {
    const { context } = this;
    context.save();
    context.beginPath();
    for (const box of boxes) {
      const pixels = this.pixelsOf(box);
      if (!pixels) continue;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(...pixels);
      context.rect(...pixels);
      this.#measureInUnits();
    }
    context.clip();
    draw(context);
    context.restore();
  }
}
