/**
 * The ink layer of the page in the viewport: renders its marks and passes input to the chosen tool. It is a child of
 * the page element, next to the page image, and moves with it. `Ink` stores the marks.
 */
import { CommittedInk } from "../canvas/committed_ink.js";
import { hit } from "../canvas/hit_test.js";
import { NoteMarkers } from "../canvas/note_markers.js";
import { RemoteInk } from "../canvas/remote_ink.js";
import { PageMarks } from "../canvas/page_marks.js";
import { inViewport, onPage } from "../canvas/region.js";
import { Selection } from "./selection.js";
import { extents, moved, shiftWithinPage } from "../model/shapes.js";
import { ToolContext } from "./tool_context.js";
import { ToolController } from "./tool_controller.js";
import { eraserTool } from "../tools/eraser.js";
import { bounds, markTypeOf, toolNamed, toolOf } from "../tools/index.js";
import { penTool } from "../tools/pen.js";
import { selectTool } from "../tools/select.js";

/** @typedef {import("../sync/interfaces.js").Ink} Ink */
/** @typedef {import("../sync/interfaces.js").Hooks} Hooks */
/** @typedef {import("../sync/interfaces.js").Annotation} Annotation */
/** @typedef {import("../sync/interfaces.js").Shape} Shape */
/** @typedef {import("../sync/interfaces.js").Style} Style */
/** @typedef {import("../sync/interfaces.js").Place} Place */
/** @typedef {import("../sync/interfaces.js").Rect} Rect */
/** @typedef {import("../sync/interfaces.js").ToolName} ToolName */

/** @type {Hooks} */
const QUIET = {
  toolChanged: () => {}, selected: () => {}, opened: () => {}, hovered: () => {}, placed: () => {}, say: () => {},
};
const FINGER_PX = 10;

export class InkLayer {
  /** @type {ToolName|null} */ tool = null;
  /** The tool that a pen uses while no tool is chosen. @type {ToolName} */ penTool = penTool.name;
  /** @type {Hooks} */ hooks = { ...QUIET };
  /** @type {Place|null} */ #place = null;
  #marks = new PageMarks(Math.SQRT2);
  /** @type {Annotation|null} */ #hovered = null;

