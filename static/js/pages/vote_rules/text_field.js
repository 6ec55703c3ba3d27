/** The text field for a rule pack, with line numbers and an optional marked line. */

import { html } from "lit-html";
import { t } from "../../lib/words.js";

/** Whether to focus the field. On a touch device the on-screen keyboard would cover the sheet. */
const hasFinePointer = matchMedia("(pointer: fine)").matches;

/** @param {number} count */
const numbersTo = (count) => Array.from({ length: count }, (_none, index) => index + 1);

/** Scrolls the gutter with the text. @param {Event} event */
function scrolled(event) {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const gutter = /** @type {HTMLElement} */ (field.previousElementSibling);
  gutter.scrollTop = field.scrollTop;
}

/**
 * @param {{text: string, wrongLine: number | null, typed: (event: any) => void, dropped: (file: File) => void}} facts
 *   `typed` handles input and compositionend
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
    <textarea id="pack-toml" wrap="off" spellcheck="false" autocomplete="off" autocapitalize="none" placeholder=${t("rules.toml_placeholder")} ?data-first=${hasFinePointer}
      aria-describedby="pack-verdict" aria-invalid=${wrongLine === null ? "false" : "true"} .value=${text}
      @input=${typed} @compositionend=${typed} @scroll=${scrolled} @drop=${drop}></textarea>
  </div>`;
}

/** Scrolls to the top of an inserted text. @param {ParentNode} home */
export function toTop(home) {
  const field = /** @type {HTMLTextAreaElement} */ (home.querySelector("#pack-toml"));
  field.setSelectionRange(0, 0);
  field.scrollTop = 0;
}

/** Moves the cursor to a line and scrolls it into view. @param {ParentNode} home @param {number} line */
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
