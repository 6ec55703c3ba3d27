/** Records that an earlier version stored on a device are sent: their names and shapes do not change. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { InkOutbox } from "../../static/js/ink/sync/outbox.js";
import { BallotOutbox } from "../../static/js/voting/ballot/ballot_outbox.js";
import { BallotServer } from "./ballot_server.js";
import { InkServer } from "./ink_server.js";

mock.timers.enable({ apis: ["setTimeout"] });
/** Written by version 0.1.0 before its modules had the names of today. */
const stored = JSON.parse(readFileSync(new URL("stored_records.json", import.meta.url), "utf8"));

/** @param {any[]} records @param {string} name of the field that is the key */
async function withRecords(records, name) {
  const disk = new MemoryRecords();
  for (const record of records) await disk.update(record[name], () => record);
  return disk;
}

async function pass(seconds) {
  for (let step = 0; step < seconds * 2; step++) {
    for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(500);
  }
}

test("annotations of an outbox that was left are sent, each once", async () => {
  const server = new InkServer();
  const records = await withRecords(stored.annotations, "key");
  let keys = 0;
  const outbox = new InkOutbox({ records, api: server.api, newKey: () => `new-${(keys += 1)}`, random: () => 0.5 });
  await outbox.start();
  await pass(10);
  assert.equal(outbox.waiting, 0);
  assert.deepEqual(server.made, ["mark-1", "mark-2"]);
  assert.deepEqual([...server.marks.values()].map(({ style }) => style.color), ["#1c4fa1", "#0b3a6e"]);
});

test("a ballot that was left is recorded, with its own key", async () => {
  const server = new BallotServer();
  const records = await withRecords(stored.ballots, "poll_id");
  const outbox = new BallotOutbox({ records, api: server.api, newKey: () => "another", random: () => 0.5 });
  await outbox.start();
  await pass(10);
  assert.equal(outbox.view("p1")?.state, "recorded");
  assert.deepEqual([...server.answers.keys()], ["key-0"]);
});
