/** The line above the page: the title of the document on it, independent of the current item, and the presenter. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { presentsNow, runsMeeting, underWay } from "../live/meeting_state.js";
import { documentOnPage, presenterOf } from "../live/view_model.js";

/** @typedef {import("./feature.js").ReadingContext} ReadingContext */

/** @param {ReadingContext} context Shown without a document too: it holds the times when the top bar is narrow. */
export function pageLine(context) {
  const { shown } = context.reading;
  const named = underWay(context.room) && (runsMeeting(context.room) || presentsNow(context.room));
  return html`<div class="page-line ${shown || named ? "" : "bare"}" ?inert=${context.behind}>
    ${shown ? documentName(context, shown.paper) : nothing}
    ${named ? presenterName(context) : nothing}
    <p class="page-times">${context.parts("times")}</p></div>`;
}

/** @param {ReadingContext} context @param {import("../lib/schemas.js").DocumentView} paper */
function documentName(context, paper) {
  const { title, of } = documentOnPage(context.room, paper);
  const where = !of ? "" : of === "meeting" ? t("room.document_of_meeting") : t("room.document_of_item", { number: of.number });
  return html`<p class="page-document" title=${title}><span class="page-document-name">${title}</span>${where ? html`<span class="page-document-of num">${where}</span>` : nothing}</p>`;
}

/** @param {ReadingContext} context The presenter's name, for chair, secretary and presenter. */
function presenterName(context) {
  const holder = presenterOf(context.room);
  const here = holder?.here ?? false;
  const name = !holder || !here ? t("room.nobody_presents_short") : holder.me ? t("room.presenter_here") : holder.name;
  const label = !here ? "for-reader" : holder?.me ? "" : "wide";
  return html`<p class="page-presenter ${here ? "" : "amber"}">${icon("monitor", "small")}<span class="cut"><span class=${label}>${t("room.presenter_label")} </span><b>${name}</b></span></p>`;
}
