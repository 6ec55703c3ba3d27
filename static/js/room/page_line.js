/** The line above the page: the document's own name, which stays with the page whatever item is dealt with. */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";
import { documentOnPage } from "./view_model.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function pageLine(app) {
  const shown = app.shown;
  if (!shown) return nothing;
  return html`<div class="page-line" role="group" ?inert=${app.behind} aria-label=${t("room.document_on_page")}>${documentName(app, shown.paper)}</div>`;
}

/** @param {RoomApp} app @param {import("../live/types.js").Paper} paper */
function documentName(app, paper) {
  const { title, of } = documentOnPage(app.room, paper);
  const where = !of ? "" : of === "meeting" ? t("room.document_of_meeting") : t("room.document_of_item", { number: of.number });
  return html`<p class="page-document" title=${title}><span class="page-document-name">${title}</span>${where ? html`<span class="page-document-of num">${where}</span>` : nothing}</p>`;
}
