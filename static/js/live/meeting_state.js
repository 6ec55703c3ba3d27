/** What stage the meeting is in, and what this person does in it. Pure. */
import { holdsPresentation } from "./presentation.js";

/** @typedef {import("./room_state.js").Room} Room */

/** @param {Room} room whether the sitting is going on (a pause included) */
export const underWay = (room) => ["in_session", "paused"].includes(room.meeting.status);

/** @param {Room} room */
export const isOver = (room) => ["closed", "archived"].includes(room.meeting.status);

/** @param {Room} room whether this person runs the meeting */
export const runsMeeting = (room) => ["chair", "secretary"].includes(room.me.role);

/** @param {Room} room whether this person's turns move the room now */
export const presentsNow = (room) => underWay(room) && holdsPresentation(room);
