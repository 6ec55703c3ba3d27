/** What a result says: its document, page and the words around the first hit. */
import { html } from "lit-html";
import { t } from "../lib/words.js";

/** @param {import("../lib/schemas.js").FoundPage} hit */
export function hitWords(hit) {
  return html`<span class="hit-title">${hit.title}</span>
    <small class="num">${t(hit.source === "ocr" ? "search.page_scanned" : "search.page", { page: hit.page })}</small>
    <span class="hit-text">${hit.snippet.map((piece, index) => html`${index ? " " : ""}${piece.match ? html`<mark>${piece.text}</mark>` : piece.text}`)}</span>`;
}
