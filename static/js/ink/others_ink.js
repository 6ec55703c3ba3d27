/**
 * What others are writing on this page just now. It is drawn as it comes and taken away when the
 * finished stroke is there. On canvases of its own: what one writes oneself is cleared every frame.
 */
import { bounds } from "./shapes.js";
import { inUnits, isHighlighter, traceLine, traceOutline } from "./painted.js";
import { regionFor } from "./region.js";
import { Sheet } from "./sheet.js";
import { OUTLINE_PAGE, outlineOf } from "./stroke_outline.js";

/** @typedef {import("./grid.js").Point} Point */
/** @typedef {import("./region.js").Standing} Standing */
/** @typedef {import("../lib/schemas.js").WetStyle} WetStyle */
/** @typedef {{id:string, style:WetStyle, points:Point[]}} WetStroke the points so far; they only become more */
/** @typedef {{stroke: WetStroke, drawn: number}} Shown drawn: how many of its points are */

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

  /** @param {WetStroke[]} strokes all that are being written on this page now */
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

  /** @param {WetStyle} style @returns {Sheet|null} */
  #sheet(style) {
    if (!this.#standing) return null;
    const name = isHighlighter(style) ? "under" : "over";
    const sheet = (this.#sheets[name] ??= new Sheet(`ink-sheet ink-others ink-${name}`));
    if (!sheet.element.isConnected) this.place.append(sheet.element);
    if (!sheet.region) sheet.lay(regionFor(this.#standing, { margin: false }), this.#standing.base, this.#aspect);
    return sheet;
  }

  /** @param {Shown} one @param {number} from the first point that is not drawn yet */
  #draw(one, from) {
    const { style, points } = one.stroke;
    const context = this.#sheet(style)?.context;
    if (!context) return;
    const piece = points.slice(Math.max(0, from - 2));
    context.beginPath();
    if (isHighlighter(style)) {
      context.strokeStyle = style.color;
      context.lineWidth = (style.width * OUTLINE_PAGE) / 1000;
      context.lineCap = context.lineJoin = "round";
      traceLine(context, piece, this.#aspect);
      context.stroke();
    } else {
      context.fillStyle = style.color;
      traceOutline(context, outlineOf(piece, style.width, this.#aspect));
      context.fill();
    }
    one.drawn = points.length;
  }

  /** @param {string} id @param {Shown} one */
  #remove(id, one) {
    this.#shown.delete(id);
    const { style, points } = one.stroke;
    const sheet = points.length ? this.#sheet(style) : null;
    if (!sheet) return;
    /** @type {import("../lib/schemas.js").Style} */
    const whole = { size: 20, ...style };
    const box = bounds({ kind: "ink", geometry: { strokes: [points] }, style: whole }, this.#aspect);
    sheet.within([inUnits(box, this.#aspect)], () => {
      for (const other of this.#shown.values()) if (this.#sheet(other.stroke.style) === sheet) this.#draw(other, 0);
    });
  }
}
