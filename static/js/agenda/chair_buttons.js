/** The agenda's buttons of the chair or secretary: previous, next, time, and the step that changes the meeting's status. */
import { html, nothing } from "lit-html";
import { countdown } from "../lib/format.js";
import { agendaStep, itemAfter, itemBefore, secondsLeft } from "../live/view_model.js";
import { underWay } from "../live/meeting_state.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";

/** @typedef {import("./feature.js").AgendaContext} AgendaContext */

/** @param {AgendaContext} context Before the first item it is shown disabled in the bar. */
export function previousItem(context) {
  if (!underWay(context.room)) return nothing;
  const before = itemBefore(context.room);
  return html`<button type="button" class="btn plain tall icon-only" ?disabled=${!before || context.waits}
      aria-label=${before ? t("room.previous_item", { number: before.number, title: before.item.title }) : t("room.no_previous_item")}
      @click=${() => before && context.actions.moveTo(before.item.id)}>${icon("chevron-left")}</button>`;
}

/** @param {AgendaContext} context */
export function nextItem(context) {
  const after = itemAfter(context.room);
  if (!after || context.room.meeting.status !== "in_session") return nothing;
  const words = t("room.item_titled", { number: after.number, title: after.item.title });
  // While a vote waits to be opened or announced, that is the primary step.
  const tone = context.chairStep()?.step === "move" ? "ink" : "plain";
  return html`<button type="button" class="btn ${tone} tall next-item" title=${words} ?disabled=${context.waits} @click=${() => context.actions.moveTo(after.item.id)}>
    <span class="cut">${t("room.item", { number: after.number })}<span class="wide">: ${after.item.title}</span></span>${icon("chevron-right")}</button>`;
}

/** @param {AgendaContext} context */
export function timer(context) {
  const left = secondsLeft(context.room, context.serverClock.now());
  if (left === null) return nothing;
  const said = t(left < 0 ? "room.timer_over" : "room.timer_left", { time: countdown(left) });
  return html`<span class="strip-timer num ${left < 0 ? "late" : ""}" role="timer" aria-label=${said}>${icon("clock")}${left < 0 ? "+" : ""}${countdown(left)}</span>`;
}

/**
 * @param {AgendaContext} context The step that changes the meeting's status; the next item has its own button.
 * @returns {import("../room/feature.js").ChairStep|null}
 */
export function meetingStep(context) {
  const next = agendaStep(context.room);
  if (!next || next.step === "move") return next;
  const { step } = next;
  return {
    ...next,
    button: () => html`<button type="button" class="btn room tall primary" ?disabled=${context.waits} @click=${() => void context.actions[step]()}>${t(`room.${step}`)}</button>`,
  };
}
