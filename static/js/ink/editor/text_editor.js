/**
 * Edits a text box in place on the page, in its own font and size. The text is kept on blur and on Escape;
 * Escape during IME composition does not end the editing.
 */
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { LONGEST_TEXT } from "../model/limits.js";
import { remark, written } from "../model/note_text.js";
import { fittedBox, LINE, PADDING } from "../tools/text_box.js";

/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("../../lib/schemas.js").Style} Style */

/** @type {TextEditor|null} */ let writing = null;

export class TextEditor {
  #over = false;

  /**
   * @param {{pageElement: HTMLElement, width: number, aspect: number, box: Box, style: Style, text: string,
   *   keep: (text: string, box: Box) => void}} options
   *   width: of the page element at zoom 1, CSS pixels; keep: called with a valid text, which is empty for an empty box
   */
  constructor(options) {
    writing?.end();
    writing = this;
    this.options = options;
    const { pageElement, width, box, style, text } = options;
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
    pageElement.append(field);
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

  /**
   * Keeps the text and closes the field. An invalid text shows an error, and the field stays open.
   * @param {boolean} [now] the page changes: angle brackets are replaced by ‹ and ›, and a text that is too long is cut
   */
  end(now = false) {
    if (this.#over) return;
    const typed = this.field.value;
    const found = written(now ? sanitized(typed) : typed);
    const said = remark(found);
    if (said?.bad) {
      toast(t(said.key, said.params), { tone: "bad", action: { label: t("ink.give_up"), run: () => this.#close() } });
      requestAnimationFrame(() => this.field.focus({ preventScroll: true }));
      return;
    }
    this.#close();
    const { box, style, aspect, keep } = this.options;
    keep(found.text, found.text ? fittedBox(found.text, box, style, aspect) : box);
  }

  #close() {
    if (this.#over) return;
    this.#over = true;
    if (writing === this) writing = null;
    this.field.remove();
  }
}

/** @param {string} typed */
const sanitized = (typed) => Array.from(typed.replace(/</g, "‹").replace(/>/g, "›")).slice(0, LONGEST_TEXT).join("");

/** Ends the editing of a text box before another page is shown. */
export const endWriting = () => writing?.end(true);
