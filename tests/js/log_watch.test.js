/** The watch over a meeting's log: quiet about an honest one, loud about one that contradicts itself. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { RecordsInMemory } from "../../static/js/lib/kept_records.js";
import { LogWatch } from "../../static/js/voting/log_watch.js";
import { Problem } from "./ballot_server.js";
import { chance } from "./chance.js";
import { LogServer, MEETING } from "./log_server.js";
import { Signer } from "./naive_log.js";

mock.timers.enable({ apis: ["setTimeout"] });

const offline = () => {
  throw new Problem(0, "offline");
};
const [oldKey, newKey, thief] = ["22", "33", "44"].map((byte) => new Signer(byte.repeat(32)));

/**
 * A tablet before a server that a test may exchange behind its back.
 * @param {LogServer} server @param {any} [records]
 */
function tablet(server, records = new RecordsInMemory()) {
  const line = { server, get: (/** @type {string} */ path) => line.server.get(path) };
  const watch = new LogWatch({ meetingId: MEETING, records, api: line, random: () => 0.5, now: () => "now" });
  /** @param {Promise<any>} verdict @param {number} [seconds] */
  const after = async (verdict, seconds = 3) => {
    let answered = null;
    void verdict.then((one) => (answered = one));
    for (let second = 0; second < seconds * 4 && !answered; second++) {
      await settled();
      mock.timers.tick(250);
    }
    await settled();
    return answered;
  };
  return {
    line, watch, records, after,
    look: async () => said(await after(watch.look())),
    /** @param {any} note */ offer: async (note) => said(await after(watch.offer(note))),
  };
}

