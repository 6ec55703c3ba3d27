/** Audiences of annotations: the allowed ones, and their label, tone and icon. */
import { isOver } from "../../live/meeting_state.js";
import { writesForRoom } from "../../live/writing.js";
import { t } from "../../lib/words.js";

/** @typedef {import("../../lib/schemas.js").Audience} Audience */
/** @typedef {{audience: Audience, user_id: string|null, name: string|null}} Reach name: of the recipient */
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

/** @param {Audience} audience @returns {import("../toolbar/toolbar_model.js").Palette} */
export const paletteOf = (audience) => (audience === "private" ? "private" : "shared");

/** Guests cannot share annotations, and nobody can after the end of the meeting. @param {Room} room */
const shares = (room) => ["chair", "secretary", "member"].includes(room.me.role) && !isOver(room);

/** @param {Room} room @returns {Audience[]} the audiences that this person may write for now */
export function audiencesFor(room) {
  if (!shares(room)) return ["private"];
  return writesForRoom(room, room.me.user_id) ? ["private", "meeting", "person"] : ["private", "person"];
}

/** @param {Room} room @returns {Audience[]} audiences whose annotations this person can withdraw or delete; no write permission needed */
export const withdrawableFrom = (room) => (shares(room) ? ["private", "meeting", "person"] : ["private"]);

/** @param {Room} room @returns {"muted"|"writing_off"|null} why a member may not write for the room; null: allowed, or never possible */
export function whyNotForRoom(room) {
  if (!shares(room) || writesForRoom(room, room.me.user_id)) return null;
  return room.meeting.member_writing ? "muted" : "writing_off";
}

/** @param {Reach} reach @param {Room} room @returns {Reach} the reach if it is still allowed, otherwise private */
export function validReach(reach, room) {
  if (!audiencesFor(room).includes(reach.audience)) return PRIVATE;
  const there = reach.audience !== "person" || room.meeting.participants.some((one) => one.user_id === reach.user_id);
  return there ? reach : PRIVATE;
}

/**
 * The possible recipients of an annotation on a document.
 * @param {Room} room @param {{open_to_guests: boolean}} paper
 * @returns {import("../../lib/schemas.js").ParticipantView[]} the participants who can read the document, except this person
 */
export const recipients = (room, paper) =>
  room.meeting.participants.filter((one) => one.user_id !== room.me.user_id && (one.role !== "guest" || paper.open_to_guests));
