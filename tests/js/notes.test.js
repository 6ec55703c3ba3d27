/** Notes that lie on no page: written in fields, safe on the tablet, once on the server, never lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { afterOwnEvent, noNotes, withList, withNote, withoutNote } from "../../static/js/notes/note_state.js";
import { pass, settled } from "./ink_page.js";
import { InkServer } from "./ink_server.js";
import { noteOf, notesPage } from "./notes_page.js";

/** @param {InkServer} server @param {string} id @param {any} [more] */
function stands(server, id, more = {}) {
  server.marks.set(id, { id, text: "cũ", meeting_id: null, revision: 1, created_at: "2026-11-24T09:00:00Z", ...more });
}

const note = (/** @type {string} */ id, /** @type {number} */ revision, text = `${id}${revision}`) => noteOf({ id, revision, text, created_at: "1" });

test("the newest revision stays, in whatever order the news arrive", () => {
  const news = [
    (/** @type {any} */ all) => withNote(all, note("a", 1)),
    (/** @type {any} */ all) => withNote(all, note("a", 2)),
    (/** @type {any} */ all) => withNote(all, note("a", 3)),
  ];
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]]) {
    const all = order.reduce((notes, at) => /** @type {any} */ (news[at])(notes), noNotes);
    assert.equal(all.known.get("a")?.revision, 3, order.join());
  }
});

test("what is deleted stays deleted, whatever comes late", () => {
  const gone = afterOwnEvent(withNote(noNotes, note("a", 2)), { epoch: "e", seq: 1, type: "own_note_removed", data: { id: "a", revision: 3 } });
  assert.equal(gone.known.size, 0);
  assert.equal(withNote(gone, note("a", 2)).known.size, 0);
  assert.equal(withoutNote(gone, { id: "a", revision: 1 }).gone.get("a"), 3);
});

test("a note whose meeting is gone is told of again with the same revision", () => {
  const before = withNote(noNotes, { ...note("a", 2), meeting_id: "m" });
  const after = afterOwnEvent(before, { epoch: "e", seq: 1, type: "own_note_put", data: { note: note("a", 2) } });
  assert.equal(after.known.get("a")?.meeting_id, null);
});

test("a list that was read takes away what is not in it, but nothing that came meanwhile", () => {
  const before = withNote(withNote(noNotes, note("a", 1)), note("b", 1));
  const meanwhile = withNote(withNote(before, note("c", 1)), note("a", 2));
  const after = withList(meanwhile, [note("a", 1)], before.known.keys());
  assert.deepEqual([...after.known.keys()].sort(), ["a", "c"]);
  assert.equal(after.known.get("a")?.revision, 2);
});

test("words are safe soon after the hand rests, and arrive once", async () => {
  const server = new InkServer();
  const { noteStore, writing, outbox, texts } = notesPage(server);
  await noteStore.start();
  const id = writing.begin("m");
  const [fresh] = writing.fresh;
  assert.ok(fresh);
  for (const text of ["H", "Hỏ", "Hỏi"]) writing.typed(fresh, text);
  await settled();
  assert.deepEqual(texts(), []);
  await pass(1);
  assert.deepEqual(texts(), ["Hỏi"]);
  assert.equal(server.marks.get(id)?.text, "Hỏi");
  assert.equal(server.marks.get(id)?.meeting_id, "m");
  assert.deepEqual(writing.fresh, []);
  writing.typed(fresh, "Hỏi kinh phí");
  await writing.left(fresh);
  await pass(2);
  assert.equal(server.marks.get(id)?.text, "Hỏi kinh phí");
  assert.equal(server.marks.get(id)?.revision, 2);
  assert.equal(outbox.ops.length, 0);
  assert.equal(writing.has(id), false);
});

test("somebody who does not stop writing is kept every three seconds", async () => {
  const server = new InkServer();
  const { writing } = notesPage(server);
  const id = writing.begin(null);
  const [fresh] = writing.fresh;
  for (let half = 1; half <= 8; half++) {
    if (fresh) writing.typed(fresh, "chữ ".repeat(half));
    await pass(0.5);
  }
  assert.ok(server.marks.has(id));
});

