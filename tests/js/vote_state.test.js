/** What the votes of a room ask of whoever runs the meeting. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agendaStep } from "../../static/js/live/view_model.js";
import { mostUrgent } from "../../static/js/room/regions.js";
import * as start from "../../static/js/voting/model/start_rules.js";
import * as votes from "../../static/js/voting/model/vote_state.js";
import { item, paper, person, room } from "./rooms.js";
import { closedPoll, openPoll, poll } from "./votes.js";

const agenda = [item("a", 1), item("b", 2)];
const announced = { ending: { ...poll("x").ending, announced_at: "2026-11-24T02:06:00Z" } };
const tied = (/** @type {object} */ more) => closedPoll("tie", more, "tie_needs_ruling");

/** @param {object[]} polls @param {object} [meeting] */
const serverClock = (polls, meeting = {}) => room({ agenda, current_item_id: "a", ...meeting }, { polls });

/** @param {object[]} polls @param {object} [meeting] */
function step(polls, meeting) {
  const there = serverClock(polls, meeting);
  const next = /** @type {any} */ (mostUrgent([votes.meetingStepOf(there), agendaStep(there)]));
  return [next?.step, next?.poll?.id ?? next?.polls?.map((/** @type {any} */ one) => one.id)];
}

test("the next step walks from question to announcement, then goes on", () => {
  const here = { agenda_item_id: "a" };
  assert.deepEqual(step([poll("q", here), poll("r", here), poll("z", { agenda_item_id: "b" })]), ["start_vote", ["q", "r"]]);
  assert.deepEqual(step([openPoll("q", here), poll("r", here)]), ["end_vote", "q"]);
  assert.deepEqual(step([closedPoll("q", here), poll("r", here)]), ["announce_vote", "q"]);
  assert.deepEqual(step([tied(here)]), ["rule_vote", "tie"]);
  assert.deepEqual(step([closedPoll("q", { ...here, ...announced }), poll("r", here)]), ["start_vote", ["r"]]);
  assert.deepEqual(step([closedPoll("q", { ...here, ...announced })]), ["move", undefined]);
  assert.deepEqual(step([poll("q", { ...here, status: "cancelled" })]), ["move", undefined]);
});

test("an open vote goes before a pause; before the sitting there is no vote to run", () => {
  assert.deepEqual(step([openPoll("q")], { status: "paused" }), ["end_vote", "q"]);
  assert.deepEqual(step([closedPoll("q", { agenda_item_id: "a" })], { status: "paused" }), ["resume", undefined]);
  assert.deepEqual(step([poll("q", { agenda_item_id: "a" })], { status: "published" }), ["open", undefined]);
  assert.deepEqual(step([openPoll("q")], { status: "closed" }), [undefined, undefined]);
});

test("a result waits to be announced whatever the item is now, the first one that ended before the others", () => {
  const left = { agenda_item_id: "a" };
  const early = closedPoll("early", { ...left, closed_at: "2026-11-24T02:01:00Z" });
  assert.deepEqual(step([closedPoll("q", left)], { current_item_id: "b" }), ["announce_vote", "q"]);
  assert.deepEqual(step([closedPoll("q", left), early, poll("r", { agenda_item_id: "b" })], { current_item_id: "b" }), ["announce_vote", "early"]);
  assert.deepEqual(step([tied(left)], { current_item_id: "b" }), ["rule_vote", "tie"]);
  assert.deepEqual(step([closedPoll("q", { ...left, ...announced })], { current_item_id: "b" }), ["close", undefined]);
});

test("questions of the whole meeting come once no item follows", () => {
  assert.deepEqual(step([poll("q")]), ["move", undefined]);
  assert.deepEqual(step([poll("q")], { current_item_id: "b" }), ["start_vote", ["q"]]);
  assert.deepEqual(step([poll("q")], { agenda: [], current_item_id: null }), ["start_vote", ["q"]]);
});