async function settled() {
  for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {any} verdict */
const said = (verdict) => verdict && (verdict.reason ? `${verdict.state}: ${verdict.reason}` : verdict.state);

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

test("a key that was handed over is trusted, and from then on it alone", async () => {
  const server = new LogServer({ signer: oldKey }).grow(3);
  const { look, offer, watch } = tablet(server);
  await look();
  const late = server.note(2);
  const before = server.copy();
  server.rotate(newKey);
  assert.equal(await offer(server.note()), "consistent");
  assert.equal(await offer(late), "consistent", "what the old key signed before may arrive late");
  server.grow(2);
  assert.equal(await look(), "consistent");
  before.grow(4);
  assert.equal(await offer(before.note()), "inconsistent: another_key", "the old key was given up");
  assert.equal(watch.status.size, 7);
});

test("a tablet that comes after a rotation still takes an older checkpoint", async () => {
  const server = new LogServer({ signer: oldKey }).grow(3);
  const late = server.note(2);
  server.rotate(newKey);
  const { look, offer } = tablet(server);
  assert.equal(await look(), "first");
  assert.equal(await offer(late), "consistent");
});

test("a key that nobody handed over is an alarm, and so is a handover that is not signed", async () => {
  for (const handovers of [[], [{ old_key: oldKey.vkey, new_key: thief.vkey, signature_by_old: "00".repeat(64) }],
    [{ old_key: thief.vkey, new_key: oldKey.vkey, signature_by_old: "00".repeat(64) }], "nonsense", [null, 1, {}]]) {
    const server = new LogServer({ signer: oldKey }).grow(3);
    const { look, offer } = tablet(server);
    await look();
    const forged = server.copy();
    forged.signer = thief;
    forged.grow(1);
    assert.equal(await offer({ ...forged.note(), vkey: thief.vkey, previous_vkeys: handovers }), "inconsistent: another_key");
  }
});

test("several handovers at once are followed", async () => {
  const server = new LogServer({ signer: oldKey });
  const { look } = tablet(server);
  await look();
  server.rotate(newKey);
  server.rotate(thief);
  server.handovers.reverse();
  assert.equal(await look(), "consistent");
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

test("a restore that names the old log is a recorded break, and what it lost is said", async () => {
  const server = new LogServer().grow(3);
  const backup = server.copy();
  server.grow(4);
  const { look, offer, line, watch, records } = tablet(server);
  await look();
  const restored = backup.restored("log-B");
  line.server = restored;
  assert.equal(await look(), "continued");
  const { breaks } = watch.status;
  assert.deepEqual(breaks, [{ from: "log-A", to: "log-B", seen: 8, kept: 4, reason: "Khôi phục từ bản sao lưu", at: "now" }]);
  assert.equal(await offer(restored.grow(2).note()), "consistent");
  assert.equal(await offer(server.note(3)), "unknown: earlier_log", "an event that was on its way");
  assert.equal(await offer(server.note()), "unknown: earlier_log");
  assert.equal(await offer(server.forkAt(2).grow(6).note()), "inconsistent: two_roots");
  const reloaded = tablet(restored, records);
  await reloaded.watch.open();
  assert.deepEqual(reloaded.watch.status.breaks, breaks);
  line.server = server;
  assert.equal(await look(), "inconsistent: went_back");
});

test("a restore that an event tells of first, with all that was seen", async () => {
  const server = new LogServer().grow(3);
  const { look, offer, line, watch } = tablet(server);
  await look();
  const restored = server.restored("log-B");
  line.server = restored;
  assert.equal(await offer(restored.note()), "continued");
  assert.equal(watch.status.breaks[0]?.kept, 4);
});

test("several restores while the tablet was away, and one that loses a log whole", async () => {
  const server = new LogServer().grow(3);
  const backup = server.copy();
  const away = tablet(server);
  await away.look();
  away.line.server = server.restored("log-B").restored("log-C");
  assert.equal(await away.look(), "continued");
  assert.deepEqual(away.watch.status.breaks.map(({ from, to, seen, kept }) => [from, to, seen, kept]), [["log-A", "log-C", 4, 4]]);

  const rotated = tablet(server);
  await rotated.look();
  const between = server.restored("log-B");
  between.rotate(newKey);
  rotated.line.server = between.restored("log-C");
  assert.equal(await rotated.look(), "continued", "the key was handed over in a log that this tablet never saw");

  const told = tablet(server);
  await told.look();
  told.line.server = away.line.server;
  assert.equal(await told.offer(away.line.server.note()), "continued", "an event names no earlier logs");

  const lost = tablet(server);
  await lost.look();
  lost.line.server = backup.restored("log-B").grow(1);
  assert.equal(await lost.look(), "continued");
  lost.line.server = backup.restored("log-C");
  assert.equal(await lost.look(), "continued");
  assert.deepEqual(lost.watch.status.breaks.slice(1).map(({ from, to, seen, kept }) => [from, to, seen, kept]),
    [["log-A", "log-C", 4, 4], ["log-B", "log-C", 2, 0]]);
});

test("another log that does not name the old one, or misnames it, is a fork", async () => {
  const server = new LogServer().grow(3);
  const misnamed = server.copy();
  misnamed.entries = server.forkAt(2).grow(2).entries;
  const elsewhere = server.restored("log-B");
  elsewhere.entries[0] = elsewhere.entries[0].replace('"m1"', '"m2"');
  const stranger = new LogServer({ logId: "log-X" }).grow(3).restored("log-B");
  stranger.earlier = [];
  const cases = /** @type {[LogServer, string][]} */ ([
    [new LogServer({ logId: "log-B" }), "another_log"],
    [stranger, "another_log"],
    [misnamed.restored("log-B"), "earlier_root"],
    [elsewhere, "not_continued"],
    [server.restored("log-B", thief), "another_key"],
  ]);
  for (const [other, reason] of cases) {
    const { look, line, watch } = tablet(server);
    await look();
    line.server = other;
    assert.equal(await look(), `inconsistent: ${reason}`);
    assert.equal(watch.head?.log_id, "log-A");
  }
});

test("a beginning that the checkpoint does not cover is none", async () => {
  const server = new LogServer().grow(3);
  const other = new LogServer({ logId: "log-B" });
  const pretended = server.restored("log-B").entries;
  for (const lie of [
    (/** @type {string} */ path) => (path.startsWith("?") ? { log_id: "log-B", entries: [{ index: 0, leaf_hash: "", entry: pretended[0] }] } : null),
    (/** @type {string} */ path) => (path.startsWith("?") ? { log_id: "log-B", entries: [] } : null),
    (/** @type {string} */ path) => (path.startsWith("?") ? { log_id: "log-C", entries: [] } : null),
    (/** @type {string} */ path) => (path.startsWith("/proof") ? { log_id: "log-B", proof: "none" } : null),
  ]) {
    const { look, line } = tablet(server);
    await look();
    line.server = other;
    other.lie = lie;
    assert.equal(await look(), "inconsistent: not_continued");
  }
});

test("two tabs that each were shown another fork do not both call it good", async () => {
  const server = new LogServer().grow(2);
  const records = new RecordsInMemory();
  const [one, other] = [tablet(server, records), tablet(server, records)];
  await one.look();
  const fork = other.line.server = server.forkAt(3).grow(1);
  server.grow(1);
  const both = Promise.all([one.watch.offer(server.note()), other.watch.offer(fork.note())]);
  const verdicts = (await one.after(both, 6))?.map(said).sort();
  assert.deepEqual(verdicts, ["consistent", "inconsistent: two_roots"]);
});

test("random honest histories with rotations, restores and late checkpoints never alarm", async () => {
  for (let seed = 1; seed <= 25; seed++) {
    const random = chance(seed);
    let server = new LogServer();
    const { look, offer, line, watch } = tablet(server);
    let [keys, logs] = [0, 0];
    /** @type {any[]} */ const sent = [];
    for (let step = 0; step < 25; step++) {
      const what = random();
      if (what < 0.4) sent.push(server.grow(1 + Math.floor(random() * 4)).note());
      else if (what < 0.5) server.rotate(new Signer(String(50 + (keys += 1)).padStart(2, "0").repeat(32)));
      else if (what < 0.57) line.server = server = server.restored(`log-${(logs += 1)}`);
      else if (what < 0.65) server.append("ballot_committed", {}, false);
      const note = sent[Math.floor(random() * sent.length)];
      if (random() < 0.4 && note) await offer(note);
      if (random() < 0.4) await look();
      assert.deepEqual(watch.status.evidence, [], `seed ${seed}, step ${step}`);
    }
    assert.match(await look(), /^(first|consistent|continued)$/, `seed ${seed}`);
    assert.equal(watch.status.size, server.signed);
  }
});
