/**
 * The slider for the pages of a document. A drag shows a thumbnail and the page number; the page turns on release, so
 * that a presenter's drag does not move the room.
 */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { t } from "../lib/words.js";
import "./page_thumb.js";

/**
 * @typedef {{page:number, count:number, hover:number|null,
 *   refOf: (page:number) => import("./page_bytes.js").PageRef,
 *   source: import("./page_source.js").PageSource,
 *   move: (page:number|null) => void, go: (page:number) => void}} ScrubberView
 */

/** @param {ScrubberView} view */
export function scrubber({ page, count, hover, refOf, source, move, go }) {
  const shown = hover ?? page;
  const share = count > 1 ? (shown - 1) / (count - 1) : 0;
  return html`<span class="scrubber" style="--at:${share}">
    <input type="range" class="scrubber-range" min="1" .max=${String(Math.max(1, count))} step="1"
      .value=${String(shown)} ?disabled=${count < 2}
      aria-label=${t("room.scrubber")} aria-valuetext=${t("room.page_of", { page: shown, count })}
      @input=${(/** @type {Event} */ event) => move(valueOf(event))}
      @change=${(/** @type {Event} */ event) => { go(valueOf(event)); /** @type {HTMLElement} */ (event.target).blur(); }}
      @pointercancel=${() => move(null)}>
    ${hover === null ? null : html`<span class="scrubber-preview" aria-hidden="true" ${ref(keepInside)}>
      <page-thumb .page=${refOf(hover)} .source=${source}></page-thumb>
      <b class="num">${hover}</b></span>`}
  </span>`;
}

/** @param {Event} event */
const valueOf = (event) => Number(/** @type {HTMLInputElement} */ (event.target).value);

/** @param {Element|undefined} bubble Shifts the preview so that it stays inside the window. */
function keepInside(bubble) {
  if (!(bubble instanceof HTMLElement)) return;
  bubble.style.setProperty("--nudge", "0px");
  const box = bubble.getBoundingClientRect();
  const over = Math.max(0, box.right - window.innerWidth + 8) || Math.min(0, box.left - 8);
  bubble.style.setProperty("--nudge", `${-over}px`);
}
