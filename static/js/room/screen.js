/** The whole screen of the room, from top to foot. */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";
import { notesLine } from "../ink/notes_line.js";
import { trayView } from "../ink/tray_view.js";
import { notesPanel } from "../notes/meeting_panel.js";
import { chairStrip } from "./chair_strip.js";
import { drawer } from "./drawer.js";
import { footBar } from "./foot_bar.js";
import { itemSheet } from "./item_sheet.js";
import { attendBar } from "./own_attendance.js";
import { secretaryColumn } from "./secretary_column.js";
import { stateBar } from "./state_bar.js";
import { topBar } from "./top_bar.js";
import { voteLayer } from "../voting/vote_layer.js";
import { isOver, runsMeeting } from "./view_model.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

const COLUMN_FROM_PX = 1200;
/** How high the strip of whoever runs the meeting is. */
const STRIP_PX = 80;

/** @param {RoomApp} app */
export function screen(app) {
  const column = app.room.me.role === "secretary" && window.innerWidth >= COLUMN_FROM_PX;
  const strip = runsMeeting(app.room) && !column && !isOver(app.room);
  const state = app.state?.key ?? "";
  const edge = state === "room.presenting" ? "presenting" : state === "room.previewing" ? "previewing" : "";
  return html`<div class="room-grid ${app.ui.drawer ? "with-drawer" : ""} ${column ? "with-column" : ""} ${app.notes.open ? "with-notes" : ""}">
    ${topBar(app)}
    ${drawer(app)}
    ${stateBar(app)}
    <main class="desk ${edge}" id="main" ?inert=${app.behind || app.voting.covers} aria-label=${t("room.desk")}>${app.shown ? app.viewer.element : itemSheet(app)}</main>
    ${voteLayer(app)}
    ${attendBar(app)}
    ${notesLine(app)}
    ${footBar(app)}
    ${trayView(app, strip ? STRIP_PX : 0)}
    ${strip ? chairStrip(app) : nothing}
    ${column ? secretaryColumn(app) : nothing}
    ${notesPanel(app)}
  </div>`;
}
