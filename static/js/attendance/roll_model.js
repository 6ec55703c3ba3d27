/** The view model of the roll call: who confirms, who may call the roll, who is listed. Pure. */
import { canBeRun } from "../live/view_model.js";
import { isHere, quorumOf, rollCounts } from "../live/quorum.js";
import { byGivenName, isoDay, matches } from "../lib/format.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */

/** How long after the meeting's start time an arrival still counts as on time. */
const GRACE_MS = 5 * 60_000;

/** Whether the roll can be called. */
export const rollIsOpen = canBeRun;

/** @param {Room} room @returns {Participant|undefined} */
export const myPlace = (room) => room.meeting.participants.find((one) => one.user_id === room.me.user_id);

/**
 * Whether this person is asked to confirm presence. People who read the documents at home the day
 * before are not asked: that would record people who are not present.
 * @param {Room} room @param {number} nowMs server time
 */
export function isAskedToConfirm(room, nowMs) {
  const mine = myPlace(room);
  if (!mine || !rollIsOpen(room) || isHere(mine.attendance)) return false;
  if (room.me.role !== "member" && !room.me.entitled_to_vote) return false;
  return room.meeting.status !== "published" || isoDay(nowMs) >= isoDay(room.meeting.starts_at);
}

/** @param {Room} room @returns {Participant[]} the people whom the quorum counts */
export const votersOf = (room) => room.meeting.participants.filter((one) => one.entitled_to_vote);

/**
 * The roster in its two parts, each sorted by given name.
 * @param {Room} room @param {{query: string, only: Set<string>|null}} wanted `only`: these people
 * @returns {{key: "voters"|"others", people: Participant[]}[]} without empty parts
 */
export function rosterOf(room, { query, only }) {
  const listed = room.meeting.participants
    .filter((one) => (!only || only.has(one.user_id)) && (!query || matches(one.display_name, query)))
    .sort((a, b) => byGivenName(a.display_name, b.display_name));
  /** @type {{key: "voters"|"others", people: Participant[]}[]} */
  const parts = [
    { key: "voters", people: listed.filter((one) => one.entitled_to_vote) },
    { key: "others", people: listed.filter((one) => !one.entitled_to_vote) },
  ];
  return parts.filter((part) => part.people.length > 0);
}

/**
 * Counts of the roll, for all views that show them; `said`: people whom the quorum counts, by attendance status;
 * `here`: those of them without a status who have a connection; `others`: other people without a status.
 * @param {Room} room
 * @returns {{quorum: import("../live/quorum.js").Quorum, said: Record<import("../live/quorum.js").Said|"unsaid", number>, here: number, others: number}}
 */
export function rollNumbersOf(room) {
  const voters = votersOf(room);
  const said = rollCounts(voters);
  const online = new Set(room.presence?.online_ids ?? []);
  return {
    quorum: quorumOf(room.meeting.quorum_rule, room.meeting.participants),
    said,
    here: voters.filter((one) => one.attendance === null && online.has(one.user_id)).length,
    others: unsaidIds(room).length - said.unsaid,
  };
}

/** @param {Room} room @returns {string[]} ids of people without an attendance status */
export const unsaidIds = (room) =>
  room.meeting.participants.filter((one) => one.attendance === null).map((one) => one.user_id);

/** @param {Room} room @returns {string[]} ids of people without an attendance status who have a connection to the room */
export function onlineUnsaidIds(room) {
  const online = new Set(room.presence?.online_ids ?? []);
  return unsaidIds(room).filter((id) => online.has(id));
}

/**
 * Whether a person confirmed presence only after the meeting's start time. Shown to the person who calls
 * the roll, who alone records "late".
 * @param {Room} room @param {{user_id: string, status: string|null, at: string|null, by: string|null}|undefined} line
 */
export function cameAfterTheHour(room, line) {
  if (line?.status !== "present" || line.by !== line.user_id || !line.at) return false;
  return Date.parse(line.at) > Date.parse(room.meeting.starts_at) + GRACE_MS;
}
