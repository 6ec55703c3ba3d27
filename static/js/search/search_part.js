/** A search field and its results: in the drawer of the room, and on the page of my meetings. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { hitWords } from "./hit_words.js";

/** @typedef {{search: import("./search_controller.js").SearchController}} SearchContext */
/** @typedef {import("../lib/schemas.js").FoundPage} FoundPage */

/** @param {SearchContext} context */
export function searchPart({ search }) {
  const read = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    // While letters are composed (Telex, VNI) a word is not finished; a redraw must not take it back.
    if (/** @type {InputEvent} */ (event).isComposing) search.query = value;
    else search.type(value);
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void search.run();
  };
  return html`<search class="document-search"><form class="search ${search.query ? "with-button" : ""}" @submit=${submit}>
      ${icon("search")}
      <input class="input" type="text" inputmode="search" enterkeyhint="search" maxlength="200" autocomplete="off" spellcheck="false"
        aria-label=${t("search.label")} placeholder=${t("search.label")} .value=${search.query} @input=${read} @compositionend=${read} />
      ${search.query ? html`<button type="button" class="btn icon-only" aria-label=${t("search.clear")} @click=${() => search.clear()}>${icon("x")}</button>` : nothing}
    </form>
    ${search.trouble ? html`<p class="wrong">${search.trouble}</p>` : nothing}
    ${search.found ? html`<p class="quiet">${search.said}</p><ol class="hits">${search.found.map((hit, at) => hitView(hit, at, search))}</ol>` : nothing}</search>`;
}

/** @param {FoundPage} hit @param {number} at @param {SearchContext["search"]} search */
function hitView(hit, at, search) {
  return html`<li><button type="button" class="hit" aria-current=${search.at === at ? "true" : nothing} @click=${() => search.open(at)}>
    ${hitWords(hit, search.scope.meetingOf?.(hit))}</button></li>`;
}
