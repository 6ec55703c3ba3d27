/** The screen of the room: its regions from top to footer, and the space that each takes. */
import { html, nothing } from "lit-html";
import { textScale } from "../lib/ui/theme.js";
import { t } from "../lib/words.js";
import { isOver, runsMeeting } from "../live/meeting_state.js";
import { chairBar } from "./chair_bar.js";
import { drawer } from "./drawer.js";
import { topBar } from "./top_bar.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */
/** @typedef {import("../live/room_state.js").Room} Room */

const COLUMN_FROM_PX = 1200;
/** Sizes of the elements around the page, as in the style sheets. */
const CHAIR_BAR_PX = 80;
const LOW_CHAIR_BAR_PX = 64;
const LOW_PX = 520;
const DRAWER_PX = 320;
const COLUMN_PX = 340;
/** From this width on, the page footer shows all its labels. */
const FOOTER_LABELS_PX = 880;
/** From this width on, at the default font size, the bars show their labels. */
const BAR_LABELS_PX = 720;

/** @param {Room} room whether the secretary's side column is shown: on wide screens */
const hasColumn = (room) => room.me.role === "secretary" && window.innerWidth >= COLUMN_FROM_PX;

/** @param {Room} room */
const hasChairBar = (room) => runsMeeting(room) && !hasColumn(room) && !isOver(room);

/** @param {Room|null} room @returns {number} CSS pixels */
export function chairBarHeight(room) {
  if (!room || !hasChairBar(room)) return 0;
  return window.innerHeight <= LOW_PX ? LOW_CHAIR_BAR_PX : CHAIR_BAR_PX;
}

/** Whether a large font size leaves as little space as on a phone. */
function isCramped() {
  const scale = textScale();
  return scale > 1 && window.innerWidth / scale < BAR_LABELS_PX;
}

/** @param {RoomApp} app Whether the elements beside the page leave its footer too narrow. */
function isTight({ context, instances }) {
  const { open, covers } = context.drawer;
  const all = instances.map((one) => one.width?.() ?? {});
  const panel = covers ? 0 : Math.max(0, ...all.map((one) => one.panel ?? 0));
  const tools = all.reduce((sum, one) => sum + (one.tools ?? 0), 0);
  const right = panel || (hasColumn(context.room) ? COLUMN_PX : 0);
  const beside = (open && !covers ? DRAWER_PX : 0) + right + tools;
  return beside > 0 && window.innerWidth - beside < FOOTER_LABELS_PX * textScale();
}

/** @param {RoomApp} app */
const classNames = ({ instances }) => instances.map((one) => one.className?.() ?? "").join(" ");

/** @param {RoomApp} app */
export function screen(app) {
  const { context } = app;
  const { parts, room } = context;
  const column = hasColumn(room);
  return html`<div class="room-grid ${context.drawer.open ? "with-drawer" : ""} ${column ? "with-column" : ""} ${classNames(app)} ${isTight(app) ? "tight" : ""} ${isCramped() ? "cramped" : ""}">
    ${topBar(context)}
    ${drawer(app)}
    ${parts("stateLines")}
    ${app.regions.first("stateBars")}
    ${parts("page")}
    ${parts("overlay")}
    ${parts("pageFooter")}
    ${hasChairBar(room) ? chairBar(context) : nothing}
    ${column ? html`<aside class="column" aria-label=${t("room.working_column")}>${parts("sideColumn")}</aside>` : nothing}
    ${parts("sidePanel")}
  </div>`;
}
