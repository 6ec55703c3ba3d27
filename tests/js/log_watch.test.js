/** The watch over a meeting's log: quiet about an honest one, loud about one that contradicts itself. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { Problem } from "./ballot_server.js";
import { LogServer, MEETING } from "./log_server.js";
import { said, settled, tablet } from "./watching_tablet.js";

const offline = () => {
  throw new Problem(0, "offline");
};

test("an honest log that grows is first met, then consistent, and asks once for each growth", async () => {
  const server = new LogServer();
  const { look, offer, watch } = tablet(server);
  assert.equal(await look(), "first");
  for (let growth = 0; growth < 8; growth++) {
    server.grow(1 + (growth % 3));
    server.asked = [];
    assert.equal(await offer(server.note()), "consistent");
    assert.equal(server.asked.length, 1);
  }
  server.asked = [];
  assert.equal(await offer(server.note()), "consistent");
  assert.deepEqual(server.asked, [], "the same size needs no question");
  assert.deepEqual({ ...watch.status, breaks: [], evidence: [] },
    { state: "consistent", reason: "", logId: "log-A", size: server.signed, breaks: [], evidence: [] });
});

test("a checkpoint that an event carries without its key is met by asking for the key", async () => {
  const server = new LogServer().grow(3);
  const { offer } = tablet(server);
  assert.equal(await offer(server.note()), "first");
});

test("older checkpoints that arrive late are proven too, and change nothing", async () => {
  const server = new LogServer().grow(9);
  const { look, offer, watch } = tablet(server);
  await look();
  for (const size of [7, 2, 9]) assert.equal(await offer(server.note(size)), "consistent");
  assert.equal(watch.status.size, 10);
  const fork = server.forkAt(4).grow(3);
  assert.equal(await offer(fork.note()), "inconsistent: not_consistent");
});

test("nothing is asked before its moment in five seconds, and one thing at a time", async () => {
  const server = new LogServer();
  const { watch, look, after } = tablet(server);
  await look();
  server.asked = [];
  const notes = [3, 1, 2].map((more) => server.grow(more).note());
  const verdicts = notes.map((note) => watch.offer(note));
  await settled();
  mock.timers.tick(2000);
  await settled();
  assert.deepEqual(server.asked, []);
  const answers = await after(Promise.all(verdicts));
  assert.deepEqual(answers?.map(said), ["consistent", "consistent", "consistent"]);
  assert.deepEqual(server.asked, ["/consistency?from=1&to=7"], "the largest stands for those on its way");
});

test("another root for the same size is a fork, whatever the server says", async () => {
  const server = new LogServer().grow(4);
  const { look, offer } = tablet(server);
  await look();
  server.lie = offline;
  assert.equal(await offer(server.forkAt(2).grow(3).note()), "inconsistent: two_roots");
});

test("a fork that grew is one, with both checkpoints and the proof as evidence, for ever", async () => {
  const server = new LogServer().grow(4);
  const one = tablet(server);
  await one.look();
  const good = one.watch.head;
  const fork = server.forkAt(3).grow(6);
  one.line.server = fork;
  const note = fork.note();
  assert.equal(await one.offer(note), "inconsistent: not_consistent");
  const [evidence] = one.watch.status.evidence;
  assert.equal(evidence?.kept?.head.note, good?.note);
  assert.equal(evidence?.offered.note, note.note);
  assert.deepEqual(evidence?.proof, fork.answer(`/consistency?from=5&to=${fork.signed}`).proof);
  assert.equal(evidence?.at, "now");
  assert.deepEqual(one.watch.head, good, "the good checkpoint stays");
  await one.offer(note);
  assert.equal(one.watch.status.evidence.length, 1, "the same again is no new evidence");

  const reloaded = tablet(server, one.records);
  assert.equal(said(await reloaded.watch.open()), "inconsistent: not_consistent");
  server.grow(2);
  assert.equal(await reloaded.look(), "consistent", "the log from before may well go on");
  assert.equal(reloaded.watch.status.state, "inconsistent");
  assert.deepEqual(reloaded.watch.status.evidence, [evidence]);
});

test("a log that was cut off, and one whose growth is not proven", async () => {
  const server = new LogServer().grow(8);
  const cut = tablet(server);
  await cut.look();
  cut.line.server = server.forkAt(5);
  assert.equal(await cut.look(), "inconsistent: cut_off");
  const unproven = tablet(server);
  await unproven.look();
  server.grow(1);
  server.lie = (path) => {
    if (path.startsWith("/consistency")) throw new Problem(404, "not_found");
  };
  assert.equal(await unproven.offer(server.note()), "inconsistent: not_proven");
});

test("a signed checkpoint that is ahead of the server itself is one that was cut off", async () => {
  const server = new LogServer().grow(4);
  const { look, offer, watch } = tablet(server);
  await look();
  const ahead = server.forkAt(5).grow(6).note();
  server.grow(2);
  assert.equal(await offer(ahead), "inconsistent: cut_off");
  assert.equal(watch.status.evidence[0]?.offered.note, ahead.note);
  assert.equal(watch.status.evidence[0]?.present, server.note().note);
});

test("a refusal that does not last is no alarm", async () => {
  const server = new LogServer().grow(4);
  const { look, offer } = tablet(server);
  await look();
  let refusals = 1;
  server.lie = (path) => {
    if (path.startsWith("/consistency") && refusals-- > 0) throw new Problem(404, "not_found");
  };
  assert.equal(await offer(server.grow(2).note()), "consistent");
  refusals = 1;
  assert.equal(await offer(server.grow(2).note(2)), "consistent");
});

test("troubles of the network, of the server and of this person's place raise no alarm", async () => {
  const troubles = [[0, "offline"], [500, "internal_error"], [503, "unavailable"], [429, "too_many_requests"], [401, "session_expired"], [403, "not_allowed"]];
  for (const [status, code] of /** @type {[number, string][]} */ (troubles)) {
    const server = new LogServer().grow(2);
    const { look, offer, watch } = tablet(server);
    await look();
    server.grow(2);
    server.lie = () => {
      throw new Problem(status, code);
    };
    assert.equal(await offer(server.note()), "unknown: unreachable", code);
    assert.deepEqual(watch.status.evidence, []);
  }
  for (const nonsense of [() => { throw new SyntaxError("<html>"); }, () => { throw new Problem(404, "not_found"); }]) {
    const server = new LogServer().grow(2);
    const { look, offer } = tablet(server);
    await look();
    server.grow(2);
    server.lie = nonsense;
    assert.equal(await offer(server.note()), "unknown: unreachable", "a meeting that is gone is no fork");
  }
});

