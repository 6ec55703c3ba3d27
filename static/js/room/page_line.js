/** The line above the page: the document's own name, which stays with the page whatever item is dealt with. */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";
import { times } from "./top_bar.js";
import { documentOnPage } from "./view_model.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app Where the bar on top is short of room, the times stand here; so it is there without a document too. */
export function pageLine(app) {
  const { shown } = app;
  return html`<div class="page-line ${shown ? "" : "bare"}" ?inert=${app.behind}>
    ${shown ? documentName(app, shown.paper) : nothing}
    <p class="page-times">${times(app)}</p></div>`;
}

/** @param {RoomApp} app @param {import("../live/types.js").Paper} paper */
function documentName(app, paper) {
  const { title, of } = documentOnPage(app.room, paper);
  const where = !of ? "" : of === "meeting" ? t("room.document_of_meeting") : t("room.document_of_item", { number: of.number });
  return html`<p class="page-document" title=${title}><span class="page-document-name">${title}</span>${where ? html`<span class="page-document-of num">${where}</span>` : nothing}</p>`;
}
