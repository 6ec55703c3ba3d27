/** The line under the top bar while results are open: which one, and the ones before and after it. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";

/** @param {import("./room_instance.js").SearchContext} context */
export function hitLine({ search }) {
  if (search.at < 0 || !search.found) return nothing;
  const { length } = search.found;
  const step = (/** @type {number} */ by) => search.open((search.at + by + length) % length);
  return html`<p class="hit-line"><span class="grow">${icon("search", "small")}<span>${t("search.shown", { query: search.query, n: search.at + 1, of: length })}</span></span>
    ${length > 1 ? html`<button type="button" class="btn icon-only" aria-label=${t("search.previous")} @click=${() => step(-1)}>${icon("chevron-up")}</button>
      <button type="button" class="btn icon-only" aria-label=${t("search.next")} @click=${() => step(1)}>${icon("chevron-down")}</button>` : nothing}
    <button type="button" class="btn icon-only" aria-label=${t("search.close")} @click=${() => search.clear()}>${icon("x")}</button></p>`;
}
