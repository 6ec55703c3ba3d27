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

/** @typedef {import("./types.js").Room} Room */
/** @typedef {import("./types.js").RoomEvent} RoomEvent */

/** @type {Record<string, import("./meeting.js").Reducer>} */
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

/** @type {Record<string, import("./meeting.js").Reducer>} */
const ownReducers = { ...ownVoteEvents, ...ownAnnotationEvents };

/** @param {import("./types.js").Snapshot} snapshot @returns {Room} */
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
 * One event further. `hidden` events and types this page does not know only move the number on.
 * @param {Room} room @param {RoomEvent} event @returns {Room}
 */
export function reduce(room, event) {
  const reducer = Object.hasOwn(reducers, event.type) ? reducers[event.type] : undefined;
  const next = reducer ? reducer(room, event.data, event.at, event.seq) : room;
  return { ...next, seq: event.seq };
}

/**
 * One of this person's own events further; types this page does not know only move the number on.
 * @param {Room} room @param {RoomEvent} event @returns {Room}
 */
export function reduceOwn(room, event) {
  const reducer = Object.hasOwn(ownReducers, event.type) ? ownReducers[event.type] : undefined;
  const next = reducer ? reducer(room, event.data, event.at, event.seq) : room;
  return { ...next, mine_seq: event.seq };
}
