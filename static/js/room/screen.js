/** The whole screen of the room, from top to footer: its regions, and how much space each takes. */
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
/** How high and wide is what stands round the page, as the style sheets have it. */
const CHAIR_BAR_PX = 80;
const LOW_CHAIR_BAR_PX = 64;
const LOW_PX = 520;
const DRAWER_PX = 320;
const COLUMN_PX = 340;
/** The foot has room for all its words from here on. */
const ROOMY_PX = 880;
/** The bars have room for their words from here on, in letters of the usual size. */
const WORDS_PX = 720;

/** @param {Room} room the secretary's working column, on a wide screen */
const hasColumn = (room) => room.me.role === "secretary" && window.innerWidth >= COLUMN_FROM_PX;

/** @param {Room} room */
const hasChairBar = (room) => runsMeeting(room) && !hasColumn(room) && !isOver(room);

/** @param {Room|null} room @returns {number} CSS pixels */
export function chairBarHeight(room) {
  if (!room || !hasChairBar(room)) return 0;
  return window.innerHeight <= LOW_PX ? LOW_CHAIR_BAR_PX : CHAIR_BAR_PX;
}

/** Whether large letters make this screen as narrow as a phone's. */
function isCramped() {
  const scale = textScale();
  return scale > 1 && window.innerWidth / scale < WORDS_PX;
}

/** @param {RoomApp} app Whether what stands beside the page leaves its foot short of room. */
function isTight({ context, instances }) {
  const { open, covers } = context.drawer;
  const all = instances.map((one) => one.width?.() ?? {});
  const panel = covers ? 0 : Math.max(0, ...all.map((one) => one.panel ?? 0));
  const tools = all.reduce((sum, one) => sum + (one.tools ?? 0), 0);
  const right = panel || (hasColumn(context.room) ? COLUMN_PX : 0);
  const beside = (open && !covers ? DRAWER_PX : 0) + right + tools;
  return beside > 0 && window.innerWidth - beside < ROOMY_PX * textScale();
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
