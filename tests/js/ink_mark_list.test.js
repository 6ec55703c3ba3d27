/** Whose marks are shown, what can be done with those selected, what a note may hold, what is offered back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as list from "../../static/js/ink/model/mark_list.js";
import { overlaid } from "../../static/js/ink/sync/pending_changes.js";
import { remark, written } from "../../static/js/ink/model/note_text.js";
import { offerOf, reasonOf } from "../../static/js/ink/model/conflicts.js";
import { selectionOf } from "../../static/js/ink/marks/selection_model.js";
import { colorsFor } from "../../static/js/ink/toolbar/toolbar_model.js";

let made = 0;

/** @param {Partial<import("../../static/js/lib/schemas.js").AnnotationView>} [more] @returns {import("../../static/js/lib/schemas.js").AnnotationView} */
function mark(more = {}) {
  made += 1;
  return /** @type {any} */ ({
    id: `mark-${made}`, document_id: "paper", version: 2, page: 1, kind: "ink", audience: "private", user_id: null, user_name: null,
    author: "me", author_name: "Trần Văn An", geometry: { strokes: [[[0.1, 0.1, 0.5]]] },
    style: { color: "#1c4fa1", width: 2.6, opacity: 1, size: 20 }, text: null, anchor: null, revision: 1,
    created_at: "2026-11-24T02:00:00Z", updated_at: "2026-11-24T02:00:00Z", ...more,
  });
}
const others = { author: "an", author_name: "Lê Thị Ánh", audience: /** @type {const} */ ("meeting") };
const third = { author: "binh", author_name: "Phạm Bình", audience: /** @type {const} */ ("meeting") };

test("only mine, nobody's, and without some people", () => {
  const marks = [mark(), mark(others), mark(third)];
  const shown = (/** @type {list.Shows} */ shows) => marks.filter((one) => list.isShown(one, shows, "me")).map((one) => one.author);
  assert.deepEqual(shown(list.ALL), ["me", "an", "binh"]);
  assert.deepEqual(shown({ ...list.ALL, onlyMine: true }), ["me"]);
  assert.deepEqual(shown({ ...list.ALL, none: true }), []);
  const without = list.withPerson(list.ALL, "an", true);
  assert.deepEqual(shown(without), ["me", "binh"]);
  assert.equal(list.countHidden(marks, without, "me"), 1);
  assert.deepEqual(shown(list.withPerson(without, "an", false)), ["me", "an", "binh"]);
});

test("writers: oneself first, then by given name, each with the colour used most", () => {
  const red = { style: { color: "#b3261e", width: 2.6, opacity: 1, size: 20 } };
  const found = list.writers([mark(third), mark({ ...others, ...red }), mark({ ...others, ...red }), mark(others), mark()], list.ALL, "me");
  assert.deepEqual(found.map((one) => one.user_id), ["me", "an", "binh"]);
  assert.deepEqual(found.map((one) => one.count), [1, 3, 1]);
  assert.equal(found[1]?.color, "#b3261e");
  assert.ok(!found[1]?.hidden);
  assert.ok(list.writers([mark(third)], { ...list.ALL, onlyMine: true }, "me")[0]?.hidden);
});

test("marks of earlier versions, the latest first, by page", () => {
  const marks = [mark({ version: 1, page: 3 }), mark({ version: 1, page: 1 }), mark({ version: 2, page: 4 }), mark({ version: 3 }), mark({ version: 1, page: 3 })];
  assert.deepEqual(list.earlier(marks, 3), [
    { version: 2, count: 1, pages: [{ page: 4, count: 1 }] },
    { version: 1, count: 3, pages: [{ page: 1, count: 1 }, { page: 3, count: 2 }] },
  ]);
  assert.deepEqual(list.earlier(marks, 1), []);
});

const member = { me: "me", runs: false, audiences: /** @type {any} */ (["private", "meeting", "person"]), colorsFor };

test("own marks can be coloured, shown, taken away", () => {
  const own = selectionOf([mark(), mark({ created_at: "2026-11-24T03:00:00Z" })], member);
  assert.ok(own?.mine && own.removes && !own.clears);
  assert.equal(own?.colors.length, 5);
  assert.deepEqual(own?.reaches, ["meeting", "person"]);
  assert.equal(own?.at, null);
  assert.deepEqual(selectionOf([mark({ audience: "meeting" })], member)?.reaches, ["private", "person"]);
  assert.deepEqual(selectionOf([mark(), mark({ kind: "highlight" })], member)?.colors, []);
});

