/** The whole screen of the room, from top to foot. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/icon.js";
import { textScale } from "../lib/theme.js";
import { t } from "../lib/words.js";
import { notesLine } from "../ink/notes_line.js";
import { traySide } from "../ink/tray_side.js";
import { trayOffered, trayView } from "../ink/tray_view.js";
import { notesPanel } from "../notes/meeting_panel.js";
import { awayLine } from "../offline/away_line.js";
import { chairStrip } from "./chair_strip.js";
import { drawer } from "./drawer.js";
import { footBar } from "../reading/foot_bar.js";
import { itemSheet } from "../agenda/item_sheet.js";
import { attendBar } from "../attendance/own_attendance.js";
import { pageLine } from "../reading/page_line.js";
import { secretaryColumn } from "./secretary_column.js";
import { stateBar } from "./state_bar.js";
import { topBar } from "./top_bar.js";
import { voteLayer } from "../voting/vote_layer.js";
import { isOver, runsMeeting } from "../live/view_model.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

const COLUMN_FROM_PX = 1200;
/** How high and wide is what stands round the page, as the style sheets have it. */
const STRIP_PX = 80;
const LOW_STRIP_PX = 64;
const LOW_PX = 520;
const DRAWER_PX = 320;
const COLUMN_PX = 340;
const PANEL_PX = 380;
const TRAY_PX = 94;
/** The foot has room for all its words from here on. */
const ROOMY_PX = 880;
/** The bars have room for their words from here on, in letters of the usual size. */
const WORDS_PX = 720;

/** Whether large letters make this screen as narrow as a phone's. */
function isCramped() {
  const scale = textScale();
  return scale > 1 && window.innerWidth / scale < WORDS_PX;
}

/** @param {RoomApp} app @param {boolean} column whether what stands beside the page leaves its foot short of room */
function isTight(app, column) {
  const tray = trayOffered(app) && app.ink.tray.open && traySide() === "side";
  const right = app.notes.open && !app.drawerCovers ? PANEL_PX : column ? COLUMN_PX : 0;
  const beside = (app.ui.drawer && !app.drawerCovers ? DRAWER_PX : 0) + right + (tray ? TRAY_PX : 0);
  return beside > 0 && window.innerWidth - beside < ROOMY_PX * textScale();
}

/** @param {RoomApp} app Below a page that lies across an upright tablet. */
function turnHint(app) {
  return app.viewer.viewport.isLargerTurned ? html`<p class="turn-hint">${icon("rotate-cw-square", "small")}${t("room.turn_to_read")}</p>` : nothing;
}

/** @param {RoomApp} app */
export function screen(app) {
  const column = app.room.me.role === "secretary" && window.innerWidth >= COLUMN_FROM_PX;
  const strip = runsMeeting(app.room) && !column && !isOver(app.room);
  const state = app.state?.key ?? "";
  const edge = state === "room.presenting" ? "presenting" : state === "room.previewing" ? "previewing" : "";
  return html`<div class="room-grid ${app.ui.drawer ? "with-drawer" : ""} ${column ? "with-column" : ""} ${app.notes.open ? "with-notes" : ""} ${isTight(app, column) ? "tight" : ""} ${isCramped() ? "cramped" : ""}">
    ${topBar(app)}
    ${drawer(app)}
    ${awayLine(app)}
    ${stateBar(app)}
    ${pageLine(app)}
    <main class="desk ${edge}" id="main" ?inert=${app.behind || app.voting.covers} aria-label=${t("room.desk")}>${app.shown ? html`${turnHint(app)}${app.viewer.element}` : itemSheet(app)}</main>
    ${voteLayer(app)}
    ${attendBar(app)}
    ${notesLine(app)}
    ${footBar(app)}
    ${trayView(app, !strip ? 0 : window.innerHeight <= LOW_PX ? LOW_STRIP_PX : STRIP_PX)}
    ${strip ? chairStrip(app) : nothing}
    ${column ? secretaryColumn(app) : nothing}
    ${notesPanel(app)}
  </div>`;
}
