/**
 * Renders committed annotations: a page is drawn once, then only where it changes. Two canvases, each
 * created when needed: `under` is multiplied with the page, `over` is drawn on top.
 *
 * A page full of ink is drawn in slices, so that page changes and zooming stay responsive. After a zoom
 * the previous drawing is shown until the sharper one is complete.
 */
import { inUnits } from "../tools/canvas_paths.js";
import { forgetPainting, paintingOf } from "./renderers.js";
import { placesOf } from "./page_marks.js";
import { regionFor, stillDoes } from "./region.js";
import { EDGE, CanvasLayer } from "./canvas_layer.js";
import { lettersFor } from "../tools/text_box.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("./page_marks.js").PageMarks} PageMarks */
/** @typedef {import("./page_marks.js").Mark} Mark */
/** @typedef {import("./region.js").Region} Region */
/** @typedef {import("./region.js").Transform} Transform */
/** @typedef {import("../model/grid.js").Box} Box */

const SLICE_MS = 8;
/** Shorter slices while the person writes. */
const SLICE_WRITING_MS = 3;
const PAUSE_WRITING_MS = 16;
/** If more annotations than this need a redraw, the page is redrawn in slices. */
const MOST_AT_ONCE = 150;
const FADED = 0.22;

/** The canvases of one region. */
class Drawing {
  /** @type {{under: CanvasLayer|null, over: CanvasLayer|null}} */ sheets = { under: null, over: null };

  /** @param {Region} region @param {import("./region.js").Size} base the page at zoom 1 @param {number} aspect */
  constructor(region, base, aspect) {
    this.region = region;
    this.base = base;
    this.aspect = aspect;
  }

  /** @returns {Drawing} an empty drawing of the same region */
  get blank() {
    return new Drawing(this.region, this.base, this.aspect);
  }

  /** @param {boolean} under @param {(layer: CanvasLayer) => void} made @returns {CanvasLayer} */
  layer(under, made) {
    const name = under ? "under" : "over";
    let layer = this.sheets[name];
    if (!layer) {
      layer = this.sheets[name] = new CanvasLayer(`ink-sheet ink-${name}`);
      layer.lay(this.region, this.base, this.aspect);
      if (under) layer.context.globalCompositeOperation = "multiply";
      made(layer);
    }
    return layer;
  }

  /** @returns {CanvasLayer[]} */
  get all() {
    return [this.sheets.under, this.sheets.over].filter((layer) => layer !== null);
  }
}

export class CommittedInk {
  /** @type {PageMarks|null} */ #marks = null;
  /** @type {Transform|null} */ #transform = null;
  /** The drawing shown. @type {Drawing|null} */ #drawing = null;
  /** The drawing in progress. @type {{drawing: Drawing, queue: Mark[], at: number}|null} */ #job = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  /** Annotations that a tool moves or edits. @type {Map<string, "faded"|"hidden">} */ #held = new Map();
  /** @type {WeakSet<import("../../lib/schemas.js").AnnotationView>} */ #fontRequested = new WeakSet();
  /** Whether the person is writing. */
  busy = false;

  /** @param {HTMLElement} place the parent of the canvases, `under` before `over` */
  constructor(place) {
    this.place = place;
  }

  /** @param {PageMarks} marks @param {Transform} transform Shows another page, drawn in slices. */
  show(marks, transform) {
    this.clear();
    this.#marks = marks;
    this.#transform = transform;
    if (marks.size === 0) return;
    this.#drawing = new Drawing(regionFor(transform), transform.base, marks.aspect);
    this.#begin(this.#drawing);
  }

  /** @param {PageMarks} marks @returns {boolean} whether this is the page shown */
  shows(marks) {
    return this.#marks === marks;
  }

  clear() {
    this.#stop();
    this.#drop(this.#drawing);
    this.#drawing = this.#marks = null;
    this.#held.clear();
  }

