/** Page turns: one in flight, the latest wins, nothing replayed after a reconnect. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Turning } from "../../static/js/live/turning.js";

/** @param {number} page */
const at = (page) => ({ document_id: "p", version: 1, page });

/** A line that keeps what was sent, to be answered by the test. */
function line() {
  /** @type {{page:number, answer:(answer:any) => void, fail:() => void}[]} */
  const sent = [];
  /** @type {number[]} */
  const acknowledged = [];
  /** @type {string[]} */
  const refused = [];
  const state = { connected: true };
  const turning = new Turning({
    send: (place) => new Promise((answer, fail) => sent.push({ page: place.page, answer, fail: () => fail(new Error("late")) })),
    connected: () => state.connected,
    acknowledged: (place) => acknowledged.push(place.page),
    refused: (_place, answer) => refused.push(answer.code ?? ""),
  });
  return { sent, acknowledged, refused, state, turning };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("while one is under way only the latest waits", async () => {
  const { sent, acknowledged, turning } = line();
  for (const page of [1, 2, 3, 4]) turning.turnPage(at(page));
  assert.deepEqual(sent.map((one) => one.page), [1]);
  assert.ok(turning.busy);
  sent[0]?.answer({ ok: true, term: 1, rev: 1 });
  await settled();
  assert.deepEqual(sent.map((one) => one.page), [1, 4]);
  sent[1]?.answer({ ok: true, term: 1, rev: 2 });
  await settled();
  assert.deepEqual(acknowledged, [1, 4]);
  assert.ok(!turning.busy);
});

test("without a connection nothing is sent, and nothing later", async () => {
  const { sent, state, turning } = line();
  state.connected = false;
  assert.equal(turning.turnPage(at(1)), false);
  state.connected = true;
  await settled();
  assert.equal(sent.length, 0);
  assert.ok(!turning.busy);
});

test("a turn of a lost connection is not replayed and its late answer not heard", async () => {
  const { sent, acknowledged, turning } = line();
  turning.turnPage(at(5));
  turning.dropped();
  sent[0]?.answer({ ok: true, term: 1, rev: 1 });
  await settled();
  assert.deepEqual([sent.length, acknowledged.length, turning.busy], [1, 0, false]);
});

test("no answer in time: the latest is sent again while connected", async () => {
  const { sent, turning } = line();
  turning.turnPage(at(1));
  turning.turnPage(at(2));
  sent[0]?.fail();
  await settled();
  assert.deepEqual(sent.map((one) => one.page), [1, 2]);
});

test("a refusal ends it and is told", async () => {
  const { sent, refused, turning } = line();
  turning.turnPage(at(1));
  turning.turnPage(at(2));
  sent[0]?.answer({ ok: false, code: "not_presenter" });
  await settled();
  assert.deepEqual([refused, sent.length, turning.busy], [["not_presenter"], 1, false]);
});

test("after a new term the holder's last acknowledged page goes out again", async () => {
  const { sent, turning } = line();
  turning.again();
  assert.equal(sent.length, 0);
  turning.turnPage(at(6));
  sent[0]?.answer({ ok: true, term: 1, rev: 1 });
  await settled();
  turning.dropped();
  turning.again();
  assert.deepEqual(sent.map((one) => one.page), [6, 6]);
  turning.released();
  turning.dropped();
  turning.again();
  assert.equal(sent.length, 2);
});
