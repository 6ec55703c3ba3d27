/** The strip of whoever runs the meeting: back, on, time, the presentation, one obvious next step. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { endedVoteStrip, openVoteStrip, votePrimary } from "../voting/chair_strip_vote.js";
import { countdown } from "../live/clock.js";
import { openPresenterSheet } from "../presentation/presenter_sheet.js";
import { rollIsOpen } from "../attendance/roll_model.js";
import { openRunSheet } from "./run_sheet.js";
import { itemAfter, itemBefore, nextStep, secondsLeft, underWay } from "../live/view_model.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function chairStrip(app) {
  const vote = voteNow(app);
  const starts = nextStep(app.room, app.chairing.chosen)?.step === "start_vote";
  return html`<section class="strip ${vote ? "voting" : ""} ${starts ? "starting" : ""}" ?inert=${app.behind} aria-label=${t("room.running")}>
    ${vote ?? agendaButtons(app)}
    ${rollIsOpen(app.room) ? html`<button type="button" class="btn plain tall icon-only" aria-haspopup="dialog" aria-label=${t("room.more")} ?disabled=${waits(app)} @click=${() => openRunSheet(app)}>${icon("ellipsis")}</button>` : nothing}
    ${primary(app)}
  </section>`;
}

/** @param {RoomApp} app While a vote is open, or its result waits, it takes the place of the agenda's buttons. */
function voteNow(app) {
  const next = nextStep(app.room, app.chairing.chosen);
  if (next?.step === "end_vote") return openVoteStrip(app, next.poll);
  if (next?.step === "announce_vote" || next?.step === "rule_vote") return endedVoteStrip(app, next.poll);
  return null;
}

/** @param {RoomApp} app */
function agendaButtons(app) {
  const before = itemBefore(app.room);
  const going = underWay(app.room);
  return html`${going ? html`<button type="button" class="btn plain tall icon-only" ?disabled=${!before || waits(app)}
      aria-label=${before ? t("room.previous_item", { number: before.number, title: before.item.title }) : t("room.no_previous_item")}
      @click=${() => before && app.actions.moveTo(before.item.id)}>${icon("chevron-left")}</button>` : nothing}
    ${going ? nextItem(app) : nothing}
    <span class="strip-space"></span>
    ${timer(app)}
    ${going ? html`<button type="button" class="btn plain tall hand-button" aria-haspopup="dialog" ?disabled=${waits(app)} @click=${() => openPresenterSheet(app)}>
      ${icon("monitor")}<span class="wide">${t("room.presentation_right")}</span><span class="for-reader narrow">${t("room.presentation_right")}</span></button>` : nothing}`;
}

/** @param {RoomApp} app */
const waits = (app) => app.actions.busy || !app.online;

/** @param {RoomApp} app */
export function nextItem(app) {
  const after = itemAfter(app.room);
  if (!after || app.room.meeting.status !== "in_session") return nothing;
  const words = t("room.item_titled", { number: after.number, title: after.item.title });
  // Where a vote waits to be begun or announced, that is the obvious step, and not this one.
  const tone = nextStep(app.room, app.chairing.chosen)?.step === "move" ? "ink" : "plain";
  return html`<button type="button" class="btn ${tone} tall next-item" title=${words} ?disabled=${waits(app)} @click=${() => app.actions.moveTo(after.item.id)}>
    <span class="cut">${t("room.item", { number: after.number })}<span class="wide">: ${after.item.title}</span></span>${icon("chevron-right")}</button>`;
}

/** @param {RoomApp} app */
export function timer(app) {
  const left = secondsLeft(app.room, app.hall.now());
  if (left === null) return nothing;
  const said = t(left < 0 ? "room.timer_over" : "room.timer_left", { time: countdown(left) });
  return html`<span class="strip-timer num ${left < 0 ? "late" : ""}" role="timer" aria-label=${said}>${icon("clock")}${left < 0 ? "+" : ""}${countdown(left)}</span>`;
}

/** @param {RoomApp} app The step that changes the meeting for everybody; going on to the next item has its own button. */
export function primary(app) {
  const next = nextStep(app.room, app.chairing.chosen);
  if (!next || next.step === "move") return nothing;
  if ("poll" in next || "polls" in next) return votePrimary(app, next);
  const steps = { open: () => app.actions.open(), resume: () => app.actions.resume(), close: () => app.actions.close() };
  return html`<button type="button" class="btn room tall primary" ?disabled=${waits(app)} @click=${() => void steps[next.step]()}>${t(`room.${next.step}`)}</button>`;
}
