/** The agenda and running the meeting: items, status, times. */
import { html, nothing } from "lit-html";
import { secondsLeft } from "../live/view_model.js";
import { extended } from "../lib/extended.js";
import { t } from "../lib/words.js";
import { AgendaController } from "./agenda_controller.js";
import { agendaList } from "./agenda_list.js";
import { agendaReducers } from "./agenda_state.js";
import { meetingStep, nextItem, previousItem, timer } from "./chair_buttons.js";
import { columnPart, prepareLink } from "./column_part.js";
import { itemSheet } from "./item_sheet.js";
import { MeetingActions } from "./meeting_actions.js";
import { overBar, pausedBar } from "./meeting_bars.js";
import { itemsPart, meetingPart } from "./run_sheet_parts.js";
import { itemsLeft } from "./unfinished.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"room"|"online"|"waits"|"serverClock"|"requests"|"drawer"|"redraw"
 *   |"announce"|"parts"|"chairStep"|"mustEndFirst"|"reading">} AgendaNeeds
 * @typedef {AgendaNeeds & {agenda: AgendaController, actions: MeetingActions}} AgendaContext
 */

/** @type {import("../room/feature.js").Feature} */
export const agenda = {
  name: "agenda",
  reducers: agendaReducers,
  /** @param {AgendaNeeds} context */
  create(context) {
    const controller = new AgendaController(context);
    /** @type {AgendaContext} */
    const own = extended(context, { agenda: controller, actions: new MeetingActions(context) });
    return {
      onRoomEvents: (room, _why, events) => controller.announce(room, events),
      chairStep: () => meetingStep(own),
      regions: regionsOf(own),
    };
  },
};

/** @param {AgendaContext} context @returns {import("../room/feature.js").Regions} */
function regionsOf(context) {
  return {
    times: [{ at: 10, view: () => times(context) }],
    drawer: [{ at: 10, view: () => agendaList(context) }],
    stateBars: [
      { at: 60, view: () => pausedBar(context) },
      { at: 70, view: () => overBar(context) },
    ],
    emptyPage: [{ at: 10, view: () => itemSheet(context) }],
    chairBar: [
      { at: 10, view: () => previousItem(context) },
      { at: 20, view: () => nextItem(context) },
      { at: 30, view: () => html`<span class="strip-space"></span>${timer(context)}` },
    ],
    sideColumn: [
      { at: 10, view: () => columnPart(context) },
      { at: 70, view: () => prepareLink(context) },
    ],
    runSheet: [
      { at: 50, view: (close) => itemsPart(context, close) },
      { at: 70, view: (close) => meetingPart(context, close) },
    ],
    unfinished: [{ at: 20, view: () => ({ words: "room.unfinished_items", titles: itemsLeft(context.room) }) }],
  };
}

/** @param {AgendaContext} context The time left for the item, and the server time. */
function times(context) {
  return html`${timeLeft(context)}<time class="top-clock num">${context.serverClock.wall()}</time>`;
}

/** @param {AgendaContext} context */
function timeLeft(context) {
  const left = secondsLeft(context.room, context.serverClock.now());
  if (left === null) return nothing;
  const minutes = Math.max(1, Math.round(Math.abs(left) / 60));
  const words = left < 0 ? t("room.time_over", { minutes }) : t("room.time_left", { minutes });
  return html`<span class="top-left num ${left < 0 ? "late" : ""}">${words}</span>`;
}
