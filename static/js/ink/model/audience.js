/** Who will see what is written: in words, a tone and an icon, so that nobody is ever in doubt. */
import { isOver } from "../../live/meeting_state.js";
import { writesForRoom } from "../../live/writing.js";
import { t } from "../../lib/words.js";

/** @typedef {import("../../lib/schemas.js").Audience} Audience */
/** @typedef {{audience: Audience, user_id: string|null, name: string|null}} Reach name: of the one person */
/** @typedef {import("../../live/room_state.js").Room} Room */

/** @type {Reach} */
export const PRIVATE = { audience: "private", user_id: null, name: null };
/** @type {Reach} */
export const MEETING = { audience: "meeting", user_id: null, name: null };

const ICONS = { private: "lock", meeting: "users", person: "user-round" };

/** @param {Audience} audience */
export const iconOf = (audience) => ICONS[audience];

/** @param {Audience} audience */
export const toneOf = (audience) => (audience === "private" ? "amber" : "lacquer");

/** @param {{audience: Audience, name?: string|null}} reach */
export const wordsOf = ({ audience, name }) => t(`ink.audience_${audience}`, { name: name ?? "" });

/** @param {Audience} audience whose eyes a colour is chosen for @returns {import("../toolbar/toolbar_model.js").Palette} */
export const paletteOf = (audience) => (audience === "private" ? "private" : "shared");

/** Guests write for themselves; once the meeting is over, so does everybody. @param {Room} room */
const shares = (room) => ["chair", "secretary", "member"].includes(room.me.role) && !isOver(room);

/** @param {Room} room @returns {Audience[]} for whom this person may write now */
export function audiencesFor(room) {
  if (!shares(room)) return ["private"];
  return writesForRoom(room, room.me.user_id) ? ["private", "meeting", "person"] : ["private", "person"];
}

/** @param {Room} room @returns {Audience[]} what this person showed to these can be withdrawn and deleted, also while no more may be written for them */
export const withdrawableFrom = (room) => (shares(room) ? ["private", "meeting", "person"] : ["private"]);

/** @param {Room} room @returns {"muted"|"writing_off"|null} why a member may not write for the room; null: may, or never could */
export function whyNotForRoom(room) {
  if (!shares(room) || writesForRoom(room, room.me.user_id)) return null;
  return room.meeting.member_writing ? "muted" : "writing_off";
}

/** @param {Reach} reach @param {Room} room @returns {Reach} what of it still holds: roles change, meetings end, people leave */
export function validReach(reach, room) {
  if (!audiencesFor(room).includes(reach.audience)) return PRIVATE;
  const there = reach.audience !== "person" || room.meeting.participants.some((one) => one.user_id === reach.user_id);
  return there ? reach : PRIVATE;
}

/**
 * To whom something on a paper can be sent.
 * @param {Room} room @param {{open_to_guests: boolean}} paper
 * @returns {import("../../lib/schemas.js").ParticipantView[]} who can read it, without oneself
 */
export const recipients = (room, paper) =>
  room.meeting.participants.filter((one) => one.user_id !== room.me.user_id && (one.role !== "guest" || paper.open_to_guests));
