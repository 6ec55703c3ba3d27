/** What the screen says, from the room and from how this person reads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { countdown } from "../../static/js/lib/format.js";
import { ServerClock } from "../../static/js/live/server_clock.js";
import { belongsToControl, commandOf } from "../../static/js/room/keys.js";
import * as model from "../../static/js/live/view_model.js";
import { item, paper, person, room } from "./rooms.js";

/** @type {import("../../static/js/live/follow.js").Follow} */
const following = { mode: "following", place: { document_id: "p", version: 1, page: 1 } };
const live = { term: 1, rev: 2, document_id: "p", version: 1, page: 1, presenter: "sec" };

test("the state in words", () => {
  const said = (/** @type {any} */ now) => model.stateOf({ room: room({}, { live }), follow: following, online: true, ...now })?.key;
  assert.equal(said({}), "room.following");
  assert.equal(said({ online: false }), "room.offline");
  assert.equal(said({ follow: { ...following, mode: "apart" } }), "room.apart");
  assert.equal(said({ follow: { ...following, mode: "previewing" } }), "room.previewing");
  assert.equal(said({ room: room({ presenter: "me" }, { live }) }), "room.presenting");
  assert.equal(said({ room: room() }), "room.waiting");
  assert.equal(said({ room: room({}, { live: { term: 1, rev: 1, hidden: true } }) }), "room.hidden");
  assert.equal(said({ room: room({ status: "published" }) }), "room.not_begun");
  assert.equal(said({ room: room({ status: "closed" }) }), "room.over");
});

test("one next step of the agenda for whoever runs the meeting", () => {
  const agenda = [item("a", 1), item("b", 2)];
  const step = (/** @type {object} */ meeting) => model.agendaStep(room(meeting))?.step;
  assert.equal(step({ status: "draft" }), "open");
  assert.equal(step({ status: "paused" }), "resume");
  assert.equal(step({ agenda }), "move");
  assert.equal(step({ agenda, current_item_id: "a" }), "move");
  assert.equal(step({ agenda, current_item_id: "b" }), "close");
  assert.equal(step({ status: "closed" }), undefined);
});

test("before and after an item", () => {
  const now = room({ agenda: [item("a", 1), item("b", 2)], current_item_id: "b" });
  assert.equal(model.itemNow(now)?.number, 2);
  assert.equal(model.itemBefore(now)?.item.id, "a");
  assert.equal(model.itemAfter(now), null);
  assert.equal(model.itemBefore(room({ agenda: [item("a", 1)] })), null);
});

test("the document on the page keeps its name, and says where it belongs when the header names another item", () => {
  const agenda = [item("a", 1, [paper("p")]), item("b", 2)];
  const of = (/** @type {object} */ meeting, id = "p") => model.documentOnPage(room({ agenda, ...meeting }), paper(id, { title: "Report" }));
  assert.deepEqual(of({ current_item_id: "a" }), { title: "Report", of: null });
  assert.deepEqual(of({ current_item_id: "b" }), { title: "Report", of: { item: agenda[0], number: 1 } });
  assert.deepEqual(of({ current_item_id: "a" }, "general"), { title: "Report", of: "meeting" });
  assert.equal(of({}, "general").of, null);
  const over = of({ current_item_id: "a", status: "closed" }).of;
  assert.ok(over && over !== "meeting" && over.number === 1);
});

test("seconds left run only in session, and go on past the item's time", () => {
  const since = "2026-11-24T02:00:00Z";
  const now = room({ agenda: [item("a", 1)], current_item_id: "a", current_since: since });
  const start = Date.parse(since);
  assert.equal(model.secondsLeft(now, start), 600);
  assert.equal(model.secondsLeft(now, start + 601_000), -1);
  assert.equal(model.secondsLeft(room({ ...now.meeting, status: "paused" }), start), null);
  assert.equal(model.secondsLeft(room(), start), null);
});

