/** The agenda in the secretary's side column, and the link to the preparation page. */
import { html, nothing } from "lit-html";
import { href } from "../lib/boot.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { isOver, underWay } from "../live/meeting_state.js";
import { itemBefore } from "../live/view_model.js";
import { nextItem, previousItem, timer } from "./chair_buttons.js";

/** @typedef {import("./feature.js").AgendaContext} AgendaContext */

/** @param {AgendaContext} context */
export function columnPart(context) {
  const { room } = context;
  const going = underWay(room);
  const held = context.mustEndFirst() !== null;
  return html`<section class="column-step">
      <div class="column-title"><h2>${t("room.agenda")}</h2>${timer(context)}</div>
      <ol class="column-items">${room.meeting.agenda.map((item, at) => columnItem(context, item, at))}</ol>
      <div class="column-buttons">${held ? nothing : html`${itemBefore(room) ? previousItem(context) : nothing}${nextItem(context)}${context.chairStep()?.button?.() ?? nothing}`}</div>
      ${going && !held ? html`<div class="column-buttons">
        ${room.meeting.status === "in_session" ? html`<button type="button" class="btn plain" ?disabled=${context.waits} @click=${() => void context.actions.pause()}>${icon("pause")}${t("room.pause")}</button>` : nothing}
        <button type="button" class="btn plain danger" ?disabled=${context.waits} @click=${() => void context.actions.close()}>${t("room.close")}</button></div>` : nothing}
    </section>`;
}

/** @param {AgendaContext} context @param {import("../lib/schemas.js").AgendaItemView} item @param {number} at */
function columnItem(context, item, at) {
  const now = item.id === context.room.meeting.current_item_id;
  const still = now || context.room.meeting.status !== "in_session";
  return html`<li><button type="button" class="column-item ${now ? "now" : ""}" aria-current=${now ? "step" : nothing}
    ?disabled=${still || context.waits} @click=${() => context.actions.moveTo(item.id)}><b class="num">${at + 1}</b><span>${item.title}</span></button></li>`;
}

/** @param {AgendaContext} context */
export function prepareLink({ room }) {
  return html`<section><a class="btn plain wide" href=${href(`/meetings/${room.meeting.id}/prepare`)}>${icon(isOver(room) ? "file-text" : "file-up")}${t(isOver(room) ? "room.prepare_over" : "room.prepare")}</a></section>`;
}
