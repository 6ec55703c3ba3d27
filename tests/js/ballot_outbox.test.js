/** A ballot is recorded once, as its voter meant it, whatever network and server do; and that is said. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { Backoff } from "../../static/js/lib/backoff.js";
import { answered, BACKOFF, begun, chosen } from "../../static/js/voting/ballot/ballot_sending.js";
import { BallotServer, FATES } from "./ballot_server.js";
import { page, pass, poll, settled } from "./outbox_page.js";

test("a ballot that goes through is recorded with its receipt", async () => {
  const server = new BallotServer();
  const { outbox, said, view } = page(server);
  const at_once = await outbox.sendBallot({ ...poll, choice: "for" });
  assert.deepEqual(at_once, { state: "sending", wanted: "for" });
  assert.ok(outbox.waits);
  await settled();
  assert.deepEqual(said, ["sending", "recorded"]);
  assert.equal(view().standing.choice, "for");
  assert.equal(view().standing.receipt.log_index, 11);
  assert.ok(!outbox.waits);
  await pass(30);
  assert.deepEqual(server.asked, ["post for"]);
});

test("the choice is kept before anything is sent", async () => {
  const server = new BallotServer();
  const { outbox, records } = page(server);
  /** @type {any} */ let kept;
  server.fate = () => {
    kept = records.get("p1");
    return "fine";
  };
  assert.equal((await outbox.sendBallot({ ...poll, choice: "for" }))?.state, "sending");
  await settled();
  const { waiting } = await kept;
  assert.equal(waiting.choice, "for");
  assert.equal(waiting.open, 1, "and so is that it may have arrived");
  assert.deepEqual([...server.answers.keys()], [waiting.key]);
});

for (const fate of FATES.slice(1)) {
  test(`a request that meets "${fate}" is sent again with the same key, said so, and counted once`, async () => {
    const server = new BallotServer();
    const { outbox, said, view } = page(server);
    server.fate = () => fate;
    await outbox.sendBallot({ ...poll, choice: "for" });
    await pass(60);
    assert.equal(view().state, "sending_again");
    server.fate = () => "fine";
    await pass(12);
    assert.equal(view().state, "recorded");
    server.deliver();
    assert.deepEqual(server.effects, ["for"]);
    assert.deepEqual(said, ["sending", "sending_again", "recorded"]);
    assert.ok(server.asked.length > 4 && server.asked.length < 20, `${server.asked.length} requests`);
  });
}

test("pauses grow from half a second to eight, and longer only where the server asks for it", () => {
  for (const random of [() => 0, () => 0.999]) {
    const backoff = new Backoff(BACKOFF, random);
    const pauses = Array.from({ length: 60 }, () => backoff.next());
    assert.ok(pauses.every((ms) => ms >= 500 && ms <= 8000), String(pauses));
    assert.deepEqual(pauses, [...pauses].sort((a, b) => a - b));
  }
  assert.ok(new Backoff(BACKOFF, () => 0).next({ retryAfter: 20 }) >= 20_000);
  assert.ok(new Backoff(BACKOFF, () => 1).next({ retryAfter: 1e9 }) <= 60_000);
});

test("a network that comes back ends the pause", async () => {
  const server = new BallotServer();
  const { outbox, view } = page(server);
  server.fate = () => "lost";
  await outbox.sendBallot({ ...poll, choice: "for" });
  await pass(30);
  server.fate = () => "fine";
  outbox.hurry();
  await pass(1);
  assert.equal(view().state, "recorded");
});

test("a page that was reloaded goes on by itself, and what was recorded is still known", async () => {
  const server = new BallotServer();
  const first = page(server);
  server.fate = () => "answer lost";
  await first.outbox.sendBallot({ ...poll, choice: "for" });
  await settled();
  first.outbox.stop();
  server.fate = () => "fine";
  const second = page(server, first.records);
  await second.outbox.start();
  await settled();
  assert.deepEqual(second.said, ["sending_again", "recorded"]);
  assert.deepEqual(server.effects, ["for"]);
  const third = page(server, first.records);
  await third.outbox.start();
  assert.equal(third.view().state, "recorded");
  assert.equal(third.view().standing.receipt.log_index, 11);
});

