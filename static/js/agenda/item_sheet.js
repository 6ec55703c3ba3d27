/** The content of the page area without a document: the current item, or the whole meeting. */
import { html, nothing } from "lit-html";
import { placeOf } from "../live/presentation.js";
import { clock, dayAndDate } from "../lib/format.js";
import { keepNamesUnbroken } from "../lib/ui/nonbreaking.js";
import { t } from "../lib/words.js";
import { isOver, presentsNow, underWay } from "../live/meeting_state.js";
import { itemNow } from "../live/view_model.js";

/** @typedef {import("./feature.js").AgendaContext} AgendaContext */

/** @param {AgendaContext} context */
export function itemSheet(context) {
  const current = itemNow(context.room);
  const item = current && underWay(context.room) ? aboutItem(context, current) : aboutMeeting(context);
  return html`<div class="desk-scroll" tabindex="0" role="region" aria-label=${t("room.item_sheet")}><article class="item-sheet">${item}</article></div>`;
}

/** @param {AgendaContext} context @param {import("../live/view_model.js").Numbered} current */
function aboutItem(context, { item, number }) {
  const hidden = context.room.live.hidden;
  return html`<p class="sheet-number">${t("room.item", { number })}</p>
    <h2>${keepNamesUnbroken(item.title)}</h2>
    ${item.rapporteur || item.minutes ? html`<p class="item-facts">${[
      item.rapporteur ? t("room.rapporteur", { name: keepNamesUnbroken(item.rapporteur) }) : "",
      item.minutes ? t("room.minutes", { minutes: item.minutes }) : "",
    ].filter(Boolean).join(" · ")}</p>` : nothing}
    ${item.documents.length ? html`<ul class="item-papers ${presentsNow(context.room) ? "to-present" : ""}">${item.documents.map((paper) => context.parts("documentRow", paper))}</ul>` : nothing}
    ${more(context, item.id)}
    <p class="item-note">${note(context, hidden === true, item.documents.length > 0)}</p>`;
}

/** @param {AgendaContext} context @param {boolean} hidden @param {boolean} papers */
function note(context, hidden, papers) {
  if (hidden) return t("room.hidden_note");
  if (!papers) return t("room.item_without_papers");
  if (presentsNow(context.room)) return t("room.choose_to_present");
  return placeOf(context.room.live) ? "" : t("room.nothing_presented");
}

/** @param {AgendaContext} context */
function aboutMeeting(context) {
  const { meeting } = context.room;
  return html`<p class="sheet-number">${t(headline(context))}</p>
    <h2>${keepNamesUnbroken(meeting.title)}</h2>
    <p class="item-facts">${[clock(meeting.starts_at), dayAndDate(meeting.starts_at)].join(", ")}${meeting.place ? html`<br>${meeting.place}` : nothing}</p>
    ${meeting.documents.length ? html`<ul class="item-papers">${meeting.documents.map((paper) => context.parts("documentRow", paper))}</ul>` : nothing}
    <ol class="meeting-agenda">${meeting.agenda.map((item, at) => html`<li>
      <div class="meeting-item"><b class="num">${at + 1}</b><span>${item.title}${item.rapporteur ? html`<small>${item.rapporteur}</small>` : nothing}</span></div>
      ${item.documents.length ? html`<ul class="item-papers">${item.documents.map((paper) => context.parts("documentRow", paper))}</ul>` : nothing}
      ${more(context, item.id)}</li>`)}
    </ol>
    ${more(context, null)}
    ${meeting.agenda.length ? nothing : html`<p class="item-note">${t("room.no_agenda")}</p>`}`;
}

/** @param {AgendaContext} context @returns {string} */
function headline(context) {
  if (isOver(context.room)) return "room.over_head";
  return underWay(context.room) ? "room.in_session_head" : "room.not_begun";
}

/** @param {AgendaContext} context @param {string|null} itemId other parts of the item */
function more(context, itemId) {
  const found = context.parts("agendaItem", itemId).flat();
  return found.length ? html`<ul class="item-results">${found}</ul>` : nothing;
}
