/** Events move a room in order; what is unknown or hidden only moves the number on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { itemOfPaper, paperById, withProgress } from "../../static/js/live/documents.js";
import { placeOf, withLive } from "../../static/js/live/presentation.js";
import { arrival } from "../../static/js/live/room_state.js";
import { reduce, roomFrom } from "./registered_state.js";
import { item, paper, person, room } from "./rooms.js";

/** @param {string} type @param {any} [data] @param {number} [seq] */
const event = (type, data = {}, seq = 6) => ({ epoch: "e", seq, type, data, at: "2026-11-24T03:00:00Z" });

test("an event is next, old, or shows a gap; another epoch is always a gap", () => {
  assert.equal(arrival(room(), event("x", {}, 6)), "next");
  assert.equal(arrival(room(), event("x", {}, 5)), "old");
  assert.equal(arrival(room(), event("x", {}, 8)), "gap");
  assert.equal(arrival(room(), { ...event("x", {}, 6), epoch: "other" }), "gap");
});

test("hidden and unknown events change nothing but the number", () => {
  for (const type of ["hidden", "of_a_later_version", "constructor", "__proto__"]) {
    const before = room();
    assert.deepEqual(reduce(before, event(type)), { ...before, seq: 6 });
  }
});

test("no reducer changes the room it is given", () => {
  const before = room({ agenda: [item("a", 1, [paper("p")]), item("b", 2)] });
  const frozen = JSON.stringify(before);
  const events = [
    event("meeting_changed", { title: "T", kind: "k", starts_at: "x", ends_at: null, place: "y" }),
    event("agenda_item_added", { item: item("c", 3) }),
    event("agenda_item_changed", { item: { id: "a", title: "New", position: 1, minutes: 5, rapporteur: "R" } }),
    event("agenda_item_removed", { agenda_item_id: "b" }),
    event("agenda_reordered", { item_ids: ["b", "a"] }),
    event("participant_put", { participant: person("me", "chair") }),
    event("participant_removed", { user_id: "sec" }),
    event("writer_muted", { user_id: "me", muted: true }),
    event("document_put", { shelf: { kind: "agenda_item", id: "b" }, document: paper("q") }),
    event("document_removed", { document_id: "p" }),
    event("documents_reordered", { shelf: { kind: "agenda_item", id: "a" }, ids: ["p"] }),
    event("presenter_changed", { user_id: "me" }),
    event("current_item_changed", { agenda_item_id: "b", since: "2026-11-24T03:00:00Z" }),
    event("meeting_status_changed", { status: "paused", resumes_at: "2026-11-24T04:00:00Z" }),
  ];
  for (const one of events) assert.equal(reduce(before, one).seq, 6, one.type);
  assert.equal(JSON.stringify(before), frozen);
});

test("the meeting takes its new facts, status and item", () => {
  let now = reduce(room(), event("meeting_status_changed", { status: "paused", resumes_at: "R" }));
  assert.deepEqual([now.meeting.status, now.meeting.resumes_at], ["paused", "R"]);
  now = reduce(now, event("meeting_status_changed", { status: "in_session" }, 7));
  assert.deepEqual([now.meeting.status, now.meeting.resumes_at], ["in_session", null]);
  now = reduce(now, event("current_item_changed", { agenda_item_id: "a", since: "S" }, 8));
  assert.deepEqual([now.meeting.current_item_id, now.meeting.current_since, now.seq], ["a", "S", 8]);
});

test("items keep their papers when changed, and go in the new order", () => {
  const before = room({ agenda: [item("a", 1, [paper("p")]), item("b", 2), item("c", 3)] });
  const changed = reduce(before, event("agenda_item_changed", { item: { ...item("a", 1), title: "New", documents: [] } }));
  assert.equal(changed.meeting.agenda[0]?.title, "New");
  assert.equal(changed.meeting.agenda[0]?.documents.length, 1);
  const moved = reduce(before, event("agenda_reordered", { item_ids: ["c", "a", "b"] }));
  assert.deepEqual(moved.meeting.agenda.map((one) => one.id), ["c", "a", "b"]);
});

test("the current item that is removed is current no longer", () => {
  const before = room({ agenda: [item("a", 1), item("b", 2)], current_item_id: "a" });
  const after = reduce(before, event("agenda_item_removed", { agenda_item_id: "a" }));
  assert.equal(after.meeting.current_item_id, null);
  assert.deepEqual(after.meeting.agenda.map((one) => one.id), ["b"]);
});

test("a document is in one container only and is found wherever it lies", () => {
  const before = room({ agenda: [item("a", 1, [paper("p")]), item("b", 2)] });
  const moved = reduce(before, event("document_put", { shelf: { kind: "agenda_item", id: "b" }, document: paper("p", { title: "New" }) }));
  assert.equal(itemOfPaper(moved, "p")?.id, "b");
  assert.equal(moved.meeting.agenda[0]?.documents.length, 0);
  const own = reduce(moved, event("document_put", { shelf: { kind: "meeting", id: "m" }, document: paper("q") }, 7));
  assert.equal(paperById(own, "q")?.id, "q");
  assert.equal(itemOfPaper(own, "q"), null);
  assert.equal(paperById(reduce(own, event("document_removed", { document_id: "q" }, 8)), "q"), null);
});

test("papers are put in the order that was said", () => {
  const shelf = { kind: "agenda_item", id: "a" };
  const before = room({ agenda: [item("a", 1, [paper("p", { position: 1 }), paper("q", { position: 2 })])] });
  const after = reduce(before, event("documents_reordered", { shelf, ids: ["q", "p"] }));
  assert.deepEqual(after.meeting.agenda[0]?.documents.map((one) => one.id), ["q", "p"]);
});

test("my own role and right to vote follow what is said of me", () => {
  const after = reduce(room(), event("participant_put", { participant: person("me", "chair") }));
  assert.deepEqual([after.me.role, after.me.entitled_to_vote], ["chair", false]);
  assert.equal(after.meeting.participants.length, 3);
});

test("live goes forward only, by term and then by rev", () => {
  const at = (/** @type {number} */ term, /** @type {number} */ rev) => ({ term, rev, document_id: "p", version: 1, page: rev, presenter: "sec" });
  const now = withLive(room(), at(1, 4));
  assert.equal(now.live.page, 4);
  assert.equal(withLive(now, at(1, 3)), now);
  assert.equal(withLive(now, at(1, 4)), now);
  assert.equal(withLive(now, { ...at(2, 0), presenter: "me" }).meeting.presenter, "me");
});

test("nothing presented and nothing that may be seen are no place", () => {
  assert.equal(placeOf({ term: 1, rev: 1, document_id: null, page: null }), null);
  assert.equal(placeOf({ term: 1, rev: 1, hidden: true }), null);
  assert.deepEqual(placeOf({ term: 1, rev: 1, document_id: "p", version: 2, page: 3 }), { document_id: "p", version: 2, page: 3 });
});

test("progress belongs to the version it was said of", () => {
  const before = room({ documents: [paper("p")] });
  const news = { document_id: "p", version: 1, status: "processing", done: 3, total: 12 };
  assert.deepEqual(withProgress(before, news).meeting.documents[0]?.version?.progress, { done: 3, total: 12 });
  assert.deepEqual(withProgress(before, { ...news, version: 2 }).meeting, before.meeting);
});

test("a snapshot is taken over whole", () => {
  const { presence, ...snapshot } = room();
  assert.deepEqual(roomFrom(/** @type {any} */ ({ ...snapshot, polls: [] })), { ...snapshot, presence });
});
