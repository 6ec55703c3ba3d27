/** What was written waits on the tablet and reaches the server once, in order; what is refused is never lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { InkServer } from "./ink_server.js";
import { page, pass, settled } from "./ink_page.js";

const ids = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => `stroke-${String(at).padStart(4, "0")}`);

test("the first stroke goes at once, those that follow share a request a second", async () => {
  const server = new InkServer();
  const { create } = page(server);
  await create("a");
  await settled();
  assert.deepEqual(server.asked, ["post 1"]);
  for (const id of ["b", "c", "d"]) await create(id);
  await settled();
  assert.deepEqual(server.asked, ["post 1"]);
  await pass(1);
  assert.deepEqual(server.asked, ["post 1", "post 3"]);
  assert.deepEqual(server.made, ["a", "b", "c", "d"]);
});

test("somebody who goes on writing costs the hall one request a second", async () => {
  const server = new InkServer();
  const { create, outbox } = page(server);
  for (let half = 0; half < 20; half++) {
    await create(`stroke-${half}`);
    await pass(0.5);
  }
  await pass(2);
  assert.ok(server.asked.length <= 11, server.asked.join(", "));
  assert.equal(server.made.length, 20);
  assert.equal(outbox.waiting, 0);
});

test("200 strokes written offline arrive in 4 requests, in order", async () => {
  const server = new InkServer();
  server.fate = () => "lost";
  const { create, outbox } = page(server);
  for (const id of ids(200)) await create(id);
  await pass(5);
  assert.equal(outbox.waiting, 200);
  const before = server.asked.length;
  server.fate = () => "fine";
  outbox.hurry();
  await pass(1);
  // The very first stroke went out alone, and a request that may have arrived is repeated as it was.
  assert.deepEqual(server.asked.slice(before), ["post 1", "post 50", "post 50", "post 50", "post 49"]);
  assert.deepEqual(server.made, ids(200));
  assert.equal(outbox.ops.length, 0);
});

test("a request carries no more than the server takes", async () => {
  const server = new InkServer();
  const { create } = page(server);
  await create("first");
  const long = { strokes: [Array(1500).fill([0.12345, 0.54321, 0.55])] };
  for (const id of ids(10)) await create(id, { geometry: long });
  await pass(3);
  assert.ok(server.asked.every((asked) => Number(asked.split(" ")[1]) <= 3), server.asked.join(", "));
  assert.equal(server.made.length, 11);
});

test("what is changed or removed before it went out never was otherwise", async () => {
  const server = new InkServer();
  const { create, change, remove, outbox } = page(server);
  await create("first");
  await create("a");
  await create("b");
  await change("a", { text: "later" }, 0);
  await remove("b");
  await pass(1);
  assert.deepEqual(server.asked, ["post 1", "post 1"]);
  assert.equal(server.marks.get("a").text, "later");
  assert.deepEqual([[...server.marks.keys()], outbox.ops], [["first", "a"], []]);
});

test("a change waits for its creation and goes on top of what it made; quick ones become one", async () => {
  const server = new InkServer();
  const fates = ["hangs after", "answer lost"];
  server.fate = () => fates.shift() ?? "fine";
  const { create, change } = page(server);
  await create("a");
  await settled();
  await change("a", { text: "1" }, 0);
  await change("a", { text: "2" }, 0);
  assert.deepEqual(server.asked, ["post 1"]);
  await pass(30);
  assert.deepEqual(server.asked, ["post 1", "post 1", "post 1", "patch 1"]);
  assert.deepEqual([server.marks.get("a").text, server.marks.get("a").revision], ["2", 2]);
});

test("a change made while an earlier one is on its way is no conflict with it", async () => {
  const server = new InkServer();
  const { create, change, outbox } = page(server);
  await create("a");
  await pass(2);
  for (let n = 1; n <= 6; n++) {
    void change("a", { text: `${n}` }, 1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await pass(4);
  assert.deepEqual([server.marks.get("a").text, outbox.ops], ["6", []]);
});

test("a removal of what may have arrived is sent, and wins over a change that waits", async () => {
  const server = new InkServer();
  server.fate = (verb) => (verb === "post" ? "answer lost" : "fine");
  const { create, change, remove, outbox } = page(server);
  await create("a");
  await settled();
  await change("a", { text: "later" }, 0);
  await remove("a");
  server.fate = () => "fine";
  await pass(3);
  assert.deepEqual(server.asked, ["post 1", "post 1", "del 1"]);
  assert.deepEqual([server.marks.size, outbox.ops.length], [0, 0]);
});

test("only the bad one of a batch is refused, and stays until somebody decides", async () => {
  const server = new InkServer();
  server.refuses = ({ id, audience }) => (id === "c" && audience === "meeting" ? "not_allowed" : null);
  const { create, outbox } = page(server);
  await create("first");
  for (const id of ["a", "b", "c", "d"]) await create(id, { audience: "meeting" });
  await pass(3);
  assert.deepEqual(server.made, ["first", "a", "b", "d"]);
  const [op] = outbox.refused;
  assert.deepEqual([op.id, op.refused, outbox.waiting], ["c", { code: "not_allowed", detail: "in words: not_allowed" }, 0]);
  await outbox.keepPrivate(op.key, null);
  await pass(2);
  assert.deepEqual([server.marks.get("c").audience, outbox.ops], ["private", []]);
});

test("what was refused can be tried again or thrown away", async () => {
  const server = new InkServer();
  server.refuses = () => "too_many_annotations";
  const { create, outbox } = page(server);
  await create("a");
  await create("b");
  await pass(3);
  assert.equal(outbox.refused.length, 2);
  server.refuses = () => null;
  await outbox.retry(outbox.refused[0].key, null);
  await outbox.discard(outbox.refused[0].key);
  await pass(2);
  assert.deepEqual([server.made, outbox.ops], [["a"], []]);
});

test("a refused creation is altered and removed like one that was never sent", async () => {
  const server = new InkServer();
  server.refuses = ({ text }) => (text === "short" ? null : "invalid_input");
  const { create, change, remove, outbox } = page(server);
  await create("a");
  await create("b");
  await pass(3);
  await change("a", { text: "short" }, 0);
  await remove("b");
  await pass(2);
  assert.deepEqual([server.made, outbox.ops], [["a"], []]);
});

test("the newer of two changes wins; mine is offered and may be put over it", async () => {
  const server = new InkServer();
  const { create, change, outbox } = page(server);
  await create("a");
  await pass(2);
  server.changeElsewhere("a", { text: "theirs" });
  await change("a", { text: "mine" }, 1);
  await pass(2);
  assert.equal(server.marks.get("a").text, "theirs");
  assert.equal(outbox.refused[0].refused?.code, "stale_revision");
  await outbox.retry(outbox.refused[0].key, 2);
  await pass(2);
  assert.deepEqual([server.marks.get("a").text, outbox.ops], ["mine", []]);
});

test("a removal wins over a change; what was changed can be made anew", async () => {
  const server = new InkServer();
  const { create, change, outbox } = page(server);
  await create("a");
  await pass(2);
  server.remove("a");
  await change("a", { text: "mine" }, 1);
  await pass(2);
  assert.equal(outbox.refused[0].refused?.code, "annotation_deleted");
  await outbox.makeAnew(outbox.refused[0].key, "b");
  await pass(2);
  assert.deepEqual([[...server.marks.keys()], server.marks.get("b").text, outbox.ops], [["b"], "mine", []]);
});

test("a change that is offered does not hold up the next one", async () => {
  const server = new InkServer();
  const { create, change, outbox } = page(server);
  await create("a");
  await pass(2);
  server.changeElsewhere("a", { text: "theirs" });
  await change("a", { text: "mine" }, 1);
  await pass(2);
  await change("a", { style: { color: "#b3261e" } }, 2);
  await pass(2);
  assert.deepEqual([server.marks.get("a").style.color, server.marks.get("a").text], ["#b3261e", "theirs"]);
  assert.equal(outbox.refused.length, 1);
});

test("removing what somebody else removed is done", async () => {
  const server = new InkServer();
  const { create, remove, outbox } = page(server);
  await create("a");
  await pass(2);
  server.remove("a");
  await remove("a");
  await remove("never-there");
  await pass(3);
  assert.deepEqual(outbox.ops, []);
});

test("a reload repeats the very request that may have arrived", async () => {
  const server = new InkServer();
  const disk = new MemoryRecords();
  server.fate = () => "hangs after";
  const first = page(server, disk);
  await first.create("a");
  await settled();
  await first.create("b");
  await settled();
  server.fate = () => "fine";
  const { outbox } = page(server, disk);
  await outbox.start();
  await pass(3);
  assert.deepEqual(server.asked, ["post 1", "post 1", "post 1"]);
  assert.deepEqual([server.made, server.answers.size, outbox.ops], [["a", "b"], 2, []]);
});

test("a server that breaks down over one request does not hold up the rest for ever", async () => {
  const server = new InkServer();
  const bad = (/** @type {any} */ draft) => draft.id === "bad";
  server.refuses = (draft) => {
    if (bad(draft)) throw Object.assign(new Error("broken"), { name: "Problem", status: 500, code: "internal_error", detail: "", retryAfter: 0 });
    return null;
  };
  const { create, outbox } = page(server);
  await create("first");
  for (const id of ["a", "bad", "b"]) await create(id);
  await pass(60);
  assert.deepEqual(server.made, ["first", "a", "b"]);
  assert.deepEqual(outbox.refused.map((op) => [op.id, op.refused?.code]), [["bad", "internal_error"]]);
});

