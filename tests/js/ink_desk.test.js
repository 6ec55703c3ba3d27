/** The desk of one person: what it shows at every moment, what it takes back and offers, alone and among others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chance, oneOf } from "./chance.js";
import { sized } from "./effort.js";
import { Tablet } from "./ink_hall.js";
import { pass, settled } from "./ink_page.js";
import { InkServer } from "./ink_server.js";
import { draft, style } from "./marks.js";

/** @param {object} [more] */
const drawn = (more = {}) => draft({ id: undefined, ...more });

/** @param {string[]} ids @param {"private"|"person"|"meeting"} audience @param {string|null} [userId] changes that set who sees them */
const reaching = (ids, audience, userId = null) => ids.map((id) => ({ id, patch: { audience, user_id: userId } }));

/** @param {InkServer} [server] @param {string} [me] */
async function atDesk(server = new InkServer(), me = "me") {
  const tablet = new Tablet(server, me);
  await tablet.desk.start();
  tablet.join();
  tablet.desk.show("d");
  await pass(1);
  return { server, tablet, desk: tablet.desk };
}

/** Whatever is online shows what the server lets its person see. */
function assertAlike(server, tablet, said = "") {
  const there = server.visible(tablet.me, "d").items.filter((one) => one.page === 1);
  const here = tablet.marks();
  const facts = ({ id, text, audience, revision, author }) => [id, text, audience, revision, author];
  assert.deepEqual(here.map(facts).sort(), there.map(facts).sort(), `${tablet.me} ${said}`);
}

test("what is written is there at once and at every moment after, until the server has it and longer", async () => {
  const { server, tablet, desk } = await atDesk();
  const seen = new Set();
  desk.subscribe(() => seen.add(tablet.marks().length));
  const { ids } = desk.add(drawn());
  assert.deepEqual(tablet.marks().map(({ id, revision, author }) => [id, revision, author]), [[ids[0], 0, "me"]]);
  await pass(3);
  assert.deepEqual([...seen], [1]);
  assert.equal(tablet.marks()[0].revision, 1);
  assert.deepEqual([server.made, desk.outbox.waiting, desk.outbox.ops.length], [ids, 0, 0]);
});

test("a stroke is the same object until something of it changes", async () => {
  const { tablet, desk } = await atDesk();
  desk.add(drawn());
  const [waiting] = tablet.marks();
  const list = tablet.marks();
  assert.equal(tablet.marks(), list);
  await settled();
  await pass(3);
  const [landed] = tablet.marks();
  assert.notEqual(landed, waiting);
  desk.add(drawn({ page: 2 }));
  assert.equal(tablet.marks()[0], landed);
  await pass(3);
  assert.equal(tablet.marks()[0], landed);
});

test("steps are taken back and done again, under new ids where something comes back", async () => {
  const { server, tablet, desk } = await atDesk();
  const [id] = desk.add(drawn({ kind: "note", geometry: { at: [0.5, 0.5] }, text: "một" })).ids;
  await pass(2);
  desk.changeAll([{ id, patch: { text: "hai" } }]);
  desk.remove([id]);
  await pass(3);
  assert.deepEqual([tablet.texts, server.marks.size, desk.canRedo], [[], 0, false]);
  assert.deepEqual(desk.undo(), { document_id: "d", version: 1, page: 1 });
  assert.deepEqual(tablet.texts, ["hai"]);
  desk.undo();
  assert.deepEqual(tablet.texts, ["một"]);
  await pass(3);
  desk.undo();
  assert.deepEqual([tablet.texts, desk.canUndo, desk.undo()], [[], false, null]);
  for (const expected of [["một"], ["hai"], []]) {
    desk.redo();
    assert.deepEqual(tablet.texts, expected);
  }
  desk.undo();
  await pass(5);
  assert.deepEqual([...server.marks.values()].map(({ text }) => text), ["hai"]);
  assert.ok(!server.marks.has(id));
  assertAlike(server, tablet);
});

test("what the server would refuse is not taken at all", async () => {
  const { tablet, desk } = await atDesk();
  const good = drawn();
  assert.deepEqual(desk.add([good, drawn({ kind: "note", geometry: { at: [0.5, 0.5] }, text: "<b>đậm</b>" })]), { ids: [], fault: "html_in_text" });
  assert.deepEqual([tablet.texts, desk.canUndo, desk.outbox.waiting], [[], false, 0]);
  const [id] = desk.add(good).ids;
  assert.equal(desk.changeAll([{ id, patch: { style: { ...style, width: 1000 } } }]).fault, "invalid_input");
  assert.equal(tablet.marks()[0].style.width, style.width);
});

