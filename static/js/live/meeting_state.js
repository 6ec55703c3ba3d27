/** The state of the meeting, and this person's part in it. Pure. */
import { holdsPresentation } from "./presentation.js";

/** @typedef {import("./room_state.js").Room} Room */

/** @param {Room} room whether the meeting is in session (pauses included) */
export const underWay = (room) => ["in_session", "paused"].includes(room.meeting.status);

/** @param {Room} room */
export const isOver = (room) => ["closed", "archived"].includes(room.meeting.status);

/** @param {Room} room whether this person runs the meeting */
export const runsMeeting = (room) => ["chair", "secretary"].includes(room.me.role);

/** @param {Room} room whether this person's page turns move the room now */
export const presentsNow = (room) => underWay(room) && holdsPresentation(room);
