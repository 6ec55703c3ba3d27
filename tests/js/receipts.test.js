/** A voter's own check of a receipt: it holds against an honest log, and finds every way of lying about the ballot. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { encode } from "../../static/js/voting/vote_log/canonical.js";
import { LogWatch } from "../../static/js/voting/vote_log/log_watch.js";
import { checkReceipt, commitmentOf } from "../../static/js/voting/ballot/receipts.js";
import { Problem } from "./ballot_server.js";
import { LogServer, MEETING } from "./log_server.js";
import { naiveInclusion, naiveLeaf, Signer } from "./naive_log.js";

const vectors = JSON.parse(readFileSync(new URL("../../docs/vote-log-vectors.json", import.meta.url), "utf8"));

/** @param {string} user @param {string} choice @param {number} [revision] */
const ballotOf = (user, choice, revision = 1) => ({
  poll_id: "p1", user_id: user, choice, channel: "tablet", entered_by: null, reason: null, confirmed_by: null, revision,
});
/** @param {string} salt @param {any} ballot */
const seal = (salt, ballot) => createHash("sha256").update(Buffer.from(salt, "hex")).update(encode(ballot)).digest("hex");

/**
 * A log with a poll of three voters; the second one's receipt is looked at.
 * @param {{until?: string, opened?: (ballots: any[]) => any[]}} [story]
 *   `until`: how far the poll goes; `opened`: what closing opens, if not the ballots as they were cast
 */
function held({ until = "closed", opened = (ballots) => ballots } = {}) {
  const server = new LogServer().grow(2);
  server.append("poll_opened", { poll_id: "p1" });
  const ballots = ["u1", "u2", "u3"].map((user, at) => {
    const [salt, ballot] = [String(at + 10).repeat(32), ballotOf(user, at === 1 ? "for" : "against")];
    const committed_index = server.append("ballot_committed", { poll_id: "p1", commitment: seal(salt, ballot) }, false);
    return { poll_id: "p1", committed_index, salt, ballot };
  });
  const index = /** @type {any} */ (ballots[1]).committed_index;
  const proof = naiveInclusion(index, server.entries.slice(0, index + 1)).map(String);
  const receipt = { log_id: "log-A", log_index: index, leaf_hash: naiveLeaf(server.entries[index]), proof, note: server.note(index + 1).note };
  const cast = { receipt, pollId: "p1", userId: "u2", choice: "for", closed: true };
  if (until === "closed") {
    for (const opening of opened(ballots)) server.append("ballot_opened", opening, false);
    server.append("poll_closed", { poll_id: "p1" });
  } else if (until !== "open") {
    server.append(until, { poll_id: "p1" });
  }
  return { server, cast };
}

/** @param {LogServer} server */
function watching(server) {
  const line = { server, get: (/** @type {string} */ path) => line.server.get(path) };
  const watch = new LogWatch({ meetingId: MEETING, records: new MemoryRecords(), api: line });
  return { line, watch };
}

/** @param {LogServer} server @param {any} cast */
const check = (server, cast) => checkReceipt(watching(server).watch, cast);

/** @param {import("../../static/js/voting/ballot/receipts.js").Checked} checked */
const said = ({ state, reason, steps }) => [`${state}${reason && `: ${reason}`}`, steps.map(({ step, ok }) => (ok ? step : `not ${step}`)).join(", ")];

test("the ballot of the document fits its commitment, and no other does", () => {
  const { salt, canonical, commitment } = vectors.ballot;
  const ballot = JSON.parse(canonical);
  assert.equal(commitmentOf(salt, ballot), commitment);
  assert.notEqual(commitmentOf(salt, { ...ballot, choice: "against" }), commitment);
  assert.notEqual(commitmentOf("00".repeat(32), ballot), commitment);
  assert.equal(commitmentOf("00", ballot), null);
});

test("before the announcement the sealed entry is checked and nothing is asked of what closing opened", async () => {
  const { server, cast } = held();
  assert.deepEqual(said(await check(server, { ...cast, withheld: true })), ["verified: withheld", "checkpoint, entry"]);
});

test("after closing, an honest receipt is verified to the choice", async () => {
  const { server, cast } = held();
  const checked = await check(server.grow(5), cast);
  assert.deepEqual(said(checked), ["verified", "checkpoint, entry, opening, choice"]);
  assert.deepEqual([checked.choice, checked.revision], ["for", 1]);
});