test("a page holds so many of one person and no more", async () => {
  const { server, desk } = await atDesk();
  server.fate = () => "hangs";
  assert.equal(desk.add(Array.from({ length: 2001 }, () => drawn())).fault, "too_many_annotations");
  assert.equal(desk.add(Array.from({ length: 2000 }, () => drawn())).fault, null);
  assert.equal(desk.add(drawn()).fault, "too_many_annotations");
  assert.equal(desk.add(drawn({ page: 2 })).fault, null);
  desk.leave();
});

test("private ones are nobody else's; shown to the room, sent to one, and taken back again", async () => {
  const server = new InkServer();
  const [{ tablet: mine, desk }, { tablet: other }, { tablet: third }] = [await atDesk(server), await atDesk(server, "b"), await atDesk(server, "c")];
  const { ids } = desk.add([drawn(), drawn()]);
  await pass(3);
  assert.deepEqual([other.marks(), third.marks()], [[], []]);
  desk.changeAll(reaching(ids, "meeting"));
  await pass(3);
  assert.deepEqual([other.marks().length, third.marks().length], [2, 2]);
  desk.changeAll(reaching([ids[0]], "private"));
  desk.changeAll(reaching([ids[1]], "person", "b"));
  await pass(4);
  assert.deepEqual([mine.marks().length, other.marks().map(({ id }) => id), third.marks()], [2, [ids[1]], []]);
  for (const tablet of [mine, other, third]) assertAlike(server, tablet);
  // Only what is for the room is told while it is drawn.
  const place = { document_id: "d", version: 1, page: 1 };
  for (const audience of ["private", "person", undefined]) desk.wet({ id: "w".repeat(20), ...place, style, points: [[0.1, 0.1, 0.5]] }, audience);
  await pass(1);
  assert.deepEqual(mine.whispered, []);
  desk.wet({ id: "w".repeat(20), ...place, style, points: [[0.1, 0.1, 0.5]] }, "meeting");
  await pass(1);
  assert.equal(mine.whispered.length, 1);
});

test("another's is not changed; whoever runs the meeting clears it, and that is not undone", async () => {
  const server = new InkServer();
  const [{ desk: writer }, { tablet: chair, desk }] = [await atDesk(server, "b"), await atDesk(server, "me")];
  const { ids } = writer.add(drawn({ audience: "meeting" }));
  await pass(2);
  assert.deepEqual(desk.changeAll([{ id: ids[0], patch: { text: "mine" } }]), { ids: [], fault: null });
  desk.remove(ids);
  assert.deepEqual([chair.marks(), desk.canUndo], [[], false]);
  await pass(3);
  assert.equal(server.marks.size, 0);
});

test("a reload without a network shows what was seen and what was written", async () => {
  const server = new InkServer();
  const [{ tablet, desk }, { desk: other }] = [await atDesk(server), await atDesk(server, "b")];
  other.add(drawn({ audience: "meeting", text: "của phòng" }));
  desk.add(drawn({ text: "đã gửi" }));
  await pass(10);
  server.fate = () => "lost";
  desk.add(drawn({ text: "chưa gửi" }));
  desk.add(drawn({ page: 3 }));
  await pass(1);
  desk.leave();
  const again = new Tablet(server, "me", tablet.disk);
  await again.desk.start();
  again.desk.show("d");
  await pass(2);
  assert.deepEqual(again.texts, ["của phòng", "đã gửi", "chưa gửi"]);
  assert.deepEqual(again.desk.sight.all("d").map(({ author }) => author).sort(), ["b", "me", "me", "me"]);
  server.fate = () => "fine";
  again.join();
  await pass(8);
  assertAlike(server, again);
  assert.deepEqual([again.texts.length, again.desk.outbox.waiting], [3, 0]);
});

test("what is sent later, while its paper is not on the desk, is remembered of it", async () => {
  const server = new InkServer();
  const { tablet, desk } = await atDesk(server);
  desk.add(drawn({ text: "trước" }));
  await pass(10);
  server.fate = () => "lost";
  desk.add(drawn({ text: "sau" }));
  await pass(1);
  desk.leave();
  server.fate = (verb) => (verb === "get" ? "lost" : "fine");
  const second = new Tablet(server, "me", tablet.disk);
  await second.desk.start();
  await pass(5);
  second.desk.leave();
  assert.equal(server.marks.size, 2);
  const third = new Tablet(server, "me", tablet.disk);
  await third.desk.start();
  third.desk.show("d");
  await pass(2);
  assert.deepEqual([third.texts, third.desk.outbox.waiting], [["trước", "sau"], 0]);
});

test("while everything is new and being loaded again, what was known stays in sight", async () => {
  const { server, tablet, desk } = await atDesk();
  desk.add(drawn());
  await pass(3);
  const seen = new Set();
  desk.subscribe(() => seen.add(tablet.marks().length));
  tablet.join();
  assert.equal(tablet.marks().length, 1);
  await pass(3);
  assert.deepEqual([...seen], [1]);
  assert.ok(desk.papers.isLoaded("d"));
  assertAlike(server, tablet);
});

