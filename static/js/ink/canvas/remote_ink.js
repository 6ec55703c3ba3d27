/**
 * Renders strokes that others are drawing on this page, until the finished stroke arrives. It uses its
 * own canvases, because the canvas of this person's stroke in progress is cleared every frame.
 */
import { inUnits } from "../tools/canvas_paths.js";
import { paintOnce } from "./renderers.js";
import { regionFor } from "./region.js";
import { CanvasLayer } from "./canvas_layer.js";
import { bounds, markTypeOf } from "../tools/index.js";
import { INK } from "../tools/ink_strokes.js";

/** @typedef {import("./region.js").Transform} Transform */
/** @typedef {import("../tools/types.js").LiveStroke} LiveStroke points are only appended */
/** @typedef {{stroke: LiveStroke, drawn: number}} Shown drawn: number of points drawn */

/** Placeholder font size; strokes have no text. */
const SIZE = 20;

/** @param {LiveStroke} stroke @param {number} [from] its first point @returns {import("../../lib/schemas.js").Shape & {style: import("../../lib/schemas.js").Style}} */
const markOf = ({ style, points }, from = 0) => ({ kind: INK, geometry: { strokes: [points.slice(from)] }, style: { size: SIZE, ...style } });

export class RemoteInk {
  /** @type {Map<string, Shown>} */ #shown = new Map();
  /** @type {{over: CanvasLayer|null, under: CanvasLayer|null}} */ #sheets = { over: null, under: null };
  /** @type {Transform|null} */ #transform = null;
  #aspect = 1;

  /** @param {HTMLElement} place the parent of the canvases */
  constructor(place) {
    this.place = place;
  }

  /** @param {Transform} transform @param {number} aspect The transform is stable, or the page changed. */
  rest(transform, aspect) {
    this.#transform = transform;
    this.#aspect = aspect;
    for (const layer of this.#all) layer.lay(regionFor(transform, { margin: false }), transform.base, aspect);
    for (const one of this.#shown.values()) this.#renderStroke(one, 0);
  }

  clear() {
    this.#shown.clear();
    this.#transform = null;
    for (const layer of this.#all) layer.drop();
  }

  /** @param {LiveStroke[]} strokes all strokes in progress on this page */
  show(strokes) {
    const now = new Set(strokes.map((stroke) => stroke.id));
    for (const [id, one] of this.#shown) if (!now.has(id)) this.#remove(id, one);
    for (const stroke of strokes) {
      const before = this.#shown.get(stroke.id);
      // After a lost or late message the points drawn may differ: redraw.
      if (before && before.drawn > stroke.points.length) this.#remove(stroke.id, before);
      const one = { stroke, drawn: this.#shown.get(stroke.id)?.drawn ?? 0 };
      this.#shown.set(stroke.id, one);
      if (stroke.points.length > one.drawn) this.#renderStroke(one, one.drawn);
    }
  }

  /** @returns {CanvasLayer[]} */
  get #all() {
    return [this.#sheets.under, this.#sheets.over].filter((layer) => layer !== null);
  }

  /** @param {LiveStroke} stroke @returns {CanvasLayer|null} */
  #layer({ style }) {
    if (!this.#transform) return null;
    const name = markTypeOf({ kind: INK, style }).appearance?.under ? "under" : "over";
    const layer = (this.#sheets[name] ??= new CanvasLayer(`ink-sheet ink-others ink-${name}`));
    if (!layer.element.isConnected) this.place.append(layer.element);
    if (!layer.region) layer.lay(regionFor(this.#transform, { margin: false }), this.#transform.base, this.#aspect);
    return layer;
  }

  /** @param {Shown} one @param {number} from index of the first point to draw */
  #renderStroke(one, from) {
    const { stroke } = one;
    const context = this.#layer(stroke)?.context;
    const { appearance } = markTypeOf({ kind: INK, style: stroke.style });
    if (!context || !appearance) return;
    paintOnce(context, appearance, markOf(stroke, Math.max(0, from - 2)), this.#aspect);
    one.drawn = stroke.points.length;
  }

  /** @param {string} id @param {Shown} one */
  #remove(id, one) {
    this.#shown.delete(id);
    const { stroke } = one;
    const layer = stroke.points.length ? this.#layer(stroke) : null;
    if (!layer) return;
    const box = bounds(markOf(stroke), this.#aspect);
    layer.within([inUnits(box, this.#aspect)], () => {
      for (const other of this.#shown.values()) if (this.#layer(other.stroke) === layer) this.#renderStroke(other, 0);
    });
  }
}
