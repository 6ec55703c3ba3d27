/** What a result says: its document, page and the words around the first hit. */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";

/** @param {import("../lib/schemas.js").FoundPage} hit @param {string} [meeting] its title, where there are several */
export function hitWords(hit, meeting) {
  return html`<span class="hit-title">${hit.title}</span>
    <small class="num">${t(hit.source === "ocr" ? "search.page_scanned" : "search.page", { page: hit.page })}</small>
    <span class="hit-text">${hit.snippet.map((piece, index) => html`${index ? " " : ""}${piece.match ? html`<mark>${piece.text}</mark>` : piece.text}`)}</span>
    ${meeting ? html`<span class="hit-meeting">${meeting}</span>` : nothing}`;
}