test("a sign-in that is over refuses nothing: it waits", async () => {
  const server = new InkServer();
  server.fate = () => "signed out";
  const { create, outbox } = page(server);
  await create("a");
  await pass(20);
  assert.deepEqual([outbox.refused, outbox.waiting], [[], 1]);
});

test("free notes travel alike", async () => {
  const server = new InkServer();
  const { outbox } = page(server);
  const facts = { target: "notes", id: "n", document_id: null, revision: null, made: Date.now() };
  await outbox.take([{ ...facts, key: "k1", verb: "create", draft: { id: "n", meeting_id: "m", text: "Hỏi lại" }, patch: null }]);
  await pass(2);
  await outbox.take([{ ...facts, key: "k2", verb: "change", draft: { id: "n", meeting_id: "m", text: "Đã hỏi" }, patch: { text: "Đã hỏi" }, revision: 1 }]);
  await pass(2);
  assert.deepEqual([server.marks.get("n").text, server.marks.get("n").revision, server.asked], ["Đã hỏi", 2, ["post 1", "patch 1"]]);
});

test("a second tab sends what the first one left, and hears what it did", async () => {
  const server = new InkServer();
  const disk = new MemoryRecords();
  /** @type {any[]} */ const channels = [];
  const channel = () => {
    const own = { onmessage: null, close() {}, postMessage: (/** @type {any} */ data) => {
      for (const other of channels) if (other !== own) other.onmessage?.({ data: structuredClone(data) });
    } };
    channels.push(own);
    return own;
  };
  const [a, b] = [page(server, disk, () => 0.5, { channel: channel() }), page(server, disk, () => 0.5, { channel: channel() })];
  /** @type {string[]} */ const heard = [];
  b.outbox.subscribe((landed) => heard.push(...landed.map(({ op }) => op.id)));
  await a.create("a");
  await settled();
  assert.deepEqual([heard, b.outbox.ops, server.asked], [["a"], [], ["post 1"]]);
  server.fate = () => "hangs";
  await a.create("b");
  await pass(2);
  a.outbox.stop();
  assert.equal(b.outbox.waiting, 1);
  server.fate = () => "fine";
  await pass(6);
  assert.deepEqual([server.made, b.outbox.waiting], [["a", "b"], 0]);
});

test("nothing of it stays when the tablet is handed back", async () => {
  const server = new InkServer();
  server.fate = () => "lost";
  const disk = new MemoryRecords();
  const { create, outbox } = page(server, disk);
  await create("a");
  await outbox.erase();
  await pass(5);
  assert.deepEqual(await disk.all(), []);
});

test("what waits keeps its objects while it is sent, so that nothing is drawn twice", async () => {
  const server = new InkServer();
  server.fate = () => "lost";
  const { create, outbox } = page(server);
  await create("a");
  const { draft } = outbox.ops[0];
  await pass(3);
  assert.equal(outbox.ops[0].draft, draft);
});
