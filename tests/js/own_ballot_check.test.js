/** The check that a device makes by itself at the end of a vote: once for each end, and again while nobody answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OwnBallotCheck } from "../../static/js/voting/ballot/own_ballot_check.js";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { LogWatch } from "../../static/js/voting/vote_log/log_watch.js";
import { Problem } from "./ballot_server.js";
import { LogServer, MEETING } from "./log_server.js";
import { naiveLeaf } from "./naive_log.js";

/** A closed and cancelled poll's log: the ballot stays sealed, as before an announcement. */
function closedPoll() {
  const server = new LogServer();
  server.append("poll_opened", { poll_id: "p1" });
  const log_index = server.append("ballot_committed", { poll_id: "p1", commitment: "00" }, false);
  server.append("poll_closed", { poll_id: "p1" });
  const receipt = { log_id: server.logId, log_index, leaf_hash: naiveLeaf(server.entries[log_index]) };
  return { server, own: { choice: "for", receipt } };
}

/** @param {LogServer} server */
function checking(server) {
  const watch = new LogWatch({ meetingId: MEETING, records: new MemoryRecords(), api: server });
  /** @type {number[]} */ const waits = [];
  let changes = 0;
  /** @type {(() => void)|null} */ let heard = null;
  const check = new OwnBallotCheck({
    userId: "u1", withWatch: (go) => go(watch), random: () => 0.5,
    wait: async (ms) => void waits.push(ms),
    changed: () => {
      changes += 1;
      heard?.();
    },
  });
  const done = () => new Promise((go) => void (heard = () => go(undefined)));
  return { check, watch, waits, done, count: () => changes };
}

/** @param {any} [more] @returns {any} a poll whose result is withheld */
const poll = (more = {}) => ({ id: "p1", status: "closed", result: null, closed_at: "2026-11-24T02:00:00Z", ...more });

test("each end of a poll is checked once, after a delay that spreads the clients", async () => {
  const { server, own } = closedPoll();
  const { check, waits, done, count } = checking(server);
  assert.equal(check.of(poll()), undefined);
  const first = done();
  check.start(poll(), own);
  check.start(poll(), own);
  assert.equal(check.of(poll()), null);
  await first;
  assert.deepEqual([check.of(poll())?.state, check.of(poll())?.reason], ["verified", "withheld"]);
  assert.deepEqual([waits, count()], [[4000], 1]);
  const second = done();
  check.start(poll({ result: { voted: 1 } }), own);
  await second;
  assert.equal(check.of(poll({ result: { voted: 1 } }))?.reason, "not_opened");
});

test("without an answer it is asked again a few times, and then unknown", async () => {
  const { server, own } = closedPoll();
  const { check, watch, waits, done } = checking(server);
  server.lie = () => {
    throw new Problem(0, "offline");
  };
  const end = done();
  check.start(poll(), own);
  await end;
  assert.equal(check.of(poll())?.state, "unknown");
  assert.deepEqual(waits, [4000, 20_000, 20_000, 20_000]);
  assert.equal(watch.status.evidence.length, 0);
});

test("a ballot that the log contradicts raises the alarm, with the receipt as evidence", async () => {
  const { server, own } = closedPoll();
  const { check, watch, done } = checking(server);
  const end = done();
  check.start(poll(), { ...own, receipt: { ...own.receipt, leaf_hash: "11".repeat(32) } });
  await end;
  const [evidence] = watch.status.evidence;
  assert.equal(evidence?.reason, "ballot_another_entry");
  assert.equal(evidence?.offered.receipt?.leaf_hash, "11".repeat(32));
});
