/**
 * The interface of the page for tools: its place and words, the canvases to draw on, and the creation of marks.
 *
 * @typedef {import("../../lib/schemas.js").AnnotationView} Annotation
 * @typedef {import("../model/operations.js").Draft} Draft
 * @typedef {import("../../lib/schemas.js").Shape} Shape
 * @typedef {import("../../lib/schemas.js").Style} Style
 * @typedef {import("../model/grid.js").Spot} Spot
 * @typedef {import("../model/grid.js").Point} Point
 * @typedef {import("../model/grid.js").Box} Box
 * @typedef {import("../model/page_text.js").Word} Word
 */
import { inUnits } from "../tools/canvas_paths.js";
import { hitBySegment } from "../canvas/hit_test.js";
import { paintingOf } from "../canvas/renderers.js";
import { regionFor } from "../canvas/region.js";
import { boxBetween, clamped, grown } from "../model/shapes.js";
import { CanvasLayer } from "../canvas/canvas_layer.js";
import { markTypeOf } from "../tools/index.js";
import { anchorOf } from "../model/page_text.js";

/** @typedef {import("../canvas/region.js").Transform} Transform */
/** @typedef {import("../sync/interfaces.js").Ink} Ink */
/** @typedef {import("../sync/interfaces.js").Hooks} Hooks */
/** @typedef {import("../sync/interfaces.js").Place} Place */

/** Opacity of a multiplied mark while it is moved. */
const MOVED_OPACITY = 0.6;

export class ToolContext {
  /** @type {Place|null} */ place = null;
  aspect = Math.SQRT2;
  /** Words of the page; null until they are loaded. @type {Word[]|null} */ words = null;
  /** @type {Transform|null} */ #transform = null;
  /** @type {Box|null} */ #previewed = null;
  #clearing = 0;

  /**
   * @param {{element: HTMLElement, ink: Ink, hooks: Hooks, committed: import("../canvas/committed_ink.js").CommittedInk,
   *   marks: () => import("../canvas/page_marks.js").PageMarks, selected: () => string[], frame: () => Box|null,
   *   select: (ids: string[]) => void, shifted: (dx: number, dy: number) => void, opened: (annotation: Annotation) => void,
   *   placed: (shape: Shape) => void}} parts
   *   frame: bounding box of the selection; shifted: shows the selection moved by fractions of the page; opened: opens
   *   a mark; placed: asks for the text of a new text box or note
   */
  constructor({ element, ink, hooks, committed, marks, selected, frame, select, shifted, opened, placed }) {
    this.element = element;
    this.ink = ink;
    this.hooks = hooks;
    this.committed = committed;
    this.#marks = marks;
    this.selected = selected;
    this.frame = frame;
    this.select = select;
    this.shifted = shifted;
    this.opened = opened;
    this.#placed = placed;
    this.tail = new CanvasLayer("ink-sheet ink-tail");
    this.#body = new CanvasLayer("ink-sheet ink-body");
  }

  #marks;
  #placed;
  #body;

  /** @returns {import("../canvas/page_marks.js").PageMarks} */
  get marks() {
    return this.#marks();
  }

  /** @param {Transform} transform of the page after it stopped moving @param {boolean} ready whether to prepare a canvas for a tool */
  rest(transform, ready) {
    this.#transform = transform;
    this.#previewed = null;
    this.#body.drop();
    if (ready) this.#lay(this.tail);
    else this.tail.drop();
  }

  /** @param {CanvasLayer} layer */
  #lay(layer) {
    const transform = /** @type {Transform} */ (this.#transform);
    if (!layer.element.isConnected) this.element.append(layer.element);
    layer.lay(regionFor(transform, { margin: false }), transform.base, this.aspect);
  }

  /** Whether there is a canvas to draw on. */
  get ready() {
    return this.tail.region !== null;
  }

  /**
   * Returns the empty canvas for the mark in progress.
   * @param {number|null} multiplied opacity of the canvas, blended with the page by multiply; null: drawn over the page
   * @returns {CanvasLayer}
   */
  open(multiplied) {
    this.#settle();
    if (!this.tail.region) this.#lay(this.tail);
    this.tail.element.classList.toggle("multiplied", multiplied !== null);
    this.tail.element.style.opacity = multiplied === null ? "" : String(multiplied);
    return this.tail;
  }