test("refusals end it and are told in the server's words", async () => {
  for (const [status, code] of [[403, "not_a_voter"], [422, "unknown_choice"], [401, "session_expired"], [404, "not_found"]]) {
    const server = new BallotServer();
    const { outbox, view } = page(server);
    server.vote = () => {
      throw Object.assign(new Error(), { name: "Problem", status, code, detail: "words", retryAfter: 0 });
    };
    await outbox.sendBallot({ ...poll, choice: "for" });
    await pass(20);
    assert.deepEqual(view(), { state: "refused", wanted: "for", standing: null, code, detail: "words" });
    assert.equal(server.asked.length, 1);
  }
});

test("another choice that stands already is told, with its receipt", async () => {
  const server = new BallotServer();
  server.vote("against");
  const { outbox, view } = page(server);
  await outbox.sendBallot({ ...poll, choice: "for" });
  await settled();
  assert.equal(view().state, "other_stands");
  assert.equal(view().code, "already_voted");
  assert.equal(view().standing.choice, "against");
  assert.deepEqual(server.effects, ["against"]);
});

test("the same choice from another tablet is this voter's ballot too", async () => {
  const server = new BallotServer();
  server.vote("for");
  const { outbox, view } = page(server);
  await outbox.sendBallot({ ...poll, choice: "for" });
  await settled();
  assert.equal(view().state, "recorded");
});

test("once the poll is over nothing is sent; the fate is asked for and told", async () => {
  for (const [before, state] of [["lost", "not_arrived"], ["answer lost", "recorded"]]) {
    const server = new BallotServer();
    const { outbox, view } = page(server);
    server.fate = () => before;
    await outbox.sendBallot({ ...poll, choice: "for" });
    await settled();
    server.status = "closed";
    server.asked = [];
    await outbox.pollClosed("p1");
    assert.equal(view().state, "settling");
    await pass(20);
    server.fate = () => "fine";
    await pass(9);
    assert.equal(view().state, state);
    assert.ok(server.asked.every((one) => one === "ask"), String(server.asked));
  }
});

test("an end that only the server's refusal tells of is settled the same way", async () => {
  const server = new BallotServer();
  const { outbox, view } = page(server);
  server.fate = () => "answer lost";
  await outbox.sendBallot({ ...poll, choice: "for" });
  await settled();
  server.answers.clear(); // As if its memory of keys had ended.
  server.status = "closed";
  server.fate = () => "fine";
  await pass(2);
  assert.equal(view().state, "recorded");
});

test("before anything was sent, a new choice takes the place of the old one", async () => {
  const server = new BallotServer();
  const { outbox, view } = page(server);
  server.fate = () => "too many"; // Surely not accepted.
  await outbox.sendBallot({ ...poll, choice: "for" });
  await settled();
  await outbox.sendBallot({ ...poll, choice: "against" });
  server.fate = () => "fine";
  await pass(3);
  assert.deepEqual(server.effects, ["against"]);
  assert.equal(view().state, "recorded");
});

test("a choice that may have arrived is not replaced where no change is allowed", async () => {
  const server = new BallotServer();
  const { outbox } = page(server);
  server.fate = () => "lost";
  await outbox.sendBallot({ ...poll, choice: "for" });
  await settled();
  assert.equal((await outbox.sendBallot({ ...poll, choice: "against" }))?.wanted, "for");
  server.fate = () => "fine";
  await pass(3);
  assert.deepEqual(server.effects, ["for"]);
});

test("where a change is allowed, the later choice follows the earlier one and counts", async () => {
  const server = new BallotServer({ allowChange: true });
  const { outbox, view } = page(server);
  const open = { ...poll, allowChange: true };
  server.fate = () => "late";
  await outbox.sendBallot({ ...open, choice: "for" });
  await settled();
  assert.equal((await outbox.sendBallot({ ...open, choice: "against" }))?.wanted, "against");
  server.fate = () => "fine";
  await pass(3);
  server.deliver(); // The first request arrives after everything: it changes nothing any more.
  assert.deepEqual(server.effects, ["for", "against"]);
  assert.equal(view().standing.choice, "against");
  await outbox.sendBallot({ ...open, choice: "abstain" });
  await settled();
  assert.deepEqual(server.effects, ["for", "against", "abstain"]);
  assert.equal(view().standing.revision, 3);
});

