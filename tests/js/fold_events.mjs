/**
 * Folds durable events with the page's own reducers, for tests that are written in Python.
 *
 * One JSON value a line in, one out. {who, snapshot}: take it; {who, events, mine, mine_seq}: fold them as a
 * tablet does, its own first if own_first; {who, asks}: it asks for the annotations of this paper; {who, of, answer}:
 * it takes the answer; {fresh}: only look at a snapshot; {types: true}: the event types with a reducer.
 * Answered is the room, or {gap: seq} for an event that does not follow.
 */
import { createInterface } from "node:readline";
import { loaded, loading } from "../../static/js/live/annotations.js";
import { arrival } from "../../static/js/live/room_state.js";
import { reduce, reducedTypes, reduceOwn, roomFrom } from "./registered_state.js";

/** @type {Map<string, any>} */
const rooms = new Map();

/** @param {any} asked */
function fold({ who, events, mine, mine_seq, own_first }) {
  let room = rooms.get(who);
  for (const stream of own_first ? [mine, events] : [events, mine]) {
    for (const event of stream) {
      if (stream === events ? arrival(room, event) !== "next" : event.seq !== room.mine_seq + 1) return { gap: event.seq };
      room = (stream === events ? reduce : reduceOwn)(room, event);
    }
  }
  return room.mine_seq === mine_seq ? kept(who, room) : { gap: mine_seq };
}

/** @param {string} who @param {any} room */
function kept(who, room) {
  rooms.set(who, room);
  return room;
}

/** @param {any} asked */
function answer(asked) {
  if (asked.types) return reducedTypes;
  if (asked.fresh) return roomFrom(asked.fresh);
  if (asked.events) return fold(asked);
  if (asked.asks) return kept(asked.who, loading(rooms.get(asked.who), asked.asks));
  if (asked.answer) return kept(asked.who, loaded(rooms.get(asked.who), asked.of, asked.answer));
  return kept(asked.who, roomFrom(asked.snapshot));
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
