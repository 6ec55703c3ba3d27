/**
 * Folds durable events with the page's own reducers, for tests that are written in Python.
 *
 * One JSON value a line in, one out. {who, snapshot}: take it; {who, events, mine, mine_seq}: fold them as a
 * tablet does; {fresh}: only look at a snapshot; {types: true}: the event types with a reducer.
 * Answered is the room, or {gap: seq} for an event that does not follow.
 */
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { arrival, reduce, reduceOwn, roomFrom } from "../../static/js/live/room_state.js";

const LIVE = new URL("../../static/js/live/", import.meta.url);

/** @type {Map<string, any>} */
const rooms = new Map();

/** @param {string} who @param {any[]} events @param {any[]} own @param {number} mineSeq */
function fold(who, events, own, mineSeq) {
  let room = rooms.get(who);
  for (const event of events) {
    if (arrival(room, event) !== "next") return { gap: event.seq };
    room = reduce(room, event);
  }
  for (const event of own) {
    if (event.seq !== room.mine_seq + 1) return { gap: event.seq };
    room = reduceOwn(room, event);
  }
  if (room.mine_seq !== mineSeq) return { gap: mineSeq };
  rooms.set(who, room);
  return room;
}

async function types() {
  const files = readdirSync(LIVE).filter((name) => /export const \w+Reducers =/.test(readFileSync(new URL(name, LIVE), "utf8")));
  const modules = await Promise.all(files.map((name) => import(new URL(name, LIVE).href)));
  const tables = modules.flatMap((one) => Object.entries(one).filter(([name]) => name.endsWith("Reducers")));
  return tables.flatMap(([, table]) => Object.keys(table));
}

/** @param {any} asked */
async function answer(asked) {
  if (asked.types) return types();
  if (asked.fresh) return roomFrom(asked.fresh);
  if (asked.events) return fold(asked.who, asked.events, asked.mine, asked.mine_seq);
  rooms.set(asked.who, roomFrom(asked.snapshot));
  return rooms.get(asked.who);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
