/**
 * Writing in a text box where it stands on the page, in its own letters and size. It is kept when the
 * field is left, by Escape too; a word that is being composed is never cut off.
 */
import { toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { remark, written } from "./note_text.js";
import { fittedBox, LINE, PADDING } from "./text_box.js";

/** @typedef {import("./types.js").Box} Box */
/** @typedef {import("./types.js").Style} Style */

/** @type {TextEditor|null} */ let writing = null;

export class TextEditor {
  #over = false;

  /**
   * @param {{leaf: HTMLElement, width: number, aspect: number, box: Box, style: Style, text: string,
   *   keep: (text: string, box: Box) => void, left: () => void}} options
   *   width: of the leaf at zoom 1, CSS pixels; keep: called with words (none: an empty box) that may be sent;
   *   left: called at the end, kept or not
   */
  constructor(options) {
    writing?.end();
    writing = this;
    this.options = options;
    const { leaf, width, box, style, text } = options;
    const field = document.createElement("textarea");
    this.field = field;
    field.className = "text-field";
    field.spellcheck = false;
    field.rows = 1;
    field.value = text;
    field.setAttribute("aria-label", t("ink.tool_text"));
    field.style.cssText = `left:${box[0] * 100}%;top:${box[1] * 100}%;width:${(box[2] - box[0]) * 100}%;color:${style.color};`
      + `font-size:${(style.size * width) / 1000}px;line-height:${LINE};padding:${PADDING}em`;
    field.addEventListener("input", () => this.#typed());
    field.addEventListener("blur", () => this.end());
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape" && !event.isComposing) field.blur();
    });
    leaf.append(field);
    this.#typed();
    field.focus({ preventScroll: true });
    field.setSelectionRange(text.length, text.length);
  }

  #typed() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
    const said = remark(written(field.value));
    field.setAttribute("aria-invalid", String(said?.bad ?? false));
  }

  /** What stands there is kept, unless it may not be sent: then that is said, and the field stays. */
  end() {
    if (this.#over) return;
    const { box, style, aspect, keep, left } = this.options;
    const { text, ...rest } = written(this.field.value);
    const said = remark({ text, ...rest });
    if (said?.bad && this.field.isConnected) {
      toast(t(said.key, said.params), { tone: "bad", action: { label: t("ink.give_up"), run: () => this.#leave(left) } });
      requestAnimationFrame(() => this.field.focus({ preventScroll: true }));
      return;
    }
    keep(text, text ? fittedBox(text, box, style, aspect) : box);
    this.#leave(left);
  }

  /** @param {() => void} left */
  #leave(left) {
    if (this.#over) return;
    this.#over = true;
    if (writing === this) writing = null;
    this.field.remove();
    left();
  }
}

/** Whoever writes in a text box is done: the page turns. */
export const endWriting = () => writing?.end();
