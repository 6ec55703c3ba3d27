/** Filters of the notes page: search text, document, kind. */
import { html } from "lit-html";
import { KINDS } from "../../ink/tools/index.js";
import { icon } from "../../lib/ui/icon.js";
import { whenTyped } from "../../lib/ui/typing.js";
import { t } from "../../lib/words.js";
import { FREE } from "./written.js";

/** @typedef {import("./written.js").Written} Written */
/** @typedef {import("./written.js").Filters} Filters */

/** @typedef {(filters: Partial<Filters>) => void} Narrow */

/** @param {Narrow} narrow @returns {(event: any) => void} input handler of the search field */
export const searching = (narrow) => whenTyped((q) => narrow({ q: q.trim() }));

/** @param {Written} written @param {Narrow} narrow @param {(event: any) => void} typed */
export function filtersView({ filters, papers }, narrow, typed) {
  return html`<search class="notes-filters">
    <div class="search">${icon("search")}<input class="input" type="search" id="notes-search" .value=${filters.q} placeholder=${t("notes.search")} aria-label=${t("notes.search")}
      autocomplete="off" @input=${typed} @compositionend=${typed}></div>
    ${choice("notes-paper", t("notes.paper"), filters.document, [["", t("notes.all_papers")], ...papers.map((paper) => [paper.document_id, `${paper.document_title} (${paper.annotations})`])], (document) => narrow({ document }))}
    ${choice("notes-kind", t("notes.kind"), filters.kind, [["", t("notes.all_kinds")], ...KINDS.map((kind) => [kind, t(`ink.kind_${kind}`)]), [FREE, t("notes.kind_free")]], (kind) => narrow({ kind }))}
  </search>`;
}

/** @param {string} id @param {string} label @param {string} value @param {string[][]} options @param {(value: string) => void} choose */
function choice(id, label, value, options, choose) {
  return html`<div class="field"><label class="for-reader" for=${id}>${label}</label><div class="pick">
    <select class="input" id=${id} .value=${value} @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([key = "", words = ""]) => html`<option value=${key} ?selected=${key === value}>${words}</option>`)}</select>${icon("chevron-down")}</div></div>`;
}
