/** The annotation store of one person: what it shows at every moment, what it takes back and offers, alone and among others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chance, oneOf } from "./chance.js";
import { sized } from "./effort.js";
import { Tablet } from "./simulated_tablet.js";
import { pass, settled } from "./ink_page.js";
import { InkServer } from "./ink_server.js";
import { draft, style } from "./marks.js";

/** @param {object} [more] */
const drawn = (more = {}) => draft({ id: undefined, ...more });

/** @param {string[]} ids @param {"private"|"person"|"meeting"} audience @param {string|null} [userId] changes that set who sees them */
const reaching = (ids, audience, userId = null) => ids.map((id) => ({ id, patch: { audience, user_id: userId } }));

/** @param {InkServer} [server] @param {string} [me] */
async function withStore(server = new InkServer(), me = "me") {
  const tablet = new Tablet(server, me);
  await tablet.store.start();
  tablet.join();
  tablet.store.show("d");
  await pass(1);
  return { server, tablet, store: tablet.store };
}

/** Whatever is online shows what the server lets its person see. */
function assertAlike(server, tablet, said = "") {
  const there = server.visible(tablet.me, "d").items.filter((one) => one.page === 1);
  const here = tablet.marks();
  const facts = ({ id, text, audience, revision, author }) => [id, text, audience, revision, author];
  assert.deepEqual(here.map(facts).sort(), there.map(facts).sort(), `${tablet.me} ${said}`);
}

test("what is written is there at once and at every moment after, until the server has it and longer", async () => {
  const { server, tablet, store } = await withStore();
  const seen = new Set();
  store.subscribe(() => seen.add(tablet.marks().length));
  const { ids } = store.addAnnotations(drawn());
  assert.deepEqual(tablet.marks().map(({ id, revision, author }) => [id, revision, author]), [[ids[0], 0, "me"]]);
  await pass(3);
  assert.deepEqual([...seen], [1]);
  assert.equal(tablet.marks()[0].revision, 1);
  assert.deepEqual([server.made, store.outbox.waiting, store.outbox.ops.length], [ids, 0, 0]);
});

test("a stroke is the same object until something of it changes", async () => {
  const { tablet, store } = await withStore();
  store.addAnnotations(drawn());
  const [waiting] = tablet.marks();
  const list = tablet.marks();
  assert.equal(tablet.marks(), list);
  await settled();
  await pass(3);
  const [landed] = tablet.marks();
  assert.notEqual(landed, waiting);
  store.addAnnotations(drawn({ page: 2 }));
  assert.equal(tablet.marks()[0], landed);
  await pass(3);
  assert.equal(tablet.marks()[0], landed);
});

test("steps are taken back and done again, under new ids where something comes back", async () => {
  const { server, tablet, store } = await withStore();
  const [id] = store.addAnnotations(drawn({ kind: "note", geometry: { at: [0.5, 0.5] }, text: "một" })).ids;
  await pass(2);
  store.changeAll([{ id, patch: { text: "hai" } }]);
  store.remove([id]);
  await pass(3);
  assert.deepEqual([tablet.texts, server.marks.size, store.canRedo], [[], 0, false]);
  assert.deepEqual(store.undo(), { document_id: "d", version: 1, page: 1 });
  assert.deepEqual(tablet.texts, ["hai"]);
  store.undo();
  assert.deepEqual(tablet.texts, ["một"]);
  await pass(3);
  store.undo();
  assert.deepEqual([tablet.texts, store.canUndo, store.undo()], [[], false, null]);
  for (const expected of [["một"], ["hai"], []]) {
    store.redo();
    assert.deepEqual(tablet.texts, expected);
  }
  store.undo();
  await pass(5);
  assert.deepEqual([...server.marks.values()].map(({ text }) => text), ["hai"]);
  assert.ok(!server.marks.has(id));
  assertAlike(server, tablet);
});

test("what the server would refuse is not taken at all", async () => {
  const { tablet, store } = await withStore();
  const good = drawn();
  assert.deepEqual(store.addAnnotations([good, drawn({ kind: "note", geometry: { at: [0.5, 0.5] }, text: "<b>đậm</b>" })]), { ids: [], fault: "html_in_text" });
  assert.deepEqual([tablet.texts, store.canUndo, store.outbox.waiting], [[], false, 0]);
  const [id] = store.addAnnotations(good).ids;
  assert.equal(store.changeAll([{ id, patch: { style: { ...style, width: 1000 } } }]).fault, "invalid_input");
  assert.equal(tablet.marks()[0].style.width, style.width);
});

test("a page holds so many of one person and no more", async () => {
  const { server, store } = await withStore();
  server.fate = () => "hangs";
  assert.equal(store.addAnnotations(Array.from({ length: 2001 }, () => drawn())).fault, "too_many_annotations");
  assert.equal(store.addAnnotations(Array.from({ length: 2000 }, () => drawn())).fault, null);
  assert.equal(store.addAnnotations(drawn()).fault, "too_many_annotations");
  assert.equal(store.addAnnotations(drawn({ page: 2 })).fault, null);
  store.leave();
});

