/** The room as this tablet knows it: made from a snapshot, moved by durable events in order. */

import { meetingReducers } from "./meeting.js";
import { participantReducers } from "./participants.js";

/**
 * @typedef {import("../lib/schemas.d.ts").Snapshot} Snapshot
 * @typedef {Omit<Snapshot, "server_time"> & {annotations: Record<string, import("./annotations.js").PaperMarks>,
 *   presence: import("../lib/schemas.d.ts").RoomPresencePacket|null}} Room  `annotations`: of the papers that were loaded, by document
 *
 * @typedef {import("../lib/schemas.d.ts").RoomEvents & import("../lib/schemas.d.ts").MineEvents & {hidden: undefined}} EventData
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
/** @typedef {import("../lib/schemas.d.ts").Packets} Packets */
/** @typedef {{[T in keyof Packets]?: (room: Room, news: Packets[T]) => Room}} LiveReducers */
/**
 * A feature's part of the room's state.
 * @typedef {{
 *   initialState?: (snapshot: Snapshot) => Partial<Room>,
 *   reducers?: Reducers,
 *   ownReducers?: Reducers,
 *   liveReducers?: LiveReducers,
 * }} StatePart
 *   by type: `reducers` for events of the room, `ownReducers` for this person's own, `liveReducers` for messages that
 *   the next one replaces
 */

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

/** The meeting and its participants are in every room. @type {StatePart} */
const meetingPart = { reducers: { ...meetingReducers, ...participantReducers } };

/** The state of a room, composed of the parts of its features. */
export class RoomState {
  /** @param {readonly StatePart[]} features no two of them with a reducer for the same type */
  constructor(features) {
    const parts = [meetingPart, ...features];
    this.parts = parts;
    /** @type {Reducers} */
    this.reducers = Object.assign({}, ...parts.map((part) => part.reducers));
    /** @type {Reducers} */
    this.ownReducers = Object.assign({}, ...parts.map((part) => part.ownReducers));
    /** @type {LiveReducers} */
    this.liveReducers = Object.assign({}, ...parts.map((part) => part.liveReducers));
  }

  /** @param {Snapshot} snapshot @returns {Room} */
  from(snapshot) {
    const { epoch, seq, mine_seq, me, meeting, live } = snapshot;
    return Object.assign({ epoch, seq, mine_seq, me, meeting, live, presence: null }, ...this.parts.map((part) => part.initialState?.(snapshot)));
  }

  /**
   * One event further. `hidden` events and types this page does not know only move the number on.
   * @param {Room} room @param {RoomEvent} event @returns {Room}
   */
  reduce(room, event) {
    return { ...reduced(this.reducers, room, event), seq: event.seq };
  }

  /**
   * One of this person's own events further; types this page does not know only move the number on.
   * @param {Room} room @param {RoomEvent} event @returns {Room}
   */
  reduceOwn(room, event) {
    return { ...reduced(this.ownReducers, room, event), mine_seq: event.seq };
  }
}

/**
 * @template {keyof EventData} T
 * @param {Reducers} reducers @param {Room} room @param {RoomEvent<T>} event @returns {Room} with what the event did
 */
function reduced(reducers, room, event) {
  // A type that this page does not know may have the name of an inherited property.
  const reducer = Object.hasOwn(reducers, event.type) ? reducers[event.type] : undefined;
  return reducer ? reducer(room, event.data, event.at, event.seq) : room;
}
