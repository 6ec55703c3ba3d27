/** Writing through crashes at every write and through random histories: all of it arrives once, in order, and what was removed stays so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { chance, oneOf } from "./chance.js";
import { sized } from "./effort.js";
import { mortal, page, pass, settled } from "./ink_page.js";
import { FATES, InkServer } from "./ink_server.js";

for (const after of [false, true]) {
  test(`a crash ${after ? "right after" : "right before"} any write loses nothing and doubles nothing`, async () => {
    for (let uses = 1; uses <= 9; uses++) {
      const server = new InkServer();
      const disk = new MemoryRecords();
      const fates = ["answer lost", "fails"];
      server.fate = () => fates.shift() ?? "fine";
      const first = page(server, mortal(disk, uses, after));
      for (const id of ["a", "b", "c"]) {
        void first.create(id);
        await settled();
      }
      await pass(10);
      const kept = [...new Set([...server.made, ...(await disk.all()).map((op) => op.id)])];
      first.outbox.stop();
      const { outbox } = page(server, disk);
      await outbox.start();
      await pass(10);
      assert.deepEqual(server.made, kept.sort(), `crash at write ${uses}`);
      assert.equal(outbox.ops.length, 0);
    }
  });
}

/** What one person meant, told by the operations that were surely taken down. */
class Wishes {
  /** @type {Map<string, {text: string|null, removed: boolean}>} */ wanted = new Map();

  create(/** @type {string} */ id) {
    this.wanted.set(id, { text: null, removed: false });
  }

  get living() {
    return [...this.wanted].filter(([, one]) => !one.removed).map(([id]) => id);
  }
}

test("random histories: lost and late answers, reloads, crashes between operations, changes and removals", async () => {
  for (let seed = 1; seed <= sized(50, 250); seed++) {
    const random = chance(seed);
    const server = new InkServer();
    server.fate = () => oneOf(random, FATES);
    const disk = new MemoryRecords();
    const wishes = new Wishes();
    let tab = page(server, disk, random);
    let count = 0;
    for (let moment = 0; moment < 25; moment++) {
      const what = random();
      if (what < 0.5 || !wishes.living.length) {
        const id = `stroke-${String(++count).padStart(3, "0")}`;
        wishes.create(id);
        await tab.create(id);
      } else if (what < 0.65) {
        const id = oneOf(random, wishes.living);
        const text = `text ${moment}`;
        wishes.wanted.get(id).text = text;
        await tab.change(id, { text }, server.marks.get(id)?.revision ?? 0);
      } else if (what < 0.8) {
        const id = oneOf(random, wishes.living);
        wishes.wanted.get(id).removed = true;
        await tab.remove(id);
      } else if (what < 0.88) {
        tab.outbox.stop();
        tab = page(server, disk, random);
        await tab.outbox.start();
      } else if (what < 0.94) {
        server.deliver();
      } else {
        tab.outbox.hurry();
      }
      if (random() < 0.7) await pass(random() * 4);
    }
    server.fate = () => "fine";
    tab.outbox.stop();
    const { outbox } = page(server, disk);
    await outbox.start();
    await pass(40);
    server.deliver();

    const offered = outbox.refused.map((op) => op.id);
    const said = `seed ${seed}: ${JSON.stringify({ offered: outbox.refused, made: server.made, marks: [...server.marks.values()].map((m) => [m.id, m.text]) })}`;
    assert.equal(outbox.waiting, 0, said);
    assert.deepEqual(server.made, [...new Set(server.made)], said);
    for (const [id, { text, removed }] of wishes.wanted) {
      if (removed) assert.ok(!server.marks.has(id), `${id} came back, ${said}`);
      else if (!offered.includes(id)) assert.equal(server.marks.get(id)?.text, text, `${id}, ${said}`);
    }
    const living = server.made.filter((id) => server.marks.has(id));
    assert.deepEqual(living, [...living].sort(), `out of order, ${said}`);
    // Only a server that broke down again and again asks the person; nothing is refused for nothing.
    for (const op of outbox.refused) assert.equal(op.refused?.code, "internal_error", said);
  }
});

test("random histories with another tablet of the same person: newer wins, removed is removed, the loser is offered", async () => {
  for (let seed = 1; seed <= sized(40, 150); seed++) {
    const random = chance(seed);
    const server = new InkServer();
    server.fate = () => oneOf(random, ["fine", "fine", "lost", "answer lost", "fails"]);
    const { outbox, create, change, remove } = page(server, new MemoryRecords(), random);
    const ids = ["a", "b", "c", "d"];
    for (const id of ids) await create(id);
    await pass(20);
    /** @type {Map<string, string>} */ const mine = new Map();
    /** @type {Set<string>} */ const removed = new Set();
    for (let moment = 0; moment < 12; moment++) {
      const id = oneOf(random, ids);
      const what = random();
      if (what < 0.45 && !removed.has(id)) {
        mine.set(id, `mine ${moment}`);
        await change(id, { text: `mine ${moment}` }, server.marks.get(id)?.revision ?? 1);
      } else if (what < 0.55) {
        removed.add(id);
        await remove(id);
      } else if (what < 0.8) {
        server.changeElsewhere(id, { text: `theirs ${moment}` });
      } else if (server.marks.has(id) && what < 0.85) {
        server.remove(id);
      }
      if (random() < 0.6) await pass(random() * 3);
    }
    server.fate = () => "fine";
    await pass(60);
    const said = `seed ${seed}: ${JSON.stringify({ ops: outbox.ops.map((op) => [op.id, op.refused?.code, op.draft.text]), marks: [...server.marks.values()].map((m) => [m.id, m.text]) })}`;
    assert.equal(outbox.waiting, 0, said);
    for (const id of ids) {
      const text = mine.get(id);
      if (removed.has(id)) assert.ok(!server.marks.has(id), said);
      else if (text && !server.changes.includes(`${id}: ${text}`)) {
        assert.ok(outbox.refused.some((op) => op.id === id && op.draft.text === text), `${id} is lost, ${said}`);
      }
    }
    for (const op of outbox.refused) assert.ok(["stale_revision", "annotation_deleted"].includes(String(op.refused?.code)), said);
  }
});
