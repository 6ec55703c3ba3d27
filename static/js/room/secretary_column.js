/** The secretary's working column on a wide screen: the step to take, the agenda, the hall, the way to prepare. */
import { html, nothing } from "lit-html";
import { href } from "../lib/boot.js";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { voteColumn, voteInHand } from "../voting/vote_column.js";
import { nextItem, primary, timer } from "./chair_strip.js";
import { holderInWords, peopleSummary } from "./people_counts.js";
import { openPresenterSheet } from "./presenter_sheet.js";
import { quorumLine, rollNumbers } from "./quorum_line.js";
import { rollIsOpen } from "./roll_model.js";
import { openRollSheet } from "./roll_sheet.js";
import { isOver, underWay } from "../live/meeting_state.js";
import { itemBefore } from "./view_model.js";
import { writingSwitch } from "./writing_switch.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function secretaryColumn(app) {
  const going = underWay(app.room);
  return html`<aside class="column" aria-label=${t("room.working_column")}>
    ${voteInHand(app)}
    <section class="column-step">
      <div class="column-title"><h2>${t("room.agenda")}</h2>${timer(app)}</div>
      <ol class="column-items">${app.room.meeting.agenda.map((item, at) => columnItem(app, item, at))}</ol>
      <div class="column-buttons">${app.chairing.inHand ? nothing : html`${going ? back(app) : nothing}${nextItem(app)}${primary(app)}`}</div>
      ${going && !app.chairing.inHand ? html`<div class="column-buttons">
        ${app.room.meeting.status === "in_session" ? html`<button type="button" class="btn plain" ?disabled=${waits(app)} @click=${() => void app.actions.pause()}>${icon("pause")}${t("room.pause")}</button>` : nothing}
        <button type="button" class="btn plain danger" ?disabled=${waits(app)} @click=${() => void app.actions.close()}>${t("room.close")}</button></div>` : nothing}
    </section>
    ${voteColumn(app)}
    ${rollSection(app)}
    ${isOver(app.room) ? nothing : html`<section><h2>${t("room.common_page")}</h2>${writingSwitch(app)}</section>`}
    ${going ? html`<section><h2>${t("room.presentation")}</h2>
      <p>${holderInWords(app.room)}</p>
      <button type="button" class="btn plain wide" ?disabled=${waits(app)} @click=${() => openPresenterSheet(app)}>${icon("monitor")}${t("room.presentation_right")}</button></section>
    <section><h2>${t("room.people")}</h2>${peopleSummary(app.room)}</section>` : nothing}
    <section><a class="btn plain wide" href=${href(`/meetings/${app.room.meeting.id}/prepare`)}>${icon(isOver(app.room) ? "file-text" : "file-up")}${t(isOver(app.room) ? "room.prepare_over" : "room.prepare")}</a></section>
  </aside>`;
}

/** @param {RoomApp} app Once the meeting is over the roll can still be read. */
function rollSection(app) {
  if (app.room.meeting.status === "draft") return nothing;
  return html`<section class="column-roll"><h2>${t("roll.title")}</h2>${quorumLine(app.room)}${rollNumbers(app.room)}
    <button type="button" class="btn plain wide" aria-haspopup="dialog" @click=${() => openRollSheet(app)}>${icon("users")}${t(rollIsOpen(app.room) ? "roll.open" : "roll.look")}</button></section>`;
}

/** @param {RoomApp} app */
const waits = (app) => app.actions.busy || !app.online;

/** @param {RoomApp} app @param {import("../lib/schemas.js").AgendaItemView} item @param {number} at */
function columnItem(app, item, at) {
  const now = item.id === app.room.meeting.current_item_id;
  const still = now || app.room.meeting.status !== "in_session";
  return html`<li><button type="button" class="column-item ${now ? "now" : ""}" aria-current=${now ? "step" : nothing}
    ?disabled=${still || waits(app)} @click=${() => app.actions.moveTo(item.id)}><b class="num">${at + 1}</b><span>${item.title}</span></button></li>`;
}

/** @param {RoomApp} app */
function back(app) {
  const before = itemBefore(app.room);
  if (!before) return nothing;
  return html`<button type="button" class="btn plain tall icon-only" ?disabled=${waits(app)}
    aria-label=${t("room.previous_item", { number: before.number, title: before.item.title })}
    @click=${() => app.actions.moveTo(before.item.id)}>${icon("chevron-left")}</button>`;
}
