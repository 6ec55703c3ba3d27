/** The view model of the screen, derived from the room and the follow state. Pure. */
import { itemOfPaper, paperById } from "./documents.js";
import { isOver, presentsNow, runsMeeting, underWay } from "./meeting_state.js";
import { holdsPresentation, placeOf } from "./presentation.js";

/** @typedef {import("./room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").AgendaItemView} Item */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */
/** @typedef {import("./follow.js").Follow} Follow */
/** @typedef {{item: Item, number: number}} Numbered */

/** How long after its end a meeting can be reopened; the server decides. */
const REOPEN_WITHIN_MS = 10 * 60_000;

/** @param {Room} room @param {number} nowMs server time @returns {boolean} whether the chair or secretary can still reopen it */
export function canReopen(room, nowMs) {
  const { status, closed_at: closedAt } = room.meeting;
  return runsMeeting(room) && status === "closed" && Boolean(closedAt) && nowMs - Date.parse(closedAt ?? "") < REOPEN_WITHIN_MS;
}

/** @param {Room} room whether the meeting can be run: from publication until its end */
export const canBeRun = (room) => ["published", "in_session", "paused"].includes(room.meeting.status);

/** @param {Room} room @param {number} at index in the agenda @returns {Numbered|null} */
function numbered(room, at) {
  const item = room.meeting.agenda[at];
  return item ? { item, number: at + 1 } : null;
}

/** @param {Room} room @returns {number} -1 when there is no current item */
const currentIndex = (room) => room.meeting.agenda.findIndex((item) => item.id === room.meeting.current_item_id);

/** @param {Room} room @returns {Numbered|null} */
export const itemNow = (room) => numbered(room, currentIndex(room));

/** @param {Room} room @returns {Numbered|null} the item in the header; null: the header shows the meeting's title */
export const itemInHeader = (room) => (isOver(room) ? null : itemNow(room));

/**
 * The title of the document on the page. The agenda moves independently of it: a document that does not belong to
 * the item in the header is shown with its own item.
 * @param {Room} room @param {Paper} paper
 * @returns {{title: string, of: Numbered|"meeting"|null}} `of`: null where the header already shows it
 */
export function documentOnPage(room, { id, title }) {
  const own = itemOfPaper(room, id);
  const named = itemInHeader(room)?.item ?? null;
  const of = own ? numbered(room, room.meeting.agenda.indexOf(own)) : "meeting";
  return { title, of: own === named ? null : of };
}

/** @param {Room} room @returns {Numbered|null} */
export const itemAfter = (room) => numbered(room, currentIndex(room) + 1);

/** @param {Room} room @returns {Numbered|null} */
export const itemBefore = (room) => numbered(room, currentIndex(room) - 1);

/** Opening and resuming are more urgent than all steps but an open vote; moving on is the least urgent. */
const URGENT = 2;
const LEFT = 0;

/**
 * The next step of the meeting by its agenda; steps of other features may be more urgent.
 * @param {Room} room
 * @returns {{step: "open"|"resume"|"move"|"close", urgency: number}|null}
 */
export function agendaStep(room) {
  const { status } = room.meeting;
  if (status === "draft" || status === "published") return { step: "open", urgency: URGENT };
  if (status === "paused") return { step: "resume", urgency: URGENT };
  if (status !== "in_session") return null;
  return { step: itemAfter(room) ? "move" : "close", urgency: LEFT };
}

/**
 * The message of the state bar.
 * @param {{room: Room, follow: Follow, online: boolean}} now
 * @returns {{key: string, tone: "jade"|"amber"|"room"|"plain"} | null} null: nothing to follow
 */
export function stateOf({ room, follow, online }) {
  if (!online) return { key: "room.offline", tone: "amber" };
  if (isOver(room)) return { key: "room.over", tone: "plain" };
  if (!underWay(room)) return { key: "room.not_begun", tone: "plain" };
  if (holdsPresentation(room) && follow.mode !== "previewing" && placeOf(room.live)) {
    return { key: "room.presenting", tone: "room" };
  }
  if (follow.mode === "previewing") return { key: "room.previewing", tone: "amber" };
  if (follow.mode === "apart") return { key: "room.apart", tone: "amber" };
  if (room.live.hidden) return { key: "room.hidden", tone: "plain" };
  return placeOf(room.live) ? { key: "room.following", tone: "jade" } : { key: "room.waiting", tone: "plain" };
}