test("what could not be asked is asked again by itself, a few times", async () => {
  const server = new LogServer().grow(2);
  const { look, watch, after } = tablet(server);
  await look();
  server.grow(2);
  server.lie = offline;
  assert.equal(said(await after(watch.offer(server.note()))), "unknown: unreachable");
  server.lie = null;
  await after(new Promise(() => {}), 20);
  assert.equal(watch.status.state, "consistent");
  assert.equal(watch.status.size, 5);
  server.grow(2);
  server.lie = offline;
  server.asked = [];
  void watch.offer(server.note());
  await after(new Promise(() => {}), 300);
  assert.equal(server.asked.length, 5);
});

test("an answer that hangs is given up", async () => {
  const server = new LogServer().grow(2);
  const { look, watch, line, after } = tablet(server);
  await look();
  line.get = (_path, /** @type {any} */ options) => new Promise((_, reject) => {
    options.signal.addEventListener("abort", () => reject(new DOMException("late", "AbortError")));
  });
  assert.equal(said(await after(watch.offer(server.grow(1).note()), 20)), "unknown: unreachable");
});

test("what is no checkpoint, or none by the key it came with, is an alarm", async () => {
  const server = new LogServer().grow(2);
  const { look, offer } = tablet(server);
  for (const note of ["", "nonsense", 7, {}, server.note().note.replace("\n3\n", "\n4\n")]) {
    const verdict = await offer({ ...server.checkpoint(), note });
    assert.match(verdict, /^inconsistent: (unreadable|not_signed)$/, String(note));
  }
  assert.equal(await look(), "first");
  assert.equal(await offer({ ...server.checkpoint(), note: "x".repeat(1e6) }), "inconsistent: unreadable");
});

test("evidence of a server that sends nonsense without end stays small", async () => {
  const server = new LogServer();
  const { look, offer, records } = tablet(server);
  await look();
  for (let i = 0; i < 60; i++) await offer({ note: `nonsense ${i} ${"x".repeat(1e5)}` });
  const kept = await records.get(MEETING);
  assert.equal(kept.evidence.length, 50);
  assert.ok(JSON.stringify(kept).length < 2e6);
});

test("before anything was signed there is nothing to say; a log that is gone is an alarm", async () => {
  const server = new LogServer();
  server.lie = () => ({ log_id: null, size: 0, root: null, note: null, vkey: null, previous_vkeys: [], earlier: [] });
  const { look } = tablet(server);
  assert.equal(await look(), "unknown: no_log");
  server.lie = null;
  assert.equal(await look(), "first");
  server.lie = () => ({ note: null });
  assert.equal(await look(), "inconsistent: log_gone");
});

test("two tabs that each were shown another fork do not both call it good", async () => {
  const server = new LogServer().grow(2);
  const records = new MemoryRecords();
  const [one, other] = [tablet(server, records), tablet(server, records)];
  await one.look();
  const fork = other.line.server = server.forkAt(3).grow(1);
  server.grow(1);
  const both = Promise.all([one.watch.offer(server.note()), other.watch.offer(fork.note())]);
  const verdicts = (await one.after(both, 6))?.map(said).sort();
  assert.deepEqual(verdicts, ["consistent", "inconsistent: two_roots"]);
});

test("a watch that is closed answers whoever waits, and asks nothing more", async () => {
  const server = new LogServer();
  const { watch, look, after } = tablet(server);
  await look();
  server.asked = [];
  const verdicts = [watch.look(), watch.offer(server.grow(1).note())];
  watch.close();
  verdicts.push(watch.look({ now: true }));
  assert.deepEqual((await after(Promise.all(verdicts), 30))?.map(said), Array(3).fill("unknown: closed"));
  assert.deepEqual(server.asked, []);
});
