/** A ballot's way through crashes at every write and through random histories: recorded once, as it was meant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { BallotServer, FATES } from "./ballot_server.js";
import { chance, oneOf } from "./chance.js";
import { sized } from "./effort.js";
import { page, pass, poll, settled } from "./outbox_page.js";

/** Storage of a page that crashes at its n-th use: before the write, or after it. @param {MemoryRecords} disk */
function mortal(disk, uses, after) {
  let left = uses;
  const dead = () => new Promise(() => {});
  return {
    get: (/** @type {string} */ key) => (left <= 0 ? dead() : disk.get(key)),
    all: () => (left <= 0 ? dead() : disk.all()),
    update: (/** @type {string} */ key, /** @type {any} */ change) => {
      left -= 1;
      if (left > 0) return disk.update(key, change);
      if (left === 0 && after) void disk.update(key, change);
      return dead();
    },
    erase: () => disk.erase(),
  };
}

for (const after of [false, true]) {
  test(`a crash ${after ? "right after" : "right before"} any write loses nothing and doubles nothing`, async () => {
    for (let uses = 1; uses <= 6; uses++) {
      const server = new BallotServer();
      const disk = new MemoryRecords();
      const fates = ["answer lost", "fails"];
      server.fate = () => fates.shift() ?? "fine";
      void page(server, mortal(disk, uses, after)).outbox.sendBallot({ ...poll, choice: "for" });
      await pass(10);
      const { outbox, view } = page(server, disk);
      await outbox.start();
      await pass(10);
      if (uses === 1 && !after) {
        assert.equal(view(), null);
        assert.deepEqual(server.effects, []);
      } else {
        assert.equal(view().state, "recorded", `crash at write ${uses}`);
        assert.deepEqual(server.effects, ["for"]);
      }
    }
  });
}

test("random histories: crashes, lost answers, two tabs, changes, an end at any moment", async () => {
  const choices = ["for", "against", "abstain"];
  for (let seed = 1; seed <= sized(60, 300); seed++) {
    const random = chance(seed);
    const allowChange = random() < 0.5;
    const server = new BallotServer({ allowChange });
    server.fate = () => oneOf(random, FATES);
    const disk = new MemoryRecords();
    const birth = async () => {
      const life = random() < 0.6 ? mortal(disk, 1 + Math.floor(random() * 8), random() < 0.5) : disk;
      const born = page(server, life, random);
      void born.outbox.start();
      await settled();
      return born;
    };
    let tabs = [await birth()];
    /** @type {string|null} */ let last = null;
    /** @type {Set<string>} */ const pressed = new Set();
    for (let moment = 0; moment < 12; moment++) {
      const what = random();
      if (what < 0.3 && (allowChange || pressed.size === 0)) {
        const choice = oneOf(random, choices);
        pressed.add(choice);
        void oneOf(random, tabs).outbox.sendBallot({ ...poll, choice, allowChange, revision: server.ballot?.revision ?? 0 });
        await settled();
        const kept = await disk.get("p1");
        if ((kept?.wish ?? kept?.waiting ?? kept?.outcome?.standing)?.choice === choice) last = choice;
      } else if (what < 0.45) {
        tabs = [await birth()];
      } else if (what < 0.55) {
        tabs.push(await birth());
      } else if (what < 0.65) {
        server.deliver();
      } else if (what < 0.75) {
        for (const { outbox } of tabs) outbox.hurry();
      }
      await pass(Math.floor(random() * 6));
    }
    const ends = random() < 0.4;
    if (ends) {
      server.status = "closed";
      for (const { outbox } of tabs) void outbox.pollClosed("p1");
      await pass(2);
    }
    server.fate = () => "fine";
    const { outbox, view } = page(server, disk);
    await outbox.start();
    if (ends) await outbox.pollClosed("p1");
    await pass(30);
    server.deliver();

    const said = `seed ${seed}: ${JSON.stringify({ view: view(), ballot: server.ballot, effects: server.effects, last })}`;
    assert.ok(server.effects.every((choice) => pressed.has(choice)), said);
    if (!allowChange) assert.ok(server.effects.length <= 1, said);
    if (view() === null) {
      assert.deepEqual(server.effects, [], said);
      continue;
    }
    assert.ok(!outbox.waits, said);
    const truth = server.ballot?.choice ?? null;
    assert.equal(view().standing?.choice ?? null, truth, said);
    assert.equal(view().state, truth === view().wanted ? "recorded" : truth ? "other_stands" : "not_arrived", said);
    if (last) assert.equal(view().wanted, last, said);
    if (!ends) assert.equal(view().state, "recorded", said);
  }
});
