/** The room as this tablet knows it: made from a snapshot, moved by durable events in order. */
import { agendaReducers } from "./agenda.js";
import { annotationReducers, ownAnnotationEvents } from "./annotations.js";
import { attendanceReducers } from "./attendance.js";
import { documentReducers } from "./documents.js";
import { guestReducers } from "./guests.js";
import { meetingReducers } from "./meeting.js";
import { participantReducers } from "./participants.js";
import { ownVoteEvents, pollReducers } from "./polls.js";
import { presentationReducers } from "./presentation.js";

/**
 * @typedef {import("../lib/schemas.js").Snapshot} Snapshot
 * @typedef {Omit<Snapshot, "server_time"> & {annotations: Record<string, import("./annotations.js").PaperMarks>,
 *   presence: import("../lib/schemas.js").RoomPresencePacket|null}} Room  `annotations`: of the papers that were loaded, by document
 *
 * @typedef {import("../lib/schemas.js").RoomEvents & import("../lib/schemas.js").MineEvents & {hidden: undefined}} EventData
 *   by type of the event; `hidden`: one that this role may not see
 */
/**
 * @template {keyof EventData} [T=keyof EventData]
 * @typedef {{[K in T]: {v?: number, epoch: string, seq: number, type: K, at?: string, actor?: string|null, data: EventData[K]}}[T]} RoomEvent
 */
/**
 * @template {keyof EventData} T
 * @typedef {(room: Room, data: EventData[T], at?: string, seq?: number) => Room} Reducer
 */
/** @typedef {{[T in keyof EventData]?: Reducer<T>}} Reducers */

/** @type {Reducers} */
const reducers = {
  ...meetingReducers,
  ...agendaReducers,
  ...participantReducers,
  ...attendanceReducers,
  ...guestReducers,
  ...documentReducers,
  ...presentationReducers,
  ...pollReducers,
  ...annotationReducers,
};

/** @type {Reducers} */
const ownReducers = { ...ownVoteEvents, ...ownAnnotationEvents };

/** @param {Snapshot} snapshot @returns {Room} */
export function roomFrom(snapshot) {
  const { epoch, seq, mine_seq, me, meeting, live, polls, my_ballots, votes } = snapshot;
  // Annotations are loaded paper by paper, when they are shown.
  return { epoch, seq, mine_seq, me, meeting, live, polls, my_ballots, votes, annotations: {}, presence: null };
}

/**
 * Where an event stands against what is known already.
 * @param {Room} room @param {{epoch:string, seq:number}} event
 * @returns {"next"|"old"|"gap"}
 */
export function arrival(room, event) {
  if (event.epoch !== room.epoch) return "gap";
  if (event.seq <= room.seq) return "old";
  return event.seq === room.seq + 1 ? "next" : "gap";
}

/**
 * @template {keyof EventData} T
 * @param {Reducers} by @param {Room} room @param {RoomEvent<T>} event @returns {Room} with what the event did
 */
function reduced(by, room, event) {
  // A type that this page does not know may have the name of an inherited property.
  const reducer = Object.hasOwn(by, event.type) ? by[event.type] : undefined;
  return reducer ? reducer(room, event.data, event.at, event.seq) : room;
}

/**
 * One event further. `hidden` events and types this page does not know only move the number on.
 * @param {Room} room @param {RoomEvent} event @returns {Room}
 */
export function reduce(room, event) {
  return { ...reduced(reducers, room, event), seq: event.seq };
}

/**
 * One of this person's own events further; types this page does not know only move the number on.
 * @param {Room} room @param {RoomEvent} event @returns {Room}
 */
export function reduceOwn(room, event) {
  return { ...reduced(ownReducers, room, event), mine_seq: event.seq };
}
