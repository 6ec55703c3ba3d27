/** The meeting's bars under the top bar: a pause, the end. Null: no bar. */
import { html } from "lit-html";
import { clock, moment } from "../lib/format.js";
import { t } from "../lib/words.js";
import { isOver } from "../live/meeting_state.js";
import { canReopen } from "../live/view_model.js";
import { isToday } from "./pause_times.js";

/** @typedef {import("./feature.js").AgendaContext} AgendaContext */

/** @param {AgendaContext} context */
export function pausedBar(context) {
  if (context.room.meeting.status !== "paused") return null;
  const until = context.room.meeting.resumes_at;
  const words = !until ? t("room.resumes_later")
    : isToday(until, context.serverClock.now()) ? t("room.resumes_at", { time: clock(until) }) : t("room.resumes_at", { time: moment(until) });
  return html`<section aria-label=${t("room.state")} class="state-bar calm"><b>${t("room.paused")}</b>
    <span>${words}</span></section>`;
}

/** @param {AgendaContext} context The documents are in the list. The chair or secretary can reopen the meeting for ten minutes. */
export function overBar(context) {
  if (!isOver(context.room)) return null;
  const list = context.reading.shown && !context.drawer.open;
  const again = canReopen(context.room, context.serverClock.now());
  return html`<section aria-label=${t("room.state")} class="state-bar calm"><span>${t("room.over_bar")}</span>
    ${list || again ? html`<span class="bar-buttons">
      ${list ? html`<button type="button" class="btn plain" aria-controls="agenda" @click=${() => context.drawer.toggle()}>${t("room.over_documents")}</button>` : ""}
      ${again ? html`<button type="button" class="btn plain" ?disabled=${!context.online || context.requests.busy} @click=${() => void context.actions.resume()}>${t("room.reopen")}</button>` : ""}
    </span>` : ""}
  </section>`;
}