test("what was written without a network is there after a reload and arrives later", async () => {
  const server = new InkServer();
  const disk = new MemoryRecords();
  stands(server, "old-note-of-mine");
  const first = notesPage(server, disk);
  await first.noteStore.start();
  server.fate = () => "lost";
  const [old] = first.noteStore.shown;
  assert.ok(old);
  first.writing.typed(old, "cũ, sửa khi mất mạng");
  first.writing.begin(null);
  const [fresh] = first.writing.fresh;
  if (fresh) first.writing.typed(fresh, "mới khi mất mạng");
  await first.writing.keepAll();
  await pass(2);
  first.outbox.stop();

  const second = notesPage(server, disk);
  await second.outbox.start();
  void second.noteStore.start();
  await settled();
  assert.equal(second.noteStore.trouble, "away");
  assert.deepEqual(second.texts(), ["mới khi mất mạng"]);
  server.fate = () => "fine";
  await second.noteStore.load();
  assert.deepEqual(second.texts().sort(), ["cũ, sửa khi mất mạng", "mới khi mất mạng"]);
  second.outbox.hurry();
  await pass(20);
  assert.deepEqual([...server.marks.values()].map(({ text }) => text).sort(), ["cũ, sửa khi mất mạng", "mới khi mất mạng"]);
  assert.equal(second.outbox.ops.length, 0);
});

test("an emptied note is deleted, an empty new one never was", async () => {
  const server = new InkServer();
  stands(server, "old-note-of-mine");
  const { noteStore, writing, removed, texts } = notesPage(server);
  await noteStore.start();
  const [old] = noteStore.shown;
  assert.ok(old);
  writing.typed(old, "   ");
  await writing.left(old);
  assert.deepEqual(removed.map(({ text }) => text), ["cũ"]);
  assert.deepEqual(texts(), []);
  writing.begin(null);
  const [fresh] = writing.fresh;
  if (fresh) await writing.left(fresh);
  assert.deepEqual(writing.fresh, []);
  await pass(2);
  assert.equal(server.marks.size, 0);
});

test("signs that no note may have are said before anything is sent, and the words stay", async () => {
  const server = new InkServer();
  const { writing } = notesPage(server);
  writing.begin(null);
  const [fresh] = writing.fresh;
  assert.ok(fresh);
  writing.typed(fresh, "xem <b>mục 3</b>");
  await writing.left(fresh);
  await pass(5);
  assert.equal(writing.faultOf(fresh), "html_in_text");
  assert.equal(writing.textOf(fresh), "xem <b>mục 3</b>");
  assert.equal(writing.unkept, true);
  assert.deepEqual(server.asked, []);
  writing.typed(fresh, "xem mục 3");
  await writing.left(fresh);
  assert.equal(writing.unkept, false);
});

test("a note that was written elsewhere too is offered, and either stands", async () => {
  for (const choice of ["mine", "theirs"]) {
    const server = new InkServer();
    stands(server, "old-note-of-mine");
    const { noteStore, writing, outbox } = notesPage(server);
    await noteStore.start();
    const [old] = noteStore.shown;
    assert.ok(old);
    server.changeElsewhere("old-note-of-mine", { text: "máy khác" });
    writing.typed(old, "máy này");
    await writing.left(old);
    await pass(2);
    await noteStore.load();
    const [offered] = noteStore.shown;
    assert.equal(offered?.text, "máy khác");
    assert.equal(offered?.offer?.refused?.code, "stale_revision");
    assert.equal(offered?.offer?.draft.text, "máy này");
    if (offered) await (choice === "mine" ? noteStore.insist(offered) : noteStore.giveUp(offered));
    await pass(2);
    assert.equal(server.marks.get("old-note-of-mine")?.text, choice === "mine" ? "máy này" : "máy khác");
    assert.equal(outbox.ops.length, 0);
    assert.equal(noteStore.shown[0]?.offer, null);
  }
});

test("a note that was deleted elsewhere while it was written here comes back when its writer says so", async () => {
  const server = new InkServer();
  stands(server, "old-note-of-mine");
  const { noteStore, writing } = notesPage(server);
  await noteStore.start();
  const [old] = noteStore.shown;
  assert.ok(old);
  server.remove("old-note-of-mine");
  writing.typed(old, "vẫn cần");
  await writing.left(old);
  await pass(2);
  await noteStore.load();
  const [offered] = noteStore.shown;
  assert.equal(offered?.offer?.refused?.code, "annotation_deleted");
  assert.equal(offered?.text, "vẫn cần");
  if (offered) await noteStore.bringBack(offered);
  await pass(2);
  assert.deepEqual([...server.marks.values()].map(({ text }) => text), ["vẫn cần"]);
});

test("a note whose meeting went away is kept without it", async () => {
  const server = new InkServer();
  server.refuses = ({ meeting_id }) => (meeting_id ? "not_allowed" : null);
  const { noteStore, outbox } = notesPage(server);
  await noteStore.start();
  await noteStore.addNote("lời của tôi", "gone-meeting");
  await pass(5);
  assert.deepEqual([...server.marks.values()].map(({ text, meeting_id }) => [text, meeting_id]), [["lời của tôi", null]]);
  assert.equal(outbox.ops.length, 0);
  assert.deepEqual(noteStore.shown.map(({ text }) => text), ["lời của tôi"]);
});
