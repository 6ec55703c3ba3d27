/** The presentation: its presenter, how the room follows, and the transfer to another person. */
import { html, nothing } from "lit-html";
import { placeOf, presentationReducers } from "../live/presentation.js";
import { underWay } from "../live/meeting_state.js";
import { extended } from "../lib/extended.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { holderInWords, peopleSummary } from "./people_counts.js";
import { presenterBar } from "./presenter_bar.js";
import { openPresenterSheet } from "./presenter_sheet.js";
import { PresenterWatch } from "./presenter_watch.js";
import { Presenting } from "./presenting.js";
import { followingState, presentationState } from "./state_chips.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"room"|"online"|"waits"|"requests"|"redraw"|"announce"
 *   |"keepDrawn"|"parts"|"reading">} PresentationNeeds
 * @typedef {PresentationNeeds & {presenting: Presenting, watch: PresenterWatch}} PresentationContext
 */

/** @type {import("../room/feature.js").Feature} */
export const presentation = {
  name: "presentation",
  reducers: presentationReducers,
  /** @param {PresentationNeeds} context */
  create(context) {
    const presenting = new Presenting(context);
    /** @type {PresentationContext} */
    const own = extended(context, { presenting, watch: new PresenterWatch(context.announce) });
    return {
      onRoomEvents: (room, _why, events) => presenting.announce(room, events),
      onLive: (room) => {
        const live = placeOf(room.live);
        if (live && context.reading.follow.mode === "following") context.announce(t("room.page", { page: live.page }));
      },
      regions: regionsOf(own),
    };
  },
};

/** @param {PresentationContext} context @returns {import("../room/feature.js").Regions} */
function regionsOf(context) {
  return {
    topBar: [
      { at: 10, view: () => presentationState(context) },
      { at: 20, view: () => followingState(context) },
    ],
    stateBars: [{ at: 30, view: () => presenterBar(context) }],
    chairBar: [{ at: 40, view: () => transferButton(context) }],
    runSheet: [{ at: 40, view: () => whileUnderWay(context, () => html`<p>${holderInWords(context.room)}</p>${peopleSummary(context.room)}`) }],
    sideColumn: [
      { at: 50, view: () => whileUnderWay(context, () => columnPart(context)) },
      { at: 60, view: () => whileUnderWay(context, () => html`<section><h2>${t("room.people")}</h2>${peopleSummary(context.room)}</section>`) },
    ],
  };
}

/** @param {PresentationContext} context @param {() => unknown} view */
const whileUnderWay = (context, view) => (underWay(context.room) ? view() : nothing);

/** @param {PresentationContext} context */
function transferButton(context) {
  return whileUnderWay(context, () => html`<button type="button" class="btn plain tall hand-button" aria-haspopup="dialog" ?disabled=${context.waits} @click=${() => openPresenterSheet(context)}>
      ${icon("monitor")}<span class="wide">${t("room.presentation_right")}</span><span class="for-reader narrow">${t("room.presentation_right")}</span></button>`);
}

/** @param {PresentationContext} context */
function columnPart(context) {
  return html`<section><h2>${t("room.presentation")}</h2>
      <p>${holderInWords(context.room)}</p>
      <button type="button" class="btn plain wide" ?disabled=${context.waits} @click=${() => openPresenterSheet(context)}>${icon("monitor")}${t("room.presentation_right")}</button></section>`;
}
