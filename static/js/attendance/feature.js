/** The roll call: this person's confirmation, the roll of the chair or secretary, and the quorum in words. */
import { html, nothing } from "lit-html";
import { boot } from "../lib/boot.js";
import { extended } from "../lib/extended.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { attendanceReducers } from "./attendance_state.js";
import { attendBar, OwnAttendance } from "./own_attendance.js";
import { quorumLine, rollNumbers } from "./quorum_line.js";
import { RollCall } from "./roll_call.js";
import { rollIsOpen, rollNumbersOf } from "./roll_model.js";
import { openRollSheet } from "./roll_sheet.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"room"|"online"|"behind"|"serverClock"|"tabMemory"|"afterDraw"
 *   |"redraw"|"announce"|"parts">} AttendanceNeeds
 * @typedef {AttendanceNeeds & {own: OwnAttendance, roll: RollCall}} AttendanceContext
 */

/** @type {import("../room/feature.js").Feature} */
export const attendance = {
  name: "attendance",
  reducers: attendanceReducers,
  /** @param {AttendanceNeeds} context */
  create(context) {
    const { meetingId, tabMemory: memory, redraw: changed, announce: say } = context;
    const roll = new RollCall({ meetingId, room: () => context.room, changed });
    const own = new OwnAttendance({ meetingId, me: boot.user?.id ?? "-", memory, changed, say });
    /** @type {AttendanceContext} */
    const parts = extended(context, { own, roll });
    return {
      onRoomEvents: (room, _why, events) => {
        own.roomChanged(room, events);
        roll.roomChanged(events);
      },
      onJoined: () => {
        void own.sendAttendance();
        roll.joined();
      },
      regions: {
        pageFooter: [{ at: 10, view: () => attendBar(parts) }],
        runSheet: [{ at: 10, view: (close) => runSheetPart(parts, close) }],
        sideColumn: [{ at: 30, view: () => columnPart(parts) }],
        openQuestion: [{ at: 10, view: () => quorumLine(context.room) }],
        peopleSheet: [{ at: 10, view: () => quorumLine(context.room) }],
        unfinished: [{ at: 30, view: () => notCalled(context.room) }],
      },
    };
  },
};

/** @param {AttendanceContext} context @param {() => void} close */
function runSheetPart(context, close) {
  return html`${quorumLine(context.room)}
      <button type="button" class="btn plain tall wide" @click=${() => { close(); openRollSheet(context); }}>${icon("users")}${t("roll.title")}</button>`;
}

/** @param {AttendanceContext} context After the meeting the roll is read-only. */
function columnPart(context) {
  const { room } = context;
  if (room.meeting.status === "draft") return nothing;
  return html`<section class="column-roll"><h2>${t("roll.title")}</h2>${quorumLine(room)}${rollNumbers(room)}
    <button type="button" class="btn plain wide" aria-haspopup="dialog" @click=${() => openRollSheet(context)}>${icon("users")}${t(rollIsOpen(room) ? "roll.open" : "roll.look")}</button></section>`;
}

/** @param {import("../live/room_state.js").Room} room Members without an attendance status when the meeting ends. */
function notCalled(room) {
  const { unsaid } = rollNumbersOf(room).said;
  return { count: "room.unfinished_roll", n: unsaid };
}
