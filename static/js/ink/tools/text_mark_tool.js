/** Marks on text: dragged over words, which are marked line by line as one goes. */
import { nearestWord, selection } from "../words.js";

/** @typedef {import("../easel.js").Easel} Easel */
/** @typedef {import("../easel.js").Point} Point */
/** @typedef {import("../easel.js").Tool} Tool */
/** @typedef {import("../words.js").MarkKind} MarkKind */

/** A tap means the word under it; this far beside one it means nothing. Widths of the page. */
const BESIDE = 0.012;

/** @implements {Tool} */
export class TextMarkTool {
  /** @type {Point|null} */ #from = null;
  /** @type {Point|null} */ #to = null;

  /** @param {Easel} easel @param {MarkKind} kind */
  constructor(easel, kind) {
    this.easel = easel;
    this.kind = kind;
  }

  /** @param {Point} at */
  begin(at) {
    this.#from = this.#to = at;
    this.easel.open(this.kind === "highlight" ? 1 : null);
  }

  /** @param {Point[]} points */
  move(points) {
    this.#to = points.at(-1) ?? this.#to;
    this.easel.preview(this.#shape());
  }

  end() {
    const shape = this.#shape();
    if (shape) this.easel.add([shape]);
    else if (this.easel.words?.length === 0) this.easel.hooks.say("ink.no_words");
    this.cancel();
  }

  cancel() {
    this.#from = this.#to = null;
    this.easel.close();
  }

  #shape() {
    const { easel, kind } = this;
    const [from, to, words] = [this.#from, this.#to, easel.words ?? []];
    if (!from || !to) return null;
    const tap = easel.apart(from, to) < BESIDE;
    if (tap && (nearestWord(words, from, easel.aspect)?.distance ?? 1) > BESIDE) return null;
    const found = selection(words, from, to, easel.aspect);
    return found && { kind, geometry: { boxes: found.boxes }, style: easel.ink.styleOf(kind) };
  }
}
