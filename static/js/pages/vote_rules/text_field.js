/** The field in which a pack is written: lines have numbers, and one of them may be pointed at. */

import { html } from "lit-html";
import { t } from "../../lib/words.js";

/** A tablet would cover the sheet with its keyboard at once. */
const typesHere = matchMedia("(pointer: fine)").matches;

/** @param {number} count */
const numbersTo = (count) => Array.from({ length: count }, (_none, index) => index + 1);

/** The gutter follows the text. @param {Event} event */
function scrolled(event) {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const gutter = /** @type {HTMLElement} */ (field.previousElementSibling);
  gutter.scrollTop = field.scrollTop;
}

/**
 * @param {{text: string, wrongLine: number | null, typed: (event: any) => void, dropped: (file: File) => void}} facts
 *   `typed` hears both input and the end of composing
 */
export function textField({ text, wrongLine, typed, dropped }) {
  /** @param {DragEvent} event */
  const drop = (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    dropped(file);
  };
  return html`<div class="pack-text">
    <div class="line-numbers" aria-hidden="true">${numbersTo(text.split("\n").length).map((number) => html`<span class=${number === wrongLine ? "wrong-line" : ""}>${number}</span>`)}</div>
    <textarea id="pack-toml" wrap="off" spellcheck="false" autocomplete="off" autocapitalize="none" placeholder=${t("rules.toml_placeholder")} ?data-first=${typesHere}
      aria-describedby="pack-verdict" aria-invalid=${wrongLine === null ? "false" : "true"} .value=${text}
      @input=${typed} @compositionend=${typed} @scroll=${scrolled} @drop=${drop}></textarea>
  </div>`;
}

/** Begins at the top of a text that came in one piece. @param {ParentNode} home */
export function toTop(home) {
  const field = /** @type {HTMLTextAreaElement} */ (home.querySelector("#pack-toml"));
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
}

/** Puts the cursor on a line and shows it. @param {ParentNode} home @param {number} line */
export function pointAt(home, line) {
  const field = /** @type {HTMLTextAreaElement} */ (home.querySelector("#pack-toml"));
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "nearest" });
  field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  field.scrollTop = (line - 4) * Number.parseFloat(getComputedStyle(field).lineHeight);
  field.scrollLeft = 0;
}