test("a choice that waited does not undo what its voter chose meanwhile on another tablet", async () => {
  const server = new BallotServer({ allowChange: true });
  const { outbox, view } = page(server);
  server.fate = () => "lost";
  await outbox.sendBallot({ ...poll, allowChange: true, choice: "for" });
  await settled();
  server.vote("against");
  server.fate = () => "fine";
  await pass(3);
  assert.equal(view().state, "other_stands");
  assert.deepEqual(server.effects, ["against"]);
  // Chosen again in the knowledge of it, it counts.
  await outbox.sendBallot({ ...poll, allowChange: true, choice: "for", revision: 1 });
  await settled();
  assert.equal(view().state, "recorded");
  assert.equal(server.ballot.choice, "for");
});

test("a refused change leaves the ballot that stands, with its receipt", async () => {
  const server = new BallotServer({ allowChange: true });
  const { outbox, view } = page(server);
  await outbox.sendBallot({ ...poll, allowChange: true, choice: "for" });
  await settled();
  server.fate = () => "signed out";
  await outbox.sendBallot({ ...poll, allowChange: true, choice: "against" });
  await settled();
  assert.equal(view().state, "refused");
  assert.equal(view().standing.choice, "for");
  assert.equal(view().standing.receipt.log_index, 11);
});

test("two tabs of one person agree on one ballot", async () => {
  const server = new BallotServer();
  const records = new MemoryRecords();
  const [one, other] = [page(server, records), page(server, records)];
  server.fate = () => "lost";
  await Promise.all([one.outbox.sendBallot({ ...poll, choice: "for" }), other.outbox.sendBallot({ ...poll, choice: "for" })]);
  await pass(5);
  server.fate = () => "fine";
  await pass(9);
  assert.deepEqual(server.effects, ["for"]);
  assert.equal(server.answers.size, 1);
  assert.deepEqual([one.view().state, other.view().state], ["recorded", "recorded"]);
});

test("a listener that fails keeps no ballot from being sent", async () => {
  const server = new BallotServer();
  const { outbox, view } = page(server);
  /** @type {unknown[]} what the browser would report */ const faults = [];
  const microtasks = mock.method(globalThis, "queueMicrotask", (/** @type {() => void} */ task) => {
    try {
      task();
    } catch (error) {
      faults.push(error);
    }
  });
  outbox.subscribe(() => {
    throw new Error("a fault of the screen");
  });
  await outbox.sendBallot({ ...poll, choice: "for" });
  await settled();
  microtasks.mock.restore();
  assert.equal(faults.length, 2);
  assert.equal(view().state, "recorded");
});

test("what one tab hears late says nothing about what another has sent since", () => {
  const choice = { ...poll, allowChange: true, revision: 0 };
  const first = begun(chosen(undefined, { ...choice, choice: "for", key: "k1" }));
  const wished = chosen(first, { ...choice, choice: "against", key: "k2" });
  /** @type {import("../../static/js/voting/ballot/ballot_sending.js").CountedBallot} */
  const standing = { choice: "for", revision: 1, receipt: null };
  const second = answered(wished, "k1", "post", { kind: "stands", standing });
  assert.equal(second?.waiting?.key, "k2");
  for (const answer of /** @type {import("../../static/js/voting/ballot/ballot_sending.js").Answer[]} */ ([
    { kind: "stands", standing },
    { kind: "passing", unsent: false },
    { kind: "refused", status: 409, refusal: { code: "poll_not_open", detail: "" } },
  ])) {
    assert.equal(answered(second, "k1", "post", answer), second);
    assert.equal(answered(undefined, "k1", "ask", answer), undefined);
  }
});

test("a choice sent in the very moment in which the one before comes to rest is sent too", async () => {
  for (let hops = 0; hops < 12; hops++) {
    const server = new BallotServer({ allowChange: true });
    const { outbox, view } = page(server);
    const end = outbox.subscribe(async (_, now) => {
      if (now?.state !== "recorded") return;
      end();
      for (let hop = 0; hop < hops; hop++) await null;
      await outbox.sendBallot({ ...poll, allowChange: true, choice: "against" });
    });
    await outbox.sendBallot({ ...poll, allowChange: true, choice: "for" });
    await settled();
    assert.deepEqual(server.effects, ["for", "against"], `${hops} steps later`);
    assert.equal(view().state, "recorded");
  }
});
