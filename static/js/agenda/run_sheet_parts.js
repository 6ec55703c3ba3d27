/** The agenda's parts of the dialog for running the meeting: go to any item, pause, end. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { underWay } from "../live/meeting_state.js";

/** @typedef {import("./feature.js").AgendaContext} AgendaContext */

/** @param {AgendaContext} context @param {() => void} close */
export function itemsPart(context, close) {
  const { room } = context;
  if (!underWay(room)) return nothing;
  return html`<h3>${t("room.go_to_item")}</h3>
      <ol class="run-items">${room.meeting.agenda.map((item, at) => {
        const now = item.id === room.meeting.current_item_id;
        return html`<li><button type="button" class="row" aria-current=${now ? "step" : nothing} ?disabled=${now}
          @click=${() => { close(); void context.actions.moveTo(item.id); }}><b class="num">${at + 1}</b><span class="grow">${item.title}</span>
          ${now ? html`<span class="quiet unbroken">${t("room.now")}</span>` : icon("chevron-right", "small")}</button></li>`;
      })}</ol>`;
}

/** @param {AgendaContext} context @param {() => void} close */
export function meetingPart(context, close) {
  const { room, actions } = context;
  if (!underWay(room)) return nothing;
  const first = context.mustEndFirst();
  if (first !== null) return html`<p class="quiet">${first}</p>`;
  return html`<h3>${t("room.meeting")}</h3><div class="run-buttons">
        ${room.meeting.status === "in_session" ? html`<button type="button" class="btn plain tall wide" @click=${() => { close(); void actions.pause(); }}>${icon("pause")}${t("room.pause")}</button>` : nothing}
        <button type="button" class="btn plain danger tall wide" @click=${() => { close(); void actions.close(); }}>${icon("square")}${t("room.close")}</button>
      </div>`;
}