test("every receipt of the published log is verified", async () => {
  const { lines, checkpoints, keys } = vectors.log;
  const server = Object.assign(new LogServer({ logId: "b7RkW3xTqLmN9pVz5sYcHd" }), { entries: lines, signed: lines.length });
  server.checkpoint = () => ({ note: checkpoints.at(-1), vkey: keys[1], previous_vkeys: [], earlier: [] });
  const watch = new LogWatch({ meetingId: "meeting-1", records: new MemoryRecords(), api: {
    get: (path) => server.get(path.replace("meeting-1", MEETING)),
  } });
  for (const [index, userId, choice] of [[3, "u1", "for"], [4, "u2", "for"], [5, "u5", "abstain"], [6, "u2", "against"]]) {
    const receipt = { log_id: server.logId, log_index: index, leaf_hash: vectors.log.leaves[index] };
    const checked = await checkReceipt(watch, { receipt, pollId: "p1", userId, choice, closed: true });
    assert.deepEqual([checked.state, checked.choice], ["verified", choice]);
  }
});

test("a long log is read page by page", async () => {
  const { server, cast } = held({ until: "open" });
  for (let i = 0; i < 1100; i++) server.append("ballot_committed", { poll_id: "p2", commitment: "00" }, false);
  server.append("poll_cancelled", { poll_id: "p1" });
  assert.deepEqual(said(await check(server, cast)), ["verified: cancelled", "checkpoint, entry"]);
});

test("while the poll is open the seal is not covered yet, or covered and still sealed", async () => {
  const open = held({ until: "open" });
  assert.deepEqual(said(await check(open.server, { ...open.cast, closed: false })), ["unknown: still_sealed", "checkpoint, entry"]);
  const { note, proof, ...unsigned } = open.cast.receipt;
  assert.ok(note && proof);
  assert.deepEqual(said(await check(open.server, { ...open.cast, receipt: unsigned, closed: false })), ["unknown: not_covered_yet", "checkpoint"]);
  const covered = held({ until: "paper_published" });
  assert.deepEqual(said(await check(covered.server, { ...covered.cast, closed: false })), ["unknown: still_sealed", "checkpoint, entry"]);
});

test("a cancelled poll leaves the ballot sealed in the log", async () => {
  const { server, cast } = held({ until: "poll_cancelled" });
  assert.deepEqual(said(await check(server, cast)), ["verified: cancelled", "checkpoint, entry"]);
});

test("a ballot that was opened as another, or not at all, is found", async () => {
  const change = (/** @type {any} */ with_) => (/** @type {any[]} */ all) => all.map((one, at) => (at === 1 ? { ...one, ...with_(one) } : one));
  const cases = /** @type {[(all: any[]) => any[], string, string][]} */ ([
    [change((/** @type {any} */ one) => ({ ballot: { ...one.ballot, choice: "against" } })), "broken: opening_does_not_fit", "not opening"],
    [change(() => ({ salt: "ff".repeat(32) })), "broken: opening_does_not_fit", "not opening"],
    [change(() => ({ salt: "ff" })), "broken: opening_does_not_fit", "not opening"],
    [change(() => ({ committed_index: 99 })), "broken: not_opened", "not opening"],
    [(all) => all.toSpliced(1, 1), "broken: not_opened", "not opening"],
  ]);
  for (const [opened, verdict, step] of cases) {
    const { server, cast } = held({ opened });
    assert.deepEqual(said(await check(server, cast)), [verdict, `checkpoint, entry, ${step}`]);
  }
});

test("a choice that is not the voter's, and a seal of somebody else, are found", async () => {
  const { server, cast } = held();
  assert.deepEqual(said(await check(server, { ...cast, choice: "against" })), ["broken: another_choice", "checkpoint, entry, opening, not choice"]);
  assert.deepEqual(said(await check(server, { ...cast, userId: "u1" })), ["broken: another_voter", "checkpoint, entry, opening, not choice"]);
  assert.deepEqual(said(await check(server, { ...cast, pollId: "p9" })), ["broken: another_entry", "checkpoint, not entry"]);
});

test("a receipt that the log does not hold is not found", async () => {
  const { server, cast } = held();
  // Receipts of ballots that were cast before receipts were signed.
  cast.receipt = /** @type {any} */ ({ log_id: "log-A", log_index: cast.receipt.log_index, leaf_hash: cast.receipt.leaf_hash });
  const elsewhere = { ...cast, receipt: { ...cast.receipt, log_index: 1 } };
  assert.deepEqual(said(await check(server, elsewhere)), ["not_found: another_entry", "checkpoint, not entry"]);
  const beyond = { ...cast, receipt: { ...cast.receipt, log_index: 500 } };
  assert.deepEqual(said(await check(server, beyond)), ["not_found: another_entry", "checkpoint, not entry"]);
  const { line, watch } = watching(server);
  await watch.look({ now: true });
  line.server = server.restored("log-B").grow(9);
  assert.deepEqual(said(await checkReceipt(watch, cast)), ["not_found: restored", "checkpoint, not entry"]);
});

