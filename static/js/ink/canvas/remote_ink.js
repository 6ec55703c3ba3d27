/**
 * What others are writing on this page just now. It is drawn as it comes and taken away when the
 * finished stroke is there. On canvases of its own: what one writes oneself is cleared every frame.
 */
import { inUnits } from "../tools/canvas_paths.js";
import { paintOnce } from "./renderers.js";
import { regionFor } from "./region.js";
import { Sheet } from "./canvas_layer.js";
import { bounds, markTypeOf } from "../tools/index.js";
import { INK } from "../tools/ink_strokes.js";

/** @typedef {import("./region.js").Standing} Standing */
/** @typedef {import("../tools/types.js").LiveStroke} LiveStroke their points only become more */
/** @typedef {{stroke: LiveStroke, drawn: number}} Shown drawn: how many of its points are */

/** Letters that strokes do not have. */
const SIZE = 20;

/** @param {LiveStroke} stroke @param {number} [from] its first point @returns {import("../../lib/schemas.d.ts").Shape & {style: import("../../lib/schemas.d.ts").Style}} */
const markOf = ({ style, points }, from = 0) => ({ kind: INK, geometry: { strokes: [points.slice(from)] }, style: { size: SIZE, ...style } });

export class OthersInk {
  /** @type {Map<string, Shown>} */ #shown = new Map();
  /** @type {{over: Sheet|null, under: Sheet|null}} */ #sheets = { over: null, under: null };
  /** @type {Standing|null} */ #standing = null;
  #aspect = 1;

  /** @param {HTMLElement} place the canvases become its children */
  constructor(place) {
    this.place = place;
  }

  /** @param {Standing} standing @param {number} aspect The page came to rest, or is another. */
  rest(standing, aspect) {
    this.#standing = standing;
    this.#aspect = aspect;
    for (const sheet of this.#all) sheet.lay(regionFor(standing, { margin: false }), standing.base, aspect);
    for (const one of this.#shown.values()) this.#draw(one, 0);
  }

  clear() {
    this.#shown.clear();
    this.#standing = null;
    for (const sheet of this.#all) sheet.drop();
  }

  /** @param {LiveStroke[]} strokes all that are being written on this page now */
  show(strokes) {
    const now = new Set(strokes.map((stroke) => stroke.id));
    for (const [id, one] of this.#shown) if (!now.has(id)) this.#remove(id, one);
    for (const stroke of strokes) {
      const before = this.#shown.get(stroke.id);
      // A message that was lost or came late: what was drawn may be another line now.
      if (before && before.drawn > stroke.points.length) this.#remove(stroke.id, before);
      const one = { stroke, drawn: this.#shown.get(stroke.id)?.drawn ?? 0 };
      this.#shown.set(stroke.id, one);
      if (stroke.points.length > one.drawn) this.#draw(one, one.drawn);
    }
  }

  /** @returns {Sheet[]} */
  get #all() {
    return [this.#sheets.under, this.#sheets.over].filter((sheet) => sheet !== null);
  }

  /** @param {LiveStroke} stroke @returns {Sheet|null} */
  #sheet({ style }) {
    if (!this.#standing) return null;
    const name = markTypeOf({ kind: INK, style }).appearance?.under ? "under" : "over";
    const sheet = (this.#sheets[name] ??= new Sheet(`ink-sheet ink-others ink-${name}`));
    if (!sheet.element.isConnected) this.place.append(sheet.element);
    if (!sheet.region) sheet.lay(regionFor(this.#standing, { margin: false }), this.#standing.base, this.#aspect);
    return sheet;
  }

  /** @param {Shown} one @param {number} from the first point that is not drawn yet */
  #draw(one, from) {
    const { stroke } = one;
    const context = this.#sheet(stroke)?.context;
    const { appearance } = markTypeOf({ kind: INK, style: stroke.style });
    if (!context || !appearance) return;
    paintOnce(context, appearance, markOf(stroke, Math.max(0, from - 2)), this.#aspect);
    one.drawn = stroke.points.length;
  }

  /** @param {string} id @param {Shown} one */
  #remove(id, one) {
    this.#shown.delete(id);
    const { stroke } = one;
    const sheet = stroke.points.length ? this.#sheet(stroke) : null;
    if (!sheet) return;
    const box = bounds(markOf(stroke), this.#aspect);
    sheet.within([inUnits(box, this.#aspect)], () => {
      for (const other of this.#shown.values()) if (this.#sheet(other.stroke) === sheet) this.#draw(other, 0);
    });
  }
}
