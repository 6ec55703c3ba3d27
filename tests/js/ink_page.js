/** A page of one person who writes, for tests: an outbox before an unreliable server, and time that tests pass. */
import { mock } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { InkOutbox } from "../../static/js/ink/sync/outbox.js";
import { draft } from "./marks.js";

mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_760_000_000_000 });

let count = 0;
/** Sorts in the order of making. */
export const nextKey = () => `key-${String(++count).padStart(8, "0")}`;

/** Lets everything happen that needs no time. */
export async function settled() {
  for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {number} seconds */
export async function pass(seconds) {
  for (let step = 0; step < seconds * 2; step++) {
    await settled();
    mock.timers.tick(500);
  }
  await settled();
}

/** Storage of a page that crashes at its n-th use: before the write, or after it. @param {MemoryRecords} disk */
export function mortal(disk, uses, after) {
  let left = uses;
  const dead = () => new Promise(() => {});
  const once = (/** @type {() => any} */ use) => {
    left -= 1;
    if (left > 0) return use();
    if (left === 0 && after) void use();
    return dead();
  };
  return {
    get: (/** @type {string} */ key) => (left <= 0 ? dead() : disk.get(key)),
    all: () => (left <= 0 ? dead() : disk.all()),
    update: (/** @type {string} */ key, /** @type {any} */ change) => once(() => disk.update(key, change)),
    updateAll: (/** @type {any} */ change) => once(() => disk.updateAll(change)),
    erase: () => disk.erase(),
  };
}

/** @param {import("./ink_server.js").InkServer} server @param {any} [records] @param {() => number} [random] @param {any} [more] */
export function page(server, records = new MemoryRecords(), random = () => 0.5, more = {}) {
  const outbox = new InkOutbox({ records, api: server.api, newKey: nextKey, random, ...more });
  const facts = (/** @type {string} */ id) => ({ key: nextKey(), target: "annotations", id, document_id: "d", revision: null, made: Date.now(), patch: null });
  return {
    outbox,
    records,
    create: (/** @type {string} */ id, more = {}) => outbox.take([{ ...facts(id), verb: "create", draft: draft({ id, ...more }) }]),
    change: (/** @type {string} */ id, /** @type {any} */ patch, /** @type {number} */ revision, more = {}) =>
      outbox.take([{ ...facts(id), verb: "change", draft: draft({ id, ...more, ...patch }), patch, revision }]),
    remove: (/** @type {string} */ id) => outbox.take([{ ...facts(id), verb: "remove", draft: draft({ id }) }]),
  };
}
