/** Documents and reading: the page view, its paging row, and the bars that show the reading position. */
import { html } from "lit-html";
import { documentReducers, withProgress } from "../live/documents.js";
import { stateOf } from "../live/view_model.js";
import { extended } from "../lib/extended.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { documentLine, documentRow } from "./document_line.js";
import { pagingBar } from "./page_footer.js";
import { pageShortcuts } from "./page_keys.js";
import { pageLine } from "./page_line.js";
import { PageLink } from "./page_link.js";
import { offerBar, previewBar, renewedBar, returnBar } from "./reading_bars.js";
import { ReadingController } from "./reading_controller.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"room"|"online"|"behind"|"covered"|"memory"
 *   |"tabMemory"|"drawer"|"redraw"|"redrawNow"|"announce"|"find"|"parts">
 *   & import("../room/feature.js").ConnectionOf<"room"|"connected"|"ask"|"ownTurn">} ReadingNeeds
 * @typedef {ReadingNeeds & {reading: ReadingController}} ReadingContext
 * @typedef {Pick<ReadingController, "shown"|"follow"|"past"|"viewer"|"open"|"openApart"|"openVersion"|"leavePast"|"goTo"|"preview"|"onPage">} ReadingInterface
 */

/** @type {import("../room/feature.js").Feature} */
export const reading = {
  name: "reading",
  reducers: documentReducers,
  liveReducers: { "room.progress": withProgress },
  /** @param {ReadingNeeds} context */
  create(context) {
    const controller = new ReadingController(context);
    /** @type {ReadingContext} */
    const own = extended(context, { reading: controller });
    const link = new PageLink(own);
    return {
      provides: { reading: controller },
      pageDrawn: async () => void (controller.shown && (await controller.viewer.drawn)),
      onRoomEvents: (room, _why, events) => {
        controller.forgetRemoved(events);
        controller.model.roomChanged(room);
        controller.news.roomChanged(room, events);
        link.follow();
      },
      onJoined: (room) => controller.model.joined(room),
      onLive: (room) => controller.model.liveMoved(room),
      onConnectionChanged: (online) => {
        if (!online) controller.model.dropped();
      },
      shortcuts: pageShortcuts(controller),
      leave: async (why) => {
        if (why !== "signed_out") controller.viewer.clear();
        if (why !== "refused") await (await controller.store).erase();
      },
      regions: regionsOf(own),
    };
  },
};

/** @param {ReadingContext} context @returns {import("../room/feature.js").Regions} */
function regionsOf(context) {
  return {
    stateBars: [
      { at: 20, view: () => previewBar(context) },
      { at: 40, view: () => returnBar(context) },
      { at: 50, view: () => renewedBar(context) },
      { at: 80, view: () => offerBar(context) },
    ],
    page: [
      { at: 10, view: () => pageLine(context) },
      { at: 20, view: () => viewportElement(context) },
    ],
    pageFooter: [{ at: 30, view: () => pagingBar(context) }],
    documentLine: [{ at: 10, view: (document) => documentLine(context, document) }],
    documentRow: [{ at: 10, view: (document) => documentRow(context, document) }],
  };
}

/** @param {ReadingContext} context */
function viewportElement(context) {
  const { reading: controller, room, online } = context;
  const state = stateOf({ room, follow: controller.follow, online })?.key ?? "";
  const edge = state === "room.presenting" ? "presenting" : state === "room.previewing" ? "previewing" : "";
  return html`<main class="desk ${edge}" id="main" ?inert=${context.behind || context.covered} aria-label=${t("room.desk")}>${controller.shown ? html`${turnHint(controller)}${controller.viewer.element}` : context.parts("emptyPage")}</main>`;
}

/** @param {ReadingController} reading The hint below a landscape page on a device in portrait orientation. */
function turnHint({ viewer }) {
  return viewer.viewport.isLargerTurned ? html`<p class="turn-hint">${icon("rotate-cw-square", "small")}${t("room.turn_to_read")}</p>` : "";
}
