/**
 * Queries and changes of the meeting being prepared. Pure.
 *
 * @typedef {import("../../lib/schemas.js").DocumentView} Paper `version`: the current one; `next_version`: a newer one that is
 *   processed or failed
 * @typedef {import("../../lib/schemas.js").MeetingView} Meeting
 */

import { isAccepted } from "./file_formats.js";

/** @param {Meeting} meeting @returns {Paper[]} */
export function papersOf(meeting) {
  return [...meeting.documents, ...meeting.agenda.flatMap((item) => item.documents)];
}

/** @param {Meeting} meeting */
export function minutesOf(meeting) {
  return meeting.agenda.reduce((sum, item) => sum + (item.minutes ?? 0), 0);
}

/** @param {Meeting} meeting @returns {number|null} minutes from start to end, rounded; null: no end is set */
export const slotOf = ({ starts_at, ends_at }) => (ends_at ? Math.round((Date.parse(ends_at) - Date.parse(starts_at)) / 60_000) : null);

/** @param {Meeting} meeting */
export function peopleOf(meeting) {
  const inRole = (/** @type {string} */ role) => meeting.participants.filter((person) => person.role === role).length;
  return {
    chairs: inRole("chair"),
    secretaries: inRole("secretary"),
    members: inRole("member"),
    guests: inRole("guest"),
    named: meeting.guests.length,
    voters: meeting.participants.filter((person) => person.entitled_to_vote).length,
  };
}

/**
 * Returns the new people to offer for invitation: those not in the meeting, while no other person is a member or a guest.
 * @param {Meeting} meeting @param {string[]} ids
 */
export function offeredPeople({ participants }, ids) {
  const inside = new Set(participants.map((person) => person.user_id));
  const others = participants.some(({ role, user_id }) => (role === "member" || role === "guest") && !ids.includes(user_id));
  return others ? [] : ids.filter((id) => !inside.has(id));
}

/** Returns the newest version: the next one if it exists, else the current one. @param {Paper} paper */
export const latest = (paper) => paper.next_version ?? paper.version;
/** @param {Paper} paper */
export const isProcessing = (paper) => latest(paper).status === "processing";
/** @param {Paper} paper */
export const hasFailed = (paper) => latest(paper).status === "failed";
/** @param {Paper} paper */
export const awaitsPublishing = (paper) => paper.version.status === "ready" && !paper.published_at;

/**
 * Whether the meeting is a draft. Publishing a draft publishes all ready documents; later ones are published separately.
 * @param {Meeting} meeting
 */
export const isDraft = (meeting) => meeting.status === "draft";
/** @param {Meeting} meeting */
export const isOver = (meeting) => meeting.status === "closed" || meeting.status === "archived";

/**
 * Returns the list with the element `id` moved by `steps`.
 * @template {{id: string}} T
 * @param {T[]} list
 * @param {string} id
 * @param {number} steps
 */
export function moved(list, id, steps) {
  const from = list.findIndex((one) => one.id === id);
  const to = Math.min(list.length - 1, Math.max(0, from + steps));
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one) next.splice(to, 0, one);
  return next;
}

/**
 * Returns the list in the order of the ids; elements not in `ids` come last.
 * @template {{id: string}} T
 * @param {T[]} list
 * @param {string[]} ids
 */
export function inOrder(list, ids) {
  const place = new Map(ids.map((id, index) => [id, index]));
  return [...list].sort((a, b) => (place.get(a.id) ?? ids.length) - (place.get(b.id) ?? ids.length));
}

/**
 * Returns the meeting with one document changed, in any container.
 * @param {Meeting} meeting
 * @param {string} id
 * @param {(paper: Paper) => Paper} change
 * @returns {Meeting}
 */
export function withPaper(meeting, id, change) {
  const each = (/** @type {Paper[]} */ papers) => papers.map((paper) => (paper.id === id ? change(paper) : paper));
  return {
    ...meeting,
    documents: each(meeting.documents),
    agenda: meeting.agenda.map((item) => ({ ...item, documents: each(item.documents) })),
  };
}

/**
 * Returns the meeting without the items and documents with these ids.
 * @param {Meeting} meeting
 * @param {Set<string>} gone
 * @returns {Meeting}
 */
export function without(meeting, gone) {
  if (!gone.size) return meeting;
  const kept = (/** @type {Paper[]} */ papers) => papers.filter((paper) => !gone.has(paper.id));
  return {
    ...meeting,
    documents: kept(meeting.documents),
    agenda: meeting.agenda
      .filter((item) => !gone.has(item.id))
      .map((item) => ({ ...item, documents: kept(item.documents) })),
  };
}

/** "Tờ trình số 41.docx" → "Tờ trình số 41". @param {string} fileName */
export function titleFrom(fileName) {
  const name = fileName.normalize("NFC");
  const stem = isAccepted(name) ? name.slice(0, name.lastIndexOf(".")) : name;
  return stem.replace(/[_\s]+/g, " ").trim() || fileName;
}
