/** What whoever runs the meeting does seldom: the roll call, who writes, any item at once, pause, end. */
import { html, nothing } from "lit-html";
import { openSheet } from "../lib/dialog.js";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { openCancel } from "../voting/chair_cancel.js";
import { live } from "../voting/live_dialog.js";
import { openVoteList } from "../voting/vote_list.js";
import { endedNotAnnounced } from "../voting/vote_state.js";
import { holderInWords, peopleSummary } from "../presentation/people_counts.js";
import { quorumLine } from "../attendance/quorum_line.js";
import { openRollSheet } from "../attendance/roll_sheet.js";
import { underWay } from "../live/view_model.js";
import { writingSwitch } from "../writing/writing_switch.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function openRunSheet(app) {
  live(app, openSheet({
    title: t("room.running"),
    body: ({ close }) => html`<div class="run-sheet">
      ${quorumLine(app.room)}
      <button type="button" class="btn plain tall wide" @click=${() => { close(); openRollSheet(app); }}>${icon("users")}${t("roll.title")}</button>
      <button type="button" class="btn plain tall wide" @click=${() => { close(); openVoteList(app); }}>${icon("vote")}${t("chair.votes")}</button>
      ${writingSwitch(app)}
      ${underWay(app.room) ? running(app, close) : nothing}</div>`,
  }));
}

/** @param {RoomApp} app @param {() => void} close */
function running(app, close) {
  return html`<p>${holderInWords(app.room)}</p>${peopleSummary(app.room)}
      <h3>${t("room.go_to_item")}</h3>
      <ol class="run-items">${app.room.meeting.agenda.map((item, at) => {
        const now = item.id === app.room.meeting.current_item_id;
        return html`<li><button type="button" class="row" aria-current=${now ? "step" : nothing} ?disabled=${now}
          @click=${() => { close(); void app.actions.moveTo(item.id); }}><b class="num">${at + 1}</b><span class="grow">${item.title}</span>
          ${now ? html`<span class="quiet unbroken">${t("room.now")}</span>` : icon("chevron-right", "small")}</button></li>`;
      })}</ol>
      ${vote(app, close)}
      ${app.chairing.inHand ? html`<p class="quiet">${t("chair.end_first")}</p>` : html`<h3>${t("room.meeting")}</h3><div class="run-buttons">
        ${app.room.meeting.status === "in_session" ? html`<button type="button" class="btn plain tall wide" @click=${() => { close(); void app.actions.pause(); }}>${icon("pause")}${t("room.pause")}</button>` : nothing}
        <button type="button" class="btn plain danger tall wide" @click=${() => { close(); void app.actions.close(); }}>${icon("square")}${t("room.close")}</button>
      </div>`}`;
}

/** @param {RoomApp} app @param {() => void} close The vote that is open, or whose result waits, can be cancelled. */
function vote(app, close) {
  const poll = app.chairing.inHand ?? endedNotAnnounced(app.room);
  if (!poll) return nothing;
  return html`<h3>${t("chair.this_one")}</h3><p>${poll.title}</p>
    <button type="button" class="btn plain danger tall wide" @click=${() => { close(); openCancel(app, poll.id); }}>${icon("x")}${t(poll.status === "open" ? "chair.cancel" : "chair.cancel_result")}</button>`;
}