  /** @param {Transform} transform The transform is stable: redraws at full resolution. */
  rest(transform) {
    this.#transform = transform;
    if (!this.#marks || (!this.#drawing && !this.#job)) return;
    const wanted = regionFor(transform);
    const current = this.#job?.drawing ?? this.#drawing;
    const sameBase = current?.base.w === transform.base.w && current.base.h === transform.base.h;
    if (sameBase && stillDoes(current?.region ?? null, transform, wanted)) return;
    this.#begin(new Drawing(wanted, transform.base, this.#marks.aspect));
  }

  /** @param {import("./page_marks.js").Change} change */
  changed({ added, stale }) {
    if (!this.#marks || !this.#transform) return;
    this.#drawing ??= new Drawing(regionFor(this.#transform), this.#transform.base, this.#marks.aspect);
    if (stale.length) this.#repaint(stale);
    // New annotations are on top, so nothing is cleared; a drawing in progress appends them to its queue.
    this.#job?.queue.push(...added);
    if (this.#job?.drawing !== this.#drawing) for (const mark of added) this.#paint(this.#drawing, mark);
  }

  /** @param {string[]} ids faded or hidden until `release` @param {"faded"|"hidden"} how */
  hold(ids, how) {
    for (const id of ids) this.#held.set(id, how);
    this.#again(ids);
  }

  /** @param {string[]} ids @param {boolean} [redraw] false: they will be redrawn anyway */
  release(ids, redraw = true) {
    const held = ids.filter((id) => this.#held.delete(id));
    if (redraw) this.#again(held);
  }

  /** @param {string[]} ids */
  #again(ids) {
    const boxes = ids.flatMap((id) => {
      const mark = this.#marks?.get(id);
      return this.#marks && mark ? placesOf(mark, this.#marks.aspect) : [];
    });
    if (boxes.length && this.#drawing) this.#repaint(boxes);
  }

  /** @param {Box[]} stale fractions of the page */
  #repaint(stale) {
    const marks = /** @type {PageMarks} */ (this.#marks);
    const drawing = /** @type {Drawing} */ (this.#drawing);
    // Antialiased edges are cleared too; they may belong to a neighbour.
    const { base, region } = drawing;
    const [across, down] = [(EDGE + 1) / (region.scale * base.w), (EDGE + 1) / (region.scale * base.h)];
    const touched = marks.touching(stale.map(([x0, y0, x1, y1]) => [x0 - across, y0 - down, x1 + across, y1 + down]));
    if (this.#job || touched.length > MOST_AT_ONCE) {
      this.#begin((this.#job?.drawing ?? drawing).blank);
      return;
    }
    const boxes = stale.map((box) => inUnits(box, marks.aspect));
    const before = { ...drawing.sheets };
    for (const layer of drawing.all) {
      const own = touched.filter((mark) => drawing.sheets[sideOf(mark, marks.aspect)] === layer);
      layer.within(boxes, () => {
        for (const mark of own) this.#paint(drawing, mark);
      });
    }
    // A new canvas has no stale content; its annotations are drawn completely.
    for (const mark of touched) if (!before[sideOf(mark, marks.aspect)]) this.#paint(drawing, mark);
  }

  /** @param {Drawing} drawing Starts drawing the page; the first slice is drawn at once. */
  #begin(drawing) {
    this.#stop();
    const { left, top, width, height } = drawing.region;
    const { w, h } = drawing.base;
    const box = /** @type {Box} */ ([left / w, top / h, (left + width) / w, (top + height) / h]);
    this.#job = { drawing, queue: /** @type {PageMarks} */ (this.#marks).touching([box]), at: 0 };
    this.#slice();
  }

  #slice() {
    const job = this.#job;
    if (!job) return;
    const until = performance.now() + (this.busy ? SLICE_WRITING_MS : SLICE_MS);
    while (job.at < job.queue.length) {
      this.#paint(job.drawing, /** @type {Mark} */ (job.queue[job.at]));
      job.at += 1;
      if (performance.now() < until) continue;
      this.#timer = setTimeout(() => this.#slice(), this.busy ? PAUSE_WRITING_MS : 0);
      return;
    }
    this.#job = null;
    if (job.drawing === this.#drawing) return;
    const before = this.#drawing;
    this.#drawing = job.drawing;
    for (const layer of job.drawing.all) this.#put(layer);
    this.#drop(before);
  }

  #stop() {
    clearTimeout(this.#timer);
    const job = this.#job;
    this.#job = null;
    if (job && job.drawing !== this.#drawing) this.#drop(job.drawing);
  }

  /** @param {Drawing} drawing @param {Mark} mark */
  #paint(drawing, mark) {
    const held = this.#held.get(mark.id);
    // Skips annotations that were removed while they were queued.
    if (held === "hidden" || this.#marks?.get(mark.id) !== mark) return;
    const { annotation } = mark;
    const painting = paintingOf(annotation, drawing.aspect);
    if (!painting.paint) return;
    const { context } = drawing.layer(painting.under, (layer) => drawing === this.#drawing && this.#put(layer));
    context.globalAlpha = held === "faded" ? FADED : 1;
    painting.paint(context);
    if (markTypeOf(annotation).letters) this.#redrawWithFont(mark);
  }

  /** @param {Mark} mark Redraws a text once when its font has loaded. */
  #redrawWithFont({ id, annotation }) {
    if (this.#fontRequested.has(annotation)) return;
    this.#fontRequested.add(annotation);
    void lettersFor(annotation.text ?? "")?.then((loaded) => {
      if (!loaded) return;
      forgetPainting(annotation);
      this.#again([id]);
    });
  }

  /** @param {CanvasLayer} layer */
  #put(layer) {
    if (layer.element.classList.contains("ink-under")) this.place.prepend(layer.element);
    else this.place.append(layer.element);
  }

  /** @param {Drawing|null} drawing */
  #drop(drawing) {
    for (const layer of drawing?.all ?? []) {
      layer.element.remove();
      layer.drop();
    }
  }
}

/** @param {Mark} mark @param {number} aspect @returns {"under"|"over"} */
const sideOf = ({ annotation }, aspect) => (paintingOf(annotation, aspect).under ? "under" : "over");