  /** @param {Ink} ink @param {HTMLElement} pageElement @param {() => import("../../viewer/viewport.js").Viewport} viewport */
  constructor(ink, pageElement, viewport) {
    this.ink = ink;
    this.#viewport = viewport;
    const [committed, others, wet, notes] = ["ink-dry", "ink-wet-others", "ink-wet", "ink-notes"].map((name) => {
      const part = document.createElement("div");
      part.className = name;
      return part;
    });
    this.element = document.createElement("div");
    this.element.className = "ink-layer";
    this.element.append(committed, others, wet, notes);
    pageElement.append(this.element);
    this.#committed = new CommittedInk(committed);
    this.#others = new RemoteInk(others);
    this.#notes = new NoteMarkers(notes, (note) => this.#open(note));
    this.#selection = this.#frame();
    this.#context = new ToolContext({
      element: wet, ink, hooks: this.hooks, committed: this.#committed,
      marks: () => this.#marks,
      selected: () => this.#selection.ids,
      frame: () => this.#selection.box,
      select: (ids) => this.#selection.choose(ids),
      shifted: (dx, dy) => {
        this.#selection.shift(...this.#context.onPageElement(dx, dy));
        this.#notes.shift(this.#selection.ids, dx, dy);
      },
      opened: (annotation) => this.#open(annotation),
      placed: (shape) => this.hooks.placed(shape, this.#rectOf({ ...shape, style: ink.styleOf(toolOf(shape.kind)?.name ?? "") })),
    });
    this.#controller = new ToolController({
      context: this.#context,
      selection: this.#selection,
      transform: () => this.#viewport().transform,
      opened: (id) => {
        const mark = this.#marks.get(id);
        if (mark) this.#open(mark.annotation);
      },
      held: (at) => this.#held(at),
    });
    ink.subscribe(() => this.#refresh());
  }

  #viewport;
  #committed;
  #others;
  #notes;
  #selection;
  #context;
  #controller;

  #frame() {
    return new Selection({
      place: this.element,
      find: (id) => this.#marks.get(id)?.annotation ?? null,
      aspect: () => this.#marks.aspect,
      move: (dx, dy) => this.#nudge(dx, dy),
      remove: () => this.ink.remove(this.#selection.ids),
      changed: () => this.#notifySelected(),
    });
  }

  /** @param {Place} place @param {number} aspect @param {boolean} measured whether the viewport has a size yet. Shows another page. */
  show(place, aspect, measured) {
    this.#release();
    this.#selection.choose([]);
    this.#place = this.#context.place = place;
    this.#context.aspect = aspect;
    this.#context.words = null;
    this.#marks = new PageMarks(aspect);
    const annotations = this.#annotations();
    this.#marks.become(annotations);
    this.#notes.show(annotations);
    this.#others.clear();
    this.#committed.clear();
    if (measured) this.#lay();
    this.#fetchWords();
  }

  clear() {
    this.#release();
    this.#selection.choose([]);
    this.#place = this.#context.place = null;
    this.#committed.clear();
    this.#others.clear();
    this.#notes.show([]);
  }

  /** Call after the page stopped moving or the viewport was resized. */
  rested() {
    if (!this.#place) return;
    this.#lay();
    this.#controller.relaid();
    this.#notifySelected();
  }

  #lay() {
    const { transform } = this.#viewport();
    if (this.#committed.shows(this.#marks)) this.#committed.rest(transform);
    else this.#committed.show(this.#marks, transform);
    this.#others.rest(transform, this.#marks.aspect);
    this.#context.rest(transform, this.tool !== null || this.#controller.underWay);
  }

  /** @returns {number} number of marks on the page in the viewport */
  get count() {
    return this.#place ? this.#marks.size : 0;
  }

  /** Whether a stroke is in progress, including a short pause between two strokes. */
  get atWork() {
    return this.#controller.atWork;
  }

  /** @param {ToolName|null} name null: no tool; the page is read only */
  choose(name) {
    if (name && !this.ink.mayWrite()) return;
    this.#release();
    if (name !== selectTool.name) this.#selection.choose([]);
    this.tool = name;
    if (name && toolNamed(name).forPen) this.penTool = name;
    this.element.dataset.tool = name ?? "";
    this.#viewport().element.classList.toggle("writing", name !== null);
    this.#viewport().element.dataset.tool = name ?? "";
    if (this.#place && this.#viewport().measured) this.#context.rest(this.#viewport().transform, name !== null);
    this.#fetchWords();
    if (name) this.#controller.makeReady(name);
    this.hooks.toolChanged(name);
  }

  /** @param {string[]} ids */
  select(ids) {
    this.choose(selectTool.name);
    this.#selection.choose(ids);
    this.#selection.takeKeys();
  }

  /** @returns {string[]} */
  get selected() {
    return this.#selection.ids;
  }

  /** @param {import("../tools/types.js").LiveStroke[]} strokes in progress of other participants on this page */
  showLiveInk(strokes) {
    if (this.#place) this.#others.show(strokes);
  }

  /** @returns {import("../../viewer/pointers.js").Drawing|null} */
  get drawing() {
    return this.#place ? this.#drawing : null;
  }

  /** @type {import("../../viewer/pointers.js").Drawing} */
  #drawing = {
    tool: () => this.tool !== null && this.ink.mayWrite(),
    penDraws: () => this.ink.mayWrite(),
    begin: (sample, begun) => {
      if (!this.tool && !begun.erase) this.choose(this.penTool);
      const name = begun.erase ? eraserTool.name : this.tool;
      if (name) this.#controller.begin(name, sample, begun);
    },
    move: (samples, expected) => this.#controller.move(samples, expected),
    end: () => this.#controller.end(),
    cancel: () => this.#controller.cancel(),
    tapped: (fingers) => this.#tapped(fingers),
    hovers: (at) => this.#hover(at),
  };

  /** Ends a stroke in progress because the page changes; the points so far are kept. */
  #release() {
    if (!this.#controller.underWay) return;
    this.#viewport().pointers.release();
    this.#controller.end();
  }

  /** @param {2|3} fingers */
  #tapped(fingers) {
    if (!this.ink.mayWrite()) return;
    if (fingers === 2) this.ink.undo();
    else this.ink.redo();
  }

  /** @param {import("../../viewer/gestures.js").Point} at a tap of a finger or the mouse while no tool is chosen */
  tapped(at) {
    const annotation = this.#under(at);
    if (annotation) this.#open(annotation);
  }

  /** @param {import("../../viewer/gestures.js").Point} at @returns {boolean} whether it opened a mark, which must not be private */
  #held(at) {
    const annotation = this.#under(at);
    if (!annotation || annotation.audience === "private") return false;
    this.#open(annotation);
    return true;
  }

  /** @param {import("../../viewer/gestures.js").Point} at */
  #hover(at) {
    const annotation = this.#under(at);
    if (annotation === this.#hovered) return;
    this.#hovered = annotation;
    this.hooks.hovered(annotation, annotation && this.#rectOf(annotation));
  }

  /** @param {import("../../viewer/gestures.js").Point} at @returns {Annotation|null} */
  #under(at) {
    if (!this.#place || this.#marks.size === 0) return null;
    const { transform } = this.#viewport();
    const [x, y] = onPage(at, transform);
    const radius = FINGER_PX / (transform.view.zoom * transform.base.w);
    const high = radius / this.#marks.aspect;
    const near = this.#marks.touching([[x - radius, y - high, x + radius, y + high]]);
    return near.findLast(({ annotation }) => hit(annotation, [x, y], radius, this.#marks.aspect))?.annotation ?? null;
  }

  /** @param {Annotation} annotation */
  #open(annotation) {
    this.hooks.opened(annotation, this.#rectOf(annotation));
  }

  /** @param {Shape & {style: Style}} shape @returns {Rect} */
  #rectOf(shape) {
    return this.#onWindow(bounds(shape, this.#marks.aspect));
  }

  /** @param {import("../model/grid.js").Box} box @returns {Rect} */
  #onWindow(box) {
    const viewportSize = this.#viewport().element.getBoundingClientRect();
    const { left, top, width, height } = inViewport(box, this.#viewport().transform);
    return { left: viewportSize.left + left, top: viewportSize.top + top, width, height };
  }

  #notifySelected() {
    const { ids, box } = this.#selection;
    this.hooks.selected(ids, box && this.#onWindow(box));
  }

  /** @param {number} dx @param {number} dy fractions of the page */
  #nudge(dx, dy) {
    const chosen = this.#selection.ids.flatMap((id) => this.#marks.get(id)?.annotation ?? []).filter((one) => !markTypeOf(one).fixed);
    if (!chosen.length) return;
    const by = shiftWithinPage(chosen.map(({ geometry }) => extents(geometry)), dx, dy);
    this.ink.changeAll(chosen.map(({ id, geometry }) => ({ id, patch: { geometry: moved(geometry, ...by) } })));
    this.#notifySelected();
  }

  /** @returns {Annotation[]} */
  #annotations() {
    const place = this.#place;
    return place ? this.ink.marks(place.document_id, place.version, place.page) : [];
  }

  #refresh() {
    if (!this.#place) return;
    const annotations = this.#annotations();
    this.#committed.changed(this.#marks.become(annotations));
    this.#notes.show(annotations);
    this.#selection.refresh();
  }

  #fetchWords() {
    const place = this.#place;
    if (!place || !this.tool || !toolNamed(this.tool).readsWords || this.#context.words) return;
    this.ink.words(place).then(
      (words) => {
        if (this.#place === place) this.#context.words = words;
      },
      (error) => console.warn("the page's words did not come:", error),
    );
  }
}
