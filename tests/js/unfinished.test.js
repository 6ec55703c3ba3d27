/** What is still open when somebody ends the meeting, as the features say it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { itemsLeft } from "../../static/js/agenda/unfinished.js";
import { questionsLeft, resultsLeft } from "../../static/js/voting/model/vote_state.js";
import { item, person, room } from "./rooms.js";

const agenda = [item("a", 1), item("b", 2), item("c", 3)];
const here = { ...person("x", "member"), attendance: "present" };

/** @param {string} id @param {object} more */
const poll = (id, more) => ({ id, title: `Vote ${id}`, question: "?", status: "draft", ending: { announced_at: null }, result: null, ...more });

/** @param {import("../../static/js/live/room_state.js").Room} now */
const unfinished = (now) => ({
  notAnnounced: resultsLeft(now), notHeld: questionsLeft(now), itemsLeft: itemsLeft(now),
});

test("nothing is open at the last item and every result announced", () => {
  const polls = [poll("p", { status: "closed", ending: { announced_at: "2026-11-24T03:00:00Z" } }), poll("q", { status: "cancelled" })];
  const done = unfinished(room({ agenda, current_item_id: "c", participants: [here] }, { polls }));
  assert.deepEqual(done, { notAnnounced: [], notHeld: [], itemsLeft: [] });
});

test("results that were not announced, questions not put, and items left are named", () => {
  const polls = [
    poll("p", { status: "closed" }),
    poll("t", { status: "closed", result: { verdict: "tie_needs_ruling" } }),
    poll("d", { title: "", question: "Asked?" }),
  ];
  const open = unfinished(room({ agenda, current_item_id: "a", participants: [here, person("y", "member"), person("s", "secretary")] }, { polls }));
  assert.deepEqual(open, { notAnnounced: ["Vote p", "Vote t"], notHeld: ["Asked?"], itemsLeft: ["Title b", "Title c"] });
});

test("before the first item all of them are left", () => {
  assert.equal(unfinished(room({ agenda, current_item_id: null })).itemsLeft.length, 3);
});