  /** @returns {CanvasLayer} the canvas for the finished part of a long stroke, below the canvas of its end */
  body() {
    if (!this.#body.region) {
      this.#lay(this.#body);
      this.tail.element.before(this.#body.element);
    }
    return this.#body;
  }

  /** Clears the canvases in the next frame: the committed mark may be painted one frame later than this call. */
  close() {
    this.#clearing ||= requestAnimationFrame(() => this.#settle());
  }

  #settle() {
    cancelAnimationFrame(this.#clearing);
    this.#clearing = 0;
    this.#previewed = null;
    if (this.tail.region) {
      this.tail.clear();
      this.tail.shift(0, 0);
    }
    this.#body.drop();
  }

  /** @param {(Shape & {style: Style, text?: string|null})|null} shape shown in place of the previous one; null: nothing */
  preview(shape) {
    if (this.#previewed) this.tail.clearBox(this.#previewed);
    this.#previewed = null;
    if (!shape) return;
    const painting = paintingOf({ text: null, ...shape }, this.aspect);
    this.#previewed = inUnits(painting.box, this.aspect);
    this.tail.context.globalAlpha = 1;
    painting.paint?.(this.tail.context);
  }

  /** @param {Annotation} annotation to draw on the canvas that moves with the pointer */
  paintLifted(annotation) {
    const painting = paintingOf(annotation, this.aspect);
    this.tail.context.globalAlpha = painting.under ? MOVED_OPACITY : 1;
    painting.paint?.(this.tail.context);
  }

  /**
   * @param {Point} a @param {Point} b @param {number} pixels radius on the screen @param {(annotation: Annotation) => boolean} [wanted]
   * @returns {Annotation[]} marks that a move from a to b touches, in order of creation
   */
  touched(a, b, pixels, wanted = () => true) {
    const radius = this.reach(pixels);
    const box = grown(boxBetween(a, b), radius, this.aspect);
    return this.marks.touching([box]).map(({ annotation }) => annotation)
      .filter((annotation) => wanted(annotation) && hitBySegment(annotation, a, b, radius, this.aspect));
  }

  /** @param {Annotation} annotation @returns {import("../tools/index.js").MarkType} */
  markOf(annotation) {
    return markTypeOf(annotation);
  }

  /** @param {number} pixels CSS pixels of the screen @returns {number} page widths */
  reach(pixels) {
    const { view, base } = /** @type {Transform} */ (this.#transform);
    return pixels / (view.zoom * base.w);
  }

  /** @param {number} dx @param {number} dy fractions of the page @returns {[number, number]} pixels of the page element at zoom 1 */
  onPageElement(dx, dy) {
    const { base } = /** @type {Transform} */ (this.#transform);
    return [dx * base.w, dy * base.h];
  }

  /** @param {Point|Spot} a @param {Point|Spot} b @returns {number} distance, in page widths */
  apart([ax, ay], [bx, by]) {
    return Math.hypot(bx - ax, (by - ay) * this.aspect);
  }

  /** @param {(Shape & {id?: string, style: Style, text?: string|null})[]} shapes to create on this page */
  addShapes(shapes) {
    const place = /** @type {Place} */ (this.place);
    const { audience, user_id } = this.ink.audience();
    const drafts = shapes.map((shape) => /** @type {Draft} */ ({
      id: this.ink.newId(), text: null, ...shape, geometry: clamped(shape.geometry), ...place, audience, user_id,
      anchor: this.words ? anchorOf(shape.kind, shape.geometry, this.words, this.aspect) : null,
    }));
    this.ink.addDrafts(drafts);
  }

  /** @param {Shape} shape of a mark that is created once its text is entered */
  askForText(shape) {
    this.#placed(/** @type {Shape} */ ({ ...shape, geometry: clamped(shape.geometry) }));
  }

  /** @param {Annotation} annotation */
  isMine(annotation) {
    return annotation.author === this.ink.me;
  }
}