test("the item's first readable paper is offered to who presents, once the agenda moved on", () => {
  const agenda = [item("a", 1, [paper("p")]), item("b", 2, [paper("q", { version: null }), paper("r")])];
  const presenting = (/** @type {object} */ meeting) => room({ agenda, presenter: "me", ...meeting }, { live });
  assert.equal(model.paperToOpen(presenting({ current_item_id: "a" })), null);
  assert.equal(model.paperToOpen(presenting({ current_item_id: "b" }))?.id, "r");
  assert.equal(model.paperToOpen(presenting({ current_item_id: "b", presenter: "sec" })), null);
  assert.equal(model.paperToOpen(presenting({ current_item_id: "b", status: "paused" })), null);
});

test("the item's rapporteur is offered first, then chairs, secretaries, members", () => {
  const agenda = [{ ...item("a", 1), rapporteur: "Võ Thị Kim Loan, Phó Chủ tịch UBND xã" }];
  const participants = [person("m", "member", "Lê An"), person("s", "secretary", "Đỗ Quyên"), person("k", "member", "Võ Thị Kim Loan"), person("c", "chair", "Lâm"), person("g", "guest", "Khách")];
  const groups = model.successors(room({ agenda, current_item_id: "a", participants }), (a, b) => a.localeCompare(b));
  assert.deepEqual(groups.map((group) => [group.role, group.people.map((one) => one.user_id)]), [["rapporteur", ["k"]], ["chair", ["c"]], ["secretary", ["s"]], ["member", ["m"]]]);
});

test("people are counted; names only of who was lost, and only for who may know", () => {
  const presence = { joined: 27, online: 26, following: 24, lost: 1, presenter: "following", seq: 5 };
  const counts = (/** @type {object} */ more = {}, /** @type {object} */ shows = live) => model.peopleCounts(room({}, { live: shows, presence: { ...presence, ...more } }));
  const said = { joined: 27, online: 26, presented: true, audience: 26, following: 23, apart: 2, lost: 1, names: [] };
  assert.deepEqual(counts(), said);
  assert.deepEqual(counts({ presenter: "apart" }), { ...said, following: 24, apart: 1 });
  assert.deepEqual(counts({ presenter: "lost" }), { ...said, following: 24, lost: 0 });
  assert.deepEqual(counts({ presenter: "away" }), { ...said, audience: 27, following: 24 });
  for (const presenter of ["following", "apart", "lost", "away"]) {
    const { audience = -1, following = 0, apart = 0, lost = 0 } = counts({ presenter }) ?? {};
    assert.equal(audience, following + apart + lost, presenter);
  }
  assert.equal(counts({}, { term: 1, rev: 1, document_id: null })?.presented, false);
  assert.deepEqual(counts({ lost_ids: ["chair", "sec"], presenter: "lost" })?.names, ["chair"]);
  assert.equal(model.peopleCounts(room()), null);
});

test("keys of keyboards and clickers; combinations belong to the browser", () => {
  const key = (/** @type {string} */ name, more = {}) => commandOf({ key: name, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });
  assert.equal(key("PageDown"), "next");
  assert.equal(key(" "), "next");
  assert.equal(key(" ", { shiftKey: true }), "previous");
  assert.equal(key("ArrowLeft"), "previous");
  assert.equal(key("+"), "larger");
  assert.equal(key("f"), "follow");
  assert.equal(key("f", { ctrlKey: true }), null);
  assert.equal(key("toString"), null);
  assert.equal(belongsToControl(" ", null), false);
});

test("the hall's clock follows the server, not the tablet", () => {
  const clock = new ServerClock();
  clock.set(new Date(Date.now() + 3_600_000).toISOString());
  assert.ok(Math.abs(clock.now() - Date.now() - 3_600_000) < 1000);
  assert.match(clock.wall(), /^\d\d:\d\d$/);
  assert.equal(countdown(375), "06:15");
  assert.equal(countdown(-130), "02:10");
  assert.equal(countdown(3720), "1:02:00");
});