test("private ones are nobody else's; shown to the room, sent to one, and taken back again", async () => {
  const server = new InkServer();
  const [{ tablet: mine, store }, { tablet: other }, { tablet: third }] = [await withStore(server), await withStore(server, "b"), await withStore(server, "c")];
  const { ids } = store.addAnnotations([drawn(), drawn()]);
  await pass(3);
  assert.deepEqual([other.marks(), third.marks()], [[], []]);
  store.changeAll(reaching(ids, "meeting"));
  await pass(3);
  assert.deepEqual([other.marks().length, third.marks().length], [2, 2]);
  store.changeAll(reaching([ids[0]], "private"));
  store.changeAll(reaching([ids[1]], "person", "b"));
  await pass(4);
  assert.deepEqual([mine.marks().length, other.marks().map(({ id }) => id), third.marks()], [2, [ids[1]], []]);
  for (const tablet of [mine, other, third]) assertAlike(server, tablet);
  // Only what is for the room is told while it is drawn.
  const place = { document_id: "d", version: 1, page: 1 };
  for (const audience of ["private", "person", undefined]) store.wet({ id: "w".repeat(20), ...place, style, points: [[0.1, 0.1, 0.5]] }, audience);
  await pass(1);
  assert.deepEqual(mine.whispered, []);
  store.wet({ id: "w".repeat(20), ...place, style, points: [[0.1, 0.1, 0.5]] }, "meeting");
  await pass(1);
  assert.equal(mine.whispered.length, 1);
});

test("another's is not changed; whoever runs the meeting clears it, and that is not undone", async () => {
  const server = new InkServer();
  const [{ store: writer }, { tablet: chair, store }] = [await withStore(server, "b"), await withStore(server, "me")];
  const { ids } = writer.addAnnotations(drawn({ audience: "meeting" }));
  await pass(2);
  assert.deepEqual(store.changeAll([{ id: ids[0], patch: { text: "mine" } }]), { ids: [], fault: null });
  store.remove(ids);
  assert.deepEqual([chair.marks(), store.canUndo], [[], false]);
  await pass(3);
  assert.equal(server.marks.size, 0);
});

test("a reload without a network shows what was seen and what was written", async () => {
  const server = new InkServer();
  const [{ tablet, store }, { store: other }] = [await withStore(server), await withStore(server, "b")];
  other.addAnnotations(drawn({ audience: "meeting", text: "của phòng" }));
  store.addAnnotations(drawn({ text: "đã gửi" }));
  await pass(10);
  server.fate = () => "lost";
  store.addAnnotations(drawn({ text: "chưa gửi" }));
  store.addAnnotations(drawn({ page: 3 }));
  await pass(1);
  store.leave();
  const again = new Tablet(server, "me", tablet.disk);
  await again.store.start();
  again.store.show("d");
  await pass(2);
  assert.deepEqual(again.texts, ["của phòng", "đã gửi", "chưa gửi"]);
  assert.deepEqual(again.store.view.all("d").map(({ author }) => author).sort(), ["b", "me", "me", "me"]);
  server.fate = () => "fine";
  again.join();
  await pass(8);
  assertAlike(server, again);
  assert.deepEqual([again.texts.length, again.store.outbox.waiting], [3, 0]);
});

test("what is sent later, while its document is not open, is remembered of it", async () => {
  const server = new InkServer();
  const { tablet, store } = await withStore(server);
  store.addAnnotations(drawn({ text: "trước" }));
  await pass(10);
  server.fate = () => "lost";
  store.addAnnotations(drawn({ text: "sau" }));
  await pass(1);
  store.leave();
  server.fate = (verb) => (verb === "get" ? "lost" : "fine");
  const second = new Tablet(server, "me", tablet.disk);
  await second.store.start();
  await pass(5);
  second.store.leave();
  assert.equal(server.marks.size, 2);
  const third = new Tablet(server, "me", tablet.disk);
  await third.store.start();
  third.store.show("d");
  await pass(2);
  assert.deepEqual([third.texts, third.store.outbox.waiting], [["trước", "sau"], 0]);
});

test("while everything is new and being loaded again, what was known stays in sight", async () => {
  const { server, tablet, store } = await withStore();
  store.addAnnotations(drawn());
  await pass(3);
  const seen = new Set();
  store.subscribe(() => seen.add(tablet.marks().length));
  tablet.join();
  assert.equal(tablet.marks().length, 1);
  await pass(3);
  assert.deepEqual([...seen], [1]);
  assert.ok(store.papers.isLoaded("d"));
  assertAlike(server, tablet);
});