/** @param {Room} room @param {number} nowMs @returns {number|null} seconds left for the item, negative when overrun */
export function secondsLeft(room, nowMs) {
  const current = itemNow(room);
  const since = room.meeting.current_since;
  if (!current?.item.minutes || !since || room.meeting.status !== "in_session") return null;
  return Math.ceil(current.item.minutes * 60 - (nowMs - Date.parse(since)) / 1000);
}

/**
 * Whether pages of the document can be shown.
 * @param {{version: import("../lib/schemas.js").VersionView|null}|null|undefined} paper
 * @returns {paper is {version: import("../lib/schemas.js").VersionView & {page_count: number}}}
 */
export const readable = (paper) => Boolean(paper?.version?.page_count && paper.version.page_count > 0);

/**
 * The document to offer the presenter after the agenda moved: the item's first, unless a document of
 * the item is presented already.
 * @param {Room} room @returns {Paper|null}
 */
export function paperToOpen(room) {
  const current = itemNow(room);
  // While nothing is presented, the page area lists all documents of the item.
  if (!current || !presentsNow(room) || room.meeting.status !== "in_session" || !placeOf(room.live)) return null;
  if (itemOfPaper(room, room.live.document_id)?.id === current.item.id) return null;
  return current.item.documents.find(readable) ?? null;
}

/** @param {Room} room @returns {Paper|null} the presented document, null if this person may not see it */
export const presentedPaper = (room) => paperById(room, placeOf(room.live)?.document_id);

/**
 * Possible next presenters: the item's rapporteur, chairs, secretaries, then members.
 * @param {Room} room @param {(a: string, b: string) => number} byName
 * @returns {{role: "rapporteur"|"chair"|"secretary"|"member", people: Participant[]}[]}
 */
export function successors(room, byName) {
  const said = itemNow(room)?.item.rapporteur?.toLocaleLowerCase("vi") ?? "";
  const others = room.meeting.participants;
  const rapporteurs = others.filter((one) => said && said.includes(one.display_name.toLocaleLowerCase("vi")));
  /** @param {string} role */
  const ofRole = (role) =>
    others
      .filter((one) => one.role === role && !rapporteurs.includes(one))
      .sort((a, b) => byName(a.display_name, b.display_name));
  /** @type {{role: "rapporteur"|"chair"|"secretary"|"member", people: Participant[]}[]} */
  const groups = [
    { role: "rapporteur", people: rapporteurs },
    { role: "chair", people: ofRole("chair") },
    { role: "secretary", people: ofRole("secretary") },
    { role: "member", people: ofRole("member") },
  ];
  return groups.filter((group) => group.people.length > 0);
}

/**
 * The presenter. `here`: whether the presenter has a connection to the room.
 * @param {Room} room @returns {{id: string, name: string, me: boolean, here: boolean}|null} null: there is no presenter
 */
export function presenterOf(room) {
  const id = room.meeting.presenter;
  const person = room.meeting.participants.find((one) => one.user_id === id);
  if (!id || !person) return null;
  const me = id === room.me.user_id;
  return { id, name: person.display_name, me, here: me || !["lost", "away"].includes(room.presence?.presenter ?? "") };
}

/**
 * Counts of the people in the room, for all views that show them. The audience excludes the presenter:
 * `audience` = following + apart + lost.
 * @param {Room} room
 * @returns {{joined:number, online:number, presented:boolean, audience:number, following:number, apart:number, lost:number, names:string[]}|null}
 *   presented: whether something is presented; names: people in the audience whose connection was lost
 */
export function peopleCounts(room) {
  const presence = room.presence;
  if (!presence) return null;
  const { joined, online, presenter } = presence;
  const others = (/** @type {number} */ all, /** @type {import("../lib/schemas.js").Whereabouts} */ where) => Math.max(0, all - (presenter === where ? 1 : 0));
  const ids = (presence.lost_ids ?? []).filter((id) => id !== room.meeting.presenter);
  return {
    joined, online, presented: placeOf(room.live) !== null,
    audience: joined - (presenter === "away" ? 0 : 1),
    following: others(presence.following, "following"),
    apart: others(online - presence.following, "apart"),
    lost: others(presence.lost, "lost"),
    names: room.meeting.participants.filter((one) => ids.includes(one.user_id)).map((one) => one.display_name),
  };
}