test("lines and proofs that are not under the checkpoint are found", async () => {
  const { server, cast } = held();
  const opened = server.entries.findIndex((entry) => entry.includes(`"committed_index":${cast.receipt.log_index},`));
  const forged = encode({ ...JSON.parse(server.entries[opened]), type: "poll_cancelled", data: { poll_id: "p1" } });
  const lies = /** @type {[(path: string) => any, string, string][]} */ ([
    [(path) => path.startsWith("/proof") && { log_id: "log-A", proof: [] }, "broken: not_proven", "checkpoint, not entry"],
    [(path) => path.endsWith("limit=1") && { ...server.answer(path), entries: [{ ...server.answer(path).entries[0], entry: "{}" }] },
      "broken: not_proven", "checkpoint, not entry"],
    [(path) => path.startsWith("?") && !path.endsWith("limit=1") && { ...server.answer(path), entries: server.answer(path).entries
      .map((/** @type {any} */ one) => (one.index === opened ? { ...one, entry: forged } : one)) }, "broken: not_proven", "checkpoint, entry, not opening"],
  ]);
  for (const [lie, verdict, steps] of lies) {
    server.lie = lie;
    assert.deepEqual(said(await check(server, cast)), [verdict, steps]);
  }
});

test("what cannot be asked is unknown, and a log that contradicts itself verifies nothing", async () => {
  const { server, cast } = held();
  const { line, watch } = watching(server);
  const offline = () => {
    throw new Problem(0, "offline");
  };
  server.lie = offline;
  assert.deepEqual(said(await checkReceipt(watch, cast)), ["unknown: unreachable", ""]);
  server.lie = (path) => (path === "/checkpoint" ? null : offline());
  assert.deepEqual(said(await checkReceipt(watch, cast)), ["unknown: unreachable", "checkpoint"]);
  server.lie = (path) => path.startsWith("?") && { log_id: "log-A", entries: [] };
  assert.deepEqual(said(await checkReceipt(watch, cast)), ["unknown: unreachable", "checkpoint"]);
  server.lie = null;
  line.server = server.forkAt(3).grow(20);
  assert.deepEqual(said(await checkReceipt(watch, cast)), ["broken: log_inconsistent", "not checkpoint"]);
});

test("a receipt proves itself: its proof leads to its checkpoint, which a known key signed", async () => {
  const { server, cast } = held();
  const { receipt } = cast;
  const other = new Signer("77".repeat(32));
  const wrong = /** @type {[any, string][]} */ ([
    [{ ...receipt, proof: [] }, "broken: receipt_proves_nothing"],
    [{ ...receipt, proof: ["x"] }, "broken: receipt_proves_nothing"],
    [{ ...receipt, note: server.note(receipt.log_index).note }, "broken: receipt_proves_nothing"],
    [{ ...receipt, note: "no checkpoint" }, "broken: receipt_proves_nothing"],
    [{ ...receipt, note: other.note("log-A", server.entries, receipt.log_index + 1) }, "broken: log_inconsistent"],
  ]);
  for (const [changed, verdict] of wrong) {
    const { watch } = watching(server);
    await watch.look({ now: true });
    assert.deepEqual(said(await checkReceipt(watch, { ...cast, receipt: changed })), [verdict, "not checkpoint"]);
  }
});

test("a log that was rewritten while the poll was open contradicts the checkpoint of the receipt", async () => {
  const { cast } = held();
  // The same key signs another history, in which the entry before this ballot is another.
  const rewritten = held();
  const entries = rewritten.server.entries;
  const before = cast.receipt.log_index - 1;
  entries[before] = encode({ ...JSON.parse(entries[before] ?? ""), at: "2026-11-24T03:00:00.000Z" });
  const { watch } = watching(rewritten.server);
  const checked = await checkReceipt(watch, cast);
  assert.deepEqual(said(checked), ["broken: log_inconsistent", "not checkpoint"]);
  assert.equal(watch.status.evidence.length, 1);
});

test("with the number of ballots the opened one is found at its place, without reading the log", async () => {
  const { server, cast } = held();
  assert.deepEqual(said(await check(server, { ...cast, voted: 3 }))[0], "verified");
  assert.equal(server.asked.filter((path) => path.startsWith("?")).length, 2);
  server.asked = [];
  // A wrong number costs one more request and nothing else.
  assert.deepEqual(said(await check(server, { ...cast, voted: 2 }))[0], "verified");
  assert.equal(server.asked.filter((path) => path.startsWith("?")).length, 3);
});

test("what contradicts a ballot is kept as evidence, with the receipt", async () => {
  const { server, cast } = held();
  const { watch } = watching(server);
  await watch.look({ now: true });
  await watch.contradicted("ballot_not_opened", cast.receipt);
  const [evidence] = watch.status.evidence;
  assert.equal(evidence?.reason, "ballot_not_opened");
  assert.deepEqual(evidence?.offered.receipt, cast.receipt);
  assert.equal(watch.status.state, "inconsistent");
});
