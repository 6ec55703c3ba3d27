/** The client state of a room: created from a snapshot, advanced by durable events in order. */

import { meetingReducers } from "./meeting.js";
import { participantReducers } from "./participants.js";

/**
 * @typedef {import("../lib/schemas.js").Snapshot} Snapshot
 * @typedef {Omit<Snapshot, "server_time"> & {annotations: Record<string, import("./annotations.js").PaperMarks>,
 *   presence: import("../lib/schemas.js").RoomPresencePacket|null}} Room  `annotations`: of the loaded documents, by document id
 *
 * @typedef {import("../lib/schemas.js").RoomEvents & import("../lib/schemas.js").MineEvents & {hidden: undefined}} EventData
 *   by event type; `hidden`: an event that this role may not see
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
/** @typedef {import("../lib/schemas.js").Packets} Packets */
/** @typedef {{[T in keyof Packets]?: (room: Room, news: Packets[T]) => Room}} LiveReducers */
/**
 * A feature's part of the room's state.
 * @typedef {{
 *   initialState?: (snapshot: Snapshot) => Partial<Room>,
 *   reducers?: Reducers,
 *   ownReducers?: Reducers,
 *   liveReducers?: LiveReducers,
 * }} StatePart
 *   by type: `reducers` for events of the room, `ownReducers` for the user stream, `liveReducers` for ephemeral
 *   messages of which only the latest counts
 */

/**
 * Compares an event with the room's sequence number.
 * @param {Room} room @param {{epoch:string, seq:number}} event
 * @returns {"next"|"old"|"gap"}
 */
export function arrival(room, event) {
  if (event.epoch !== room.epoch) return "gap";
  if (event.seq <= room.seq) return "old";
  return event.seq === room.seq + 1 ? "next" : "gap";
}

/** The reducers of the meeting and its participants; every room has them. @type {StatePart} */
const meetingPart = { reducers: { ...meetingReducers, ...participantReducers } };

/** The state of a room, composed of the parts of its features. */
export class RoomState {
  /** @param {readonly StatePart[]} features no two may have a reducer for the same type */
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
   * Applies one event of the room. `hidden` events and unknown types only advance the sequence number.
   * @param {Room} room @param {RoomEvent} event @returns {Room}
   */
  reduce(room, event) {
    return { ...reduced(this.reducers, room, event), seq: event.seq };
  }

  /**
   * Applies one event of the user stream. Unknown types only advance the sequence number.
   * @param {Room} room @param {RoomEvent} event @returns {Room}
   */
  reduceOwn(room, event) {
    return { ...reduced(this.ownReducers, room, event), mine_seq: event.seq };
  }
}

/**
 * @template {keyof EventData} T
 * @param {Reducers} reducers @param {Room} room @param {RoomEvent<T>} event @returns {Room} the room after the event
 */
function reduced(reducers, room, event) {
  // An unknown type may have the name of an inherited property.
  const reducer = Object.hasOwn(reducers, event.type) ? reducers[event.type] : undefined;
  return reducer ? reducer(room, event.data, event.at, event.seq) : room;
}
