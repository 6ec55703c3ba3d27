/** The roll call as its screens need it: who is asked, who may call, who is listed. Pure. */
import { canBeRun } from "../live/view_model.js";
import { isHere, quorumOf, rollCounts } from "../live/quorum.js";
import { byGivenName, isoDay, matches } from "../lib/format.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.d.ts").ParticipantView} Participant */

/** How long after the hour on the invitation somebody may still count as in time. */
const GRACE_MS = 5 * 60_000;

/** Whether the roll can be called. */
export const rollIsOpen = canBeRun;

/** @param {Room} room @returns {Participant|undefined} */
export const myPlace = (room) => room.meeting.participants.find((one) => one.user_id === room.me.user_id);

/**
 * Whether this person is asked to confirm to be here. Whoever reads the papers at home the day
 * before is not: that would fill the hall with people who are not in it.
 * @param {Room} room @param {number} nowMs of the hall
 */
export function isAskedToConfirm(room, nowMs) {
  const mine = myPlace(room);
  if (!mine || !rollIsOpen(room) || isHere(mine.attendance)) return false;
  if (room.me.role !== "member" && !room.me.entitled_to_vote) return false;
  return room.meeting.status !== "published" || isoDay(nowMs) >= isoDay(room.meeting.starts_at);
}

/** @param {Room} room @returns {Participant[]} those the quorum counts */
export const votersOf = (room) => room.meeting.participants.filter((one) => one.entitled_to_vote);

/**
 * The roster in its two parts, each by given name.
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
 * The roll in numbers, for everything that shows any of them: of those the quorum counts, what was said of how many;
 * `here`: how many were not called and have a tablet in the room; `others`: how many more were not called.
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

/** @param {Room} room @returns {string[]} of whom nothing was said yet */
export const unsaidIds = (room) =>
  room.meeting.participants.filter((one) => one.attendance === null).map((one) => one.user_id);

/** @param {Room} room @returns {string[]} of whom nothing was said yet, and whose tablet is in the room now */
export function onlineUnsaidIds(room) {
  const online = new Set(room.presence?.online_ids ?? []);
  return unsaidIds(room).filter((id) => online.has(id));
}

/**
 * Whether somebody confirmed to be here only after the hour on the invitation: shown to who calls the
 * roll, who alone says that it was late.
 * @param {Room} room @param {{user_id: string, status: string|null, at: string|null, by: string|null}|undefined} line
 */
export function cameAfterTheHour(room, line) {
  if (line?.status !== "present" || line.by !== line.user_id || !line.at) return false;
  return Date.parse(line.at) > Date.parse(room.meeting.starts_at) + GRACE_MS;
}
