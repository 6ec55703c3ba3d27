/** Shared by highlight, underline and strike: a drag over words marks them line by line. */
import { rectOf } from "./canvas_paths.js";
import { MOST_BOXES } from "../model/limits.js";
import { extents, grown } from "../model/shapes.js";
import { nearestWord, selection } from "../model/page_text.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../../lib/schemas.js").Boxes} MarkGeometry */
/** @typedef {import("./types.js").ToolContext} ToolContext */
/** @typedef {import("./types.js").PointerSession} PointerSession */

/** Height of a bar, as a share of the line height. */
const LINE_HIGH = 0.07;
/** Greatest distance of a tap from the word that it marks, in page widths. */
const BESIDE = 0.012;

/**
 * @param {string} kind @param {import("./types.js").Appearance<MarkGeometry>} appearance
 * @returns {import("./types.js").MarkType<MarkGeometry>}
 */
export const textMark = (kind, appearance) => ({
  kind,
  form: { boxes: [4] },
  tooMany: ({ boxes }) => boxes.length > MOST_BOXES,
  bounds: ({ geometry, style }, aspect) => grown(extents(geometry), style.width / 2000, aspect),
  touches: ({ geometry }, probe) => geometry.boxes.some((box) => probe.toBox(box) <= probe.radius ** 2),
  appearance,
  fixed: true,
  listed: "quote",
});

/**
 * Appearance with a bar under or through each line of words.
 * @param {number} share of the line height, centre of the bar @returns {import("./types.js").Appearance<MarkGeometry>}
 */
export const bars = (share) => ({
  under: false,
  filled: true,
  trace: (path, { geometry }, aspect) => {
    for (const box of geometry.boxes) {
      const [x, y, wide, high] = rectOf(box, aspect);
      path.rect(x, y + high * (share - LINE_HIGH / 2), wide, high * LINE_HIGH);
    }
  },
});

/** @implements {PointerSession} */
export class TextMarkSession {
  /** @type {Point|null} */ #from = null;
  /** @type {Point|null} */ #to = null;

  /**
   * @param {ToolContext} context @param {"highlight"|"underline"|"strike"} kind also the name of the tool
   * @param {number|null} [multiplied] opacity of the preview, see ToolContext.open
   */
  constructor(context, kind, multiplied = null) {
    this.context = context;
    this.kind = kind;
    this.multiplied = multiplied;
  }

  /** @param {Point} at */
  begin(at) {
    this.#from = this.#to = at;
    this.context.open(this.multiplied);
  }

  /** @param {Point[]} points */
  move(points) {
    this.#to = points.at(-1) ?? this.#to;
    this.context.preview(this.#shape());
  }

  end() {
    const shape = this.#shape();
    if (shape) this.context.addShapes([shape]);
    else if (this.context.words?.length === 0) this.context.hooks.say("ink.no_words");
    this.cancel();
  }

  cancel() {
    this.#from = this.#to = null;
    this.context.close();
  }

  #shape() {
    const { context, kind } = this;
    const [from, to, words] = [this.#from, this.#to, context.words ?? []];
    if (!from || !to) return null;
    const tap = context.apart(from, to) < BESIDE;
    if (tap && (nearestWord(words, from, context.aspect)?.distance ?? 1) > BESIDE) return null;
    const found = selection(words, from, to, context.aspect);
    return found && { kind, geometry: { boxes: found.boxes }, style: context.ink.styleOf(kind) };
  }
}