test("a paper that may not be read is asked for once, and nothing of it is kept", async () => {
  const { server, tablet, store } = await withStore();
  store.addAnnotations(drawn());
  await pass(10);
  assert.ok((await tablet.disk.papers.all()).length > 0);
  server.visible = () => {
    throw Object.assign(new Error("no"), { name: "Problem", status: 403, code: "not_allowed", detail: "", retryAfter: 0 });
  };
  server.asked = [];
  tablet.join();
  await pass(30);
  assert.deepEqual([server.asked, tablet.marks()], [["get"], []]);
  assert.deepEqual(await tablet.disk.papers.all(), []);
});

test("of two changes the newer stands; the other is offered, and can be put over it or thrown away", async () => {
  const { server, tablet, store } = await withStore();
  const [id, other] = store.addAnnotations([drawn({ text: "gốc" }), drawn({ text: "gốc" })]).ids;
  await pass(3);
  for (const one of [id, other]) {
    tablet.connected = false;
    server.changeElsewhere(one, { text: "máy kia" });
    store.changeAll([{ id: one, patch: { text: "máy này" } }]);
    await pass(3);
  }
  assert.deepEqual(store.outbox.refused.map((op) => op.refused?.code), ["stale_revision", "stale_revision"]);
  tablet.join();
  await pass(2);
  assert.deepEqual(tablet.texts, ["máy kia", "máy kia"]);
  await store.answerOffer(store.outbox.refused[0], "restore");
  await store.answerOffer(store.outbox.refused[0], "discard");
  await pass(3);
  assert.deepEqual([tablet.texts, store.outbox.ops.length], [["máy này", "máy kia"], 0]);
  assertAlike(server, tablet);
});

test("a change of what was removed meanwhile is offered, and makes it anew", async () => {
  const { server, tablet, store } = await withStore();
  const [id] = store.addAnnotations(drawn({ audience: "meeting", text: "gốc" })).ids;
  await pass(3);
  tablet.connected = false;
  server.remove(id);
  store.changeAll([{ id, patch: { text: "sửa" } }]);
  await pass(3);
  tablet.join();
  await pass(2);
  assert.deepEqual(tablet.texts, []);
  await store.answerOffer(store.outbox.refused[0], "restore");
  await pass(3);
  assert.deepEqual([tablet.texts, server.marks.has(id), store.outbox.ops.length], [["sửa"], false, 0]);
  store.undo();
  await pass(3);
  assertAlike(server, tablet);
});

test("what the room may not have can stay with its author", async () => {
  const server = new InkServer();
  server.refuses = ({ audience }) => (audience === "meeting" ? "not_allowed" : null);
  const { tablet, store } = await withStore(server);
  store.addAnnotations(drawn({ audience: "meeting" }));
  await pass(3);
  assert.equal(tablet.marks().length, 1);
  await store.answerOffer(store.outbox.refused[0], "keep_private");
  await pass(3);
  assert.deepEqual([tablet.marks()[0].audience, store.outbox.ops.length], ["private", 0]);
  assertAlike(server, tablet);
});

test("random meetings: three people write, change, take back and share, lines drop, and all end alike", async () => {
  for (let seed = 1; seed <= sized(10, 40); seed++) {
    const random = chance(seed);
    const server = new InkServer();
    const tablets = [];
    for (const me of ["a", "b", "c"]) tablets.push((await withStore(server, me)).tablet);
    server.fate = () => oneOf(random, ["fine", "fine", "fine", "lost", "answer lost", "fails", "late"]);
    for (let moment = 0; moment < 30; moment++) {
      const tablet = oneOf(random, tablets);
      const { store } = tablet;
      const own = tablet.marks().filter(({ author }) => author === tablet.me);
      const what = random();
      if (what < 0.35 || !own.length) store.addAnnotations(drawn({ text: `viết ${moment}`, audience: oneOf(random, ["private", "meeting"]) }));
      else if (what < 0.5) store.changeAll([{ id: oneOf(random, own).id, patch: { text: `sửa ${moment}` } }]);
      else if (what < 0.6) store.remove([oneOf(random, own).id]);
      else if (what < 0.7) store.undo();
      else if (what < 0.75) store.redo();
      else if (what < 0.8) store.changeAll(reaching([oneOf(random, own).id], "meeting"));
      else if (what < 0.85) store.changeAll(reaching([oneOf(random, own).id], "person", oneOf(random, ["a", "b", "c"].filter((one) => one !== tablet.me))));
      else if (what < 0.9) store.changeAll(reaching([oneOf(random, own).id], "private"));
      else if (what < 0.95) tablet.connected = false;
      else if (!tablet.connected) tablet.join();
      if (random() < 0.4) await pass(random() * 3);
    }
    server.fate = () => "fine";
    for (const tablet of tablets) tablet.join();
    await pass(60);
    server.deliver();
    for (const tablet of tablets) {
      assert.deepEqual(tablet.store.outbox.refused.map((op) => op.refused?.code), [], `seed ${seed}`);
      assert.equal(tablet.store.outbox.waiting, 0, `seed ${seed}`);
      assertAlike(server, tablet, `seed ${seed}`);
    }
  }
});
