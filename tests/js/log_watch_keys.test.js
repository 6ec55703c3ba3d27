/** Keys that hand over to others, and restores: what the watch follows, and what it takes for a fork. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./chance.js";
import { sized } from "./effort.js";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { rotationMessage } from "../../static/js/voting/vote_log/checkpoints.js";
import { LogWatch } from "../../static/js/voting/vote_log/log_watch.js";
import { LogServer, MEETING } from "./log_server.js";
import { Signer } from "./naive_log.js";
import { tablet } from "./watching_tablet.js";

const [oldKey, newKey, thief] = ["22", "33", "44"].map((byte) => new Signer(byte.repeat(32)));

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

test("a restore under a new key counts where the old key in force signed it, and an alarm is raised where it did not", async () => {
  const server = new LogServer({ signer: oldKey }).grow(3);
  const rotated = new LogServer({ signer: oldKey }).grow(1);
  rotated.rotate(newKey);
  const elsewhere = server.restored("log-B", newKey, oldKey);
  elsewhere.entries[0] = elsewhere.entries[0].replace("Khôi phục", "Nâng cấp");
  const without = server.restored("log-B", newKey, oldKey);
  without.entries[0] = without.entries[0].replace('"v":2', '"v":1');
  const cases = /** @type {[LogServer, LogServer, string][]} */ ([
    [server, server.restored("log-B", newKey, oldKey), "continued"],
    [server, server.restored("log-B", oldKey, oldKey).grow(2), "continued"],
    [server, server.restored("log-B", oldKey, null), "continued"],
    [server, server.restored("log-B", oldKey, thief), "inconsistent: not_continued"],
    [server, server.restored("log-B", newKey, null), "inconsistent: another_key"],
    [server, server.restored("log-B", thief, thief), "inconsistent: another_key"],
    [server, elsewhere, "inconsistent: another_key"],
    [server, without, "inconsistent: another_key"],
    [rotated, rotated.restored("log-B", thief, newKey), "continued"],
    [rotated, rotated.restored("log-B", thief, oldKey), "inconsistent: another_key"],
  ]);
  for (const [before, after, wanted] of cases) {
    const { look, offer, line, watch } = tablet(before);
    await look();
    line.server = after;
    assert.equal(await look(), wanted);
    if (wanted !== "continued") continue;
    assert.equal(await offer(after.grow(2).note()), "consistent");
    assert.equal(watch.status.breaks[0]?.kept, before.signed);
    const other = after.copy();
    other.signer = oldKey === after.signer ? thief : oldKey;
    assert.equal(await offer(other.grow(1).note()), "inconsistent: another_key", "another key speaks no more");
  }
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

test("random honest histories with rotations, restores and late checkpoints never alarm", async () => {
  for (let seed = 1; seed <= sized(4, 12); seed++) {
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

/** @param {LogServer} server @param {{first: Signer, last: Signer}|null} rotation of the installation's own key */
function withInstallation(server, rotation) {
  const answer = server.checkpoint.bind(server);
  const change = rotation && {
    old_key: rotation.first.vkey, new_key: rotation.last.vkey,
    signature_by_old: rotation.first.sign(rotationMessage("installation", rotation.first.vkey, rotation.last.vkey)).toString("hex"),
  };
  server.checkpoint = () => /** @type {any} */ ({ ...answer(), installation: { first: oldKey.vkey, rotations: change ? [change] : [] } });
  return server;
}

test("a new meeting under another key of the same installation is an alarm, unless the key was handed over", async () => {
  const records = new MemoryRecords();
  const seen = async (/** @type {LogServer} */ server, /** @type {string} */ meetingId) => {
    const api = { get: (/** @type {string} */ path) => server.get(path.replace(meetingId, MEETING)) };
    return (await new LogWatch({ meetingId, records, api, random: () => 0 }).look({ now: true })).reason;
  };
  assert.equal(await seen(withInstallation(new LogServer({ signer: oldKey }), null), "m1"), "");
  assert.equal(await seen(withInstallation(new LogServer({ logId: "log-T", signer: thief }), null), "m2"), "another_installation_key");
  const forged = { first: thief, last: newKey };
  assert.equal(await seen(withInstallation(new LogServer({ logId: "log-F", signer: newKey }), forged), "m3"), "another_installation_key");
  const handedOver = { first: oldKey, last: newKey };
  assert.equal(await seen(withInstallation(new LogServer({ logId: "log-N", signer: newKey }), handedOver), "m4"), "");
  // From then on it is the known one; another installation at the same address has another name.
  assert.equal(await seen(withInstallation(new LogServer({ logId: "log-M", signer: newKey }), null), "m5"), "");
  const other = new Signer("55".repeat(32), "dienhong-another1");
  assert.equal(await seen(withInstallation(new LogServer({ logId: "log-O", signer: other }), null), "m6"), "");
});