test("another's marks: its writer and time; only who runs the meeting takes them away", () => {
  const seen = selectionOf([mark(others)], member);
  assert.deepEqual(seen?.author, { user_id: "an", name: "Lê Thị Ánh" });
  assert.ok(!seen?.mine && !seen?.removes && !seen?.clears);
  assert.deepEqual(seen?.reaches, []);
  assert.ok(selectionOf([mark(others)], { ...member, runs: true })?.clears);
  assert.ok(!selectionOf([mark({ ...others, audience: "person" })], { ...member, runs: true })?.clears);
  assert.equal(selectionOf([], member), null);
});

test("once the meeting is over, what the room sees stays as it is", () => {
  const over = { ...member, audiences: /** @type {any} */ (["private"]) };
  const shared = selectionOf([mark({ audience: "meeting" })], over);
  assert.ok(!shared?.removes);
  assert.deepEqual(shared?.colors, []);
  assert.ok(selectionOf([mark()], over)?.removes);
});

test("what a note may hold, said before it is sent", () => {
  assert.deepEqual(written("  Đồng ý  \r\n ký sau\t\n"), { text: "Đồng ý\n ký sau", fault: null, left: null });
  assert.equal(written("e\u0302").text, "ê");
  assert.equal(written("a <b>đậm</b>").fault, "html_in_text");
  assert.equal(written("2 < 3 và 5 > 4").fault, null);
  assert.equal(written("x".repeat(3800)).left, 200);
  assert.deepEqual(remark(written("x".repeat(4005))), { key: "ink.too_long", params: { n: 5, most: 4000 }, bad: true });
  assert.equal(remark(written("ngắn")), null);
  assert.equal(remark(written("<i>"))?.key, "ink.no_tags");
});

/** @param {any} more @returns {any} */
const op = (more) => ({ key: "k", verb: "create", draft: { kind: "ink", page: 3, audience: "meeting", text: null }, patch: null, refused: { code: "wrong_status", detail: "Đã họp xong." }, ...more });

test("what could not be sent is offered back with what can be done", () => {
  assert.deepEqual(offerOf(op({})).choices, ["keep_private", "retry", "discard"]);
  assert.deepEqual(offerOf(op({ refused: { code: "html_in_text", detail: "" }, draft: { kind: "note", page: 1, audience: "private", text: "<b>" } })).choices, ["discard"]);
  const lost = offerOf(op({ verb: "change", patch: { text: "mới" }, refused: { code: "annotation_deleted", detail: "" }, draft: { kind: "note", page: 1, audience: "private", text: `${"dài ".repeat(30)}` } }));
  assert.deepEqual(lost.choices, ["restore", "discard"]);
  assert.ok(lost.quote.endsWith("…") && lost.quote.length <= 61);
  assert.equal(reasonOf(lost), "ink.lost_to_deletion");
  assert.equal(reasonOf(offerOf(op({ verb: "change", patch: {}, refused: { code: "stale_revision", detail: "" } }))), "ink.lost_to_change");
  assert.equal(reasonOf(offerOf(op({}))), "ink.not_sent");
  assert.deepEqual(offerOf(op({ verb: "remove" })).choices, ["retry", "discard"]);
});

test("what is taken back from the room does not vanish on the way to oneself", () => {
  const place = { document_id: "paper", version: 2, page: 1 };
  const me = { user_id: "me", name: "Trần Văn An" };
  const shared = mark({ audience: "meeting" });
  const back = op({ verb: "change", target: "annotations", id: shared.id, document_id: "paper", draft: { ...shared, audience: "private" }, patch: { audience: "private", user_id: null }, refused: null, made: 0 });
  const shown = (/** @type {any} */ page, /** @type {any} */ one) => overlaid(page, [one], place, me).map(({ id, audience }) => [id, audience]);
  assert.deepEqual(shown({ [shared.id]: shared }, back), [[shared.id, "private"]]);
  assert.deepEqual(shown({}, back), [[shared.id, "private"]]);
  assert.deepEqual(shown({}, { ...back, refused: { code: "annotation_deleted", detail: "" } }), []);
  assert.deepEqual(shown({}, { ...back, patch: { style: shared.style } }), []);
});