test("a paper that may not be read is asked for once, and nothing of it is kept", async () => {
  const { server, tablet, desk } = await atDesk();
  desk.add(drawn());
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
  const { server, tablet, desk } = await atDesk();
  const [id, other] = desk.add([drawn({ text: "gốc" }), drawn({ text: "gốc" })]).ids;
  await pass(3);
  for (const one of [id, other]) {
    tablet.connected = false;
    server.changeElsewhere(one, { text: "máy kia" });
    desk.changeAll([{ id: one, patch: { text: "máy này" } }]);
    await pass(3);
  }
  assert.deepEqual(desk.outbox.refused.map((op) => op.refused?.code), ["stale_revision", "stale_revision"]);
  tablet.join();
  await pass(2);
  assert.deepEqual(tablet.texts, ["máy kia", "máy kia"]);
  await desk.answerOffer(desk.outbox.refused[0], "restore");
  await desk.answerOffer(desk.outbox.refused[0], "discard");
  await pass(3);
  assert.deepEqual([tablet.texts, desk.outbox.ops.length], [["máy này", "máy kia"], 0]);
  assertAlike(server, tablet);
});

test("a change of what was removed meanwhile is offered, and makes it anew", async () => {
  const { server, tablet, desk } = await atDesk();
  const [id] = desk.add(drawn({ audience: "meeting", text: "gốc" })).ids;
  await pass(3);
  tablet.connected = false;
  server.remove(id);
  desk.changeAll([{ id, patch: { text: "sửa" } }]);
  await pass(3);
  tablet.join();
  await pass(2);
  assert.deepEqual(tablet.texts, []);
  await desk.answerOffer(desk.outbox.refused[0], "restore");
  await pass(3);
  assert.deepEqual([tablet.texts, server.marks.has(id), desk.outbox.ops.length], [["sửa"], false, 0]);
  desk.undo();
  await pass(3);
  assertAlike(server, tablet);
});

test("what the room may not have can stay with its author", async () => {
  const server = new InkServer();
  server.refuses = ({ audience }) => (audience === "meeting" ? "not_allowed" : null);
  const { tablet, desk } = await atDesk(server);
  desk.add(drawn({ audience: "meeting" }));
  await pass(3);
  assert.equal(tablet.marks().length, 1);
  await desk.answerOffer(desk.outbox.refused[0], "keep_private");
  await pass(3);
  assert.deepEqual([tablet.marks()[0].audience, desk.outbox.ops.length], ["private", 0]);
  assertAlike(server, tablet);
});

test("random halls: three people write, change, take back and share, lines drop, and all end alike", async () => {
  for (let seed = 1; seed <= sized(10, 40); seed++) {
    const random = chance(seed);
    const server = new InkServer();
    const tablets = [];
    for (const me of ["a", "b", "c"]) tablets.push((await atDesk(server, me)).tablet);
    server.fate = () => oneOf(random, ["fine", "fine", "fine", "lost", "answer lost", "fails", "late"]);
    for (let moment = 0; moment < 30; moment++) {
      const tablet = oneOf(random, tablets);
      const { desk } = tablet;
      const own = tablet.marks().filter(({ author }) => author === tablet.me);
      const what = random();
      if (what < 0.35 || !own.length) desk.add(drawn({ text: `viết ${moment}`, audience: oneOf(random, ["private", "meeting"]) }));
      else if (what < 0.5) desk.changeAll([{ id: oneOf(random, own).id, patch: { text: `sửa ${moment}` } }]);
      else if (what < 0.6) desk.remove([oneOf(random, own).id]);
      else if (what < 0.7) desk.undo();
      else if (what < 0.75) desk.redo();
      else if (what < 0.8) desk.changeAll(reaching([oneOf(random, own).id], "meeting"));
      else if (what < 0.85) desk.changeAll(reaching([oneOf(random, own).id], "person", oneOf(random, ["a", "b", "c"].filter((one) => one !== tablet.me))));
      else if (what < 0.9) desk.changeAll(reaching([oneOf(random, own).id], "private"));
      else if (what < 0.95) tablet.connected = false;
      else if (!tablet.connected) tablet.join();
      if (random() < 0.4) await pass(random() * 3);
    }
    server.fate = () => "fine";
    for (const tablet of tablets) tablet.join();
    await pass(60);
    server.deliver();
    for (const tablet of tablets) {
      assert.deepEqual(tablet.desk.outbox.refused.map((op) => op.refused?.code), [], `seed ${seed}`);
      assert.equal(tablet.desk.outbox.waiting, 0, `seed ${seed}`);
      assertAlike(server, tablet, `seed ${seed}`);
    }
  }
});
