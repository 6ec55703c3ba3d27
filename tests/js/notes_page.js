/** Somebody who writes notes on a page, for tests: a book and its fields before an unreliable server. */
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { NoteStore } from "../../static/js/notes/note_book.js";
import { NoteWriting } from "../../static/js/notes/note_writing.js";
import { nextKey, page } from "./ink_page.js";

/** @param {import("./ink_server.js").InkServer} server @param {any} [records] @param {any} [more] */
export function notesPage(server, records = new MemoryRecords(), more = {}) {
  const { outbox } = page(server, records);
  const get = async (/** @type {string} */ path) => {
    if (server.fate("get") !== "fine") throw Object.assign(new Error("away"), { name: "Problem", code: "offline", status: 0, detail: "away" });
    const wanted = new URLSearchParams(path.split("?")[1]).get("meeting_id");
    const items = [...server.marks.values()].map(noteOf).filter((note) => !wanted || note.meeting_id === wanted);
    return { items, next: null };
  };
  /** @type {any[]} */
  const removed = [];
  const noteStore = new NoteStore({ outbox, api: { get }, newId: nextKey, changed: () => {}, meetingOf: (id) => id && { id, title: "Họp", starts_at: null }, ...more });
  const writing = new NoteWriting({ noteStore, changed: () => {}, removed: (note) => removed.push(note) });
  return { outbox, noteStore, writing, removed, texts: () => noteStore.shown.map(({ text }) => text) };
}

/** @param {any} mark */
export const noteOf = (mark) => ({ meeting_title: null, meeting_starts_at: null, meeting_id: null, updated_at: mark.created_at, ...mark });