test("of several open votes the one in hand is the chosen one, else the one on tablets", () => {
  const both = serverClock([openPoll("hands", { method: "hands" }), openPoll("named")]);
  assert.equal(votes.currentPoll(both)?.id, "named");
  assert.equal(votes.currentPoll(both, "hands")?.id, "hands");
  assert.equal(votes.currentPoll(both, "gone")?.id, "named");
  assert.equal(votes.currentPoll(serverClock([])), null);
});

test("progress is what the live channel told, before it the opening", () => {
  const one = openPoll("q");
  const before = votes.progressOf(serverClock([one]), one);
  assert.deepEqual([before.voted, before.present, before.n, before.waiting], [0, 2, 3, ["a", "b"]]);
  const told = { poll_id: "q", voted: 2, present: 2, n: 3, waiting: ["b"], unconfirmed: [], tallied: [{ channel: "hands", people: 1, by: "x" }] };
  const now = votes.progressOf({ ...serverClock([one]), votes: [told] }, one);
  assert.deepEqual([now.voted, votes.leftToVote(now), votes.countedByHand(now), now.waiting], [2, 0, 1, ["b"]]);
});

test("a vote by hands lacks its own count, one on tablets none", () => {
  const none = votes.progressOf(serverClock([]), openPoll("q"));
  const paper = { ...none, tallied: [{ channel: "paper", people: 1, by: "x" }] };
  assert.ok(votes.lacksTally(openPoll("q", { method: "hands" }), paper));
  assert.ok(!votes.lacksTally(openPoll("q", { method: "paper" }), paper));
  assert.ok(!votes.lacksTally(openPoll("q"), none));
});

test("a timer counts down by the hall's clock and goes on past nought", () => {
  const one = openPoll("q", { timer_seconds: 60 });
  const began = Date.parse("2026-11-24T02:00:00Z");
  assert.equal(votes.timerLeft(one, began + 15_000), 45);
  assert.equal(votes.timerLeft(one, began + 61_000), -1);
  assert.equal(votes.timerLeft(openPoll("q"), began), null);
});

test("names stand in the order of given names; who left the meeting is not left out", () => {
  const here = room({ participants: [person("1", "member", "Trần Văn Bảy"), person("2", "member", "Bùi Thị An")] });
  assert.deepEqual(votes.peopleNamed(here, ["1", "2"]).map((one) => one.display_name), ["Bùi Thị An", "Trần Văn Bảy"]);
  assert.equal(votes.peopleNamed(here, ["gone"]).length, 1);
});

test("a question is put on the version that the room reads", () => {
  const q = (/** @type {object} */ more) => poll("q", { document_id: "p", version: 1, ...more });
  const at = (/** @type {object} */ more) => serverClock([], { documents: [paper("p", more)] });
  assert.equal(start.startFault(at({}), q({})), null);
  assert.deepEqual(start.startFault(at({ current_version: 3 }), q({ version: 2 })), { fault: "paper_replaced", version: 2, current: 3 });
  assert.deepEqual(start.startFault(at({ published_at: null }), q({})), { fault: "paper_unpublished" });
  assert.deepEqual(start.startFault(serverClock([]), q({})), { fault: "paper_gone" });
  assert.equal(start.startFault(serverClock([]), poll("q")), null);
});

test("one vote on tablets at a time; hands may be raised beside it", () => {
  const one = openPoll("q");
  assert.equal(start.inTheWay(serverClock([one]), poll("r"))?.id, "q");
  assert.equal(start.inTheWay(serverClock([one]), poll("r", { method: "hands" })), null);
  assert.equal(start.inTheWay(serverClock([openPoll("q", { method: "hands" })]), poll("r")), null);
});

test("the last result is the one that came last and still stands", () => {
  const late = closedPoll("late", /** @type {any} */ ({ result: { at: "2026-11-24T03:00:00Z", verdict: "adopted" } }));
  const gone = { ...closedPoll("gone"), status: /** @type {const} */ ("cancelled") };
  assert.equal(votes.lastEnded(serverClock([late, closedPoll("early"), gone]))?.id, "late");
  assert.equal(votes.lastEnded(serverClock([gone])), null);
});
