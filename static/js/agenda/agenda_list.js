/** The agenda in the drawer: its items, with their documents and other parts. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { isOver } from "../live/meeting_state.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";

/** @typedef {import("./feature.js").AgendaContext} AgendaContext */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../lib/schemas.js").AgendaItemView} Item */

/** @param {AgendaContext} context */
export function agendaList(context) {
  const { meeting } = context.room;
  const more = context.parts("agendaItem", null).flat();
  return html`${meeting.documents.length || more.length ? html`<ul class="shelf">${papers(context, meeting.documents)}${more}</ul>` : nothing}
        ${meeting.agenda.length ? html`<ol class="agenda">${repeat(meeting.agenda, (item) => item.id, (item, at) => agendaItem(context, item, at))}</ol>`
          : html`<p class="quiet drawer-empty">${t("room.no_agenda")}</p>`}`;
}

/** @param {AgendaContext} context @param {Item} item @param {number} at */
function agendaItem(context, item, at) {
  const current = context.room.meeting.agenda.findIndex((one) => one.id === context.room.meeting.current_item_id);
  const now = at === current && !isOver(context.room);
  const done = current > at || isOver(context.room);
  const open = context.agenda.isOpen(item.id);
  const more = context.parts("agendaItem", item.id).flat();
  const count = item.documents.length + more.length;
  return html`<li class="agenda-item ${now ? "now" : ""}">
    <button type="button" class="agenda-line" aria-expanded=${count ? open : nothing} aria-current=${now ? "step" : nothing}
      ?disabled=${!count} @click=${() => context.agenda.toggleItem(item.id)}>
      <b class="num">${at + 1}${done ? html`<span class="done">${icon("check", "small")}<span class="for-reader">${t("room.item_done")}</span></span>` : nothing}</b>
      <span>${item.title}${item.rapporteur ? html`<small>${item.rapporteur}</small>` : nothing}</span>
      ${count ? html`<span class="agenda-count">${icon(open ? "chevron-up" : "chevron-down", "small")}</span>` : nothing}
    </button>
    ${count && open ? html`<ul class="shelf">${papers(context, item.documents)}${more}</ul>` : nothing}
  </li>`;
}

/** @param {AgendaContext} context @param {Paper[]} list */
function papers(context, list) {
  return repeat(list, (paper) => paper.id, (paper) => context.parts("documentLine", paper));
}
