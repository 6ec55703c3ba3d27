/** What is still to do before a meeting is published, and what publishing would leave out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOut, questionOf } from "../../static/js/pages/prepare/left_out.js";
import { todoLines } from "../../static/js/pages/prepare/todo.js";
import { item, paper, person, room } from "./rooms.js";

const NO_UPLOADS = { sending: 0, refused: 0 };
const people = [person("c", "chair"), person("s", "secretary"), person("m", "member")];
const failed = { version: { ...paper("x").version, status: "failed" } };

/** @param {object} more @returns {any} */
const meeting = (more) => room({ participants: people, ends_at: "2026-11-24T02:30:00Z", place: "Hall", ...more }).meeting;

/** @param {object} more */
const agendaLine = (more) => todoLines(meeting(more), NO_UPLOADS).find((line) => /items|too_long/.test(line.key) && !line.key.includes("bare"));

test("an agenda that is longer than the meeting is to be looked at", () => {
  const agenda = [item("a", 1), item("b", 2), item("c", 3), item("d", 4)];
  const long = agendaLine({ agenda });
  assert.deepEqual([long?.key, long?.done, long?.params], ["prepare.todo.too_long", false, { minutes: 40, over: 10 }]);
  assert.equal(agendaLine({ agenda: agenda.slice(0, 3) })?.done, true);
  assert.equal(agendaLine({ agenda, ends_at: null })?.done, true);
});

test("publishing names files that failed, those not taken included, and a missing chair", () => {
  const agenda = [item("a", 1, [paper("good"), paper("bad", failed), paper("renewed", { next_version: failed.version })])];
  const left = leftOut(meeting({ agenda }), { sending: 0, refused: ["bang.xlsx"] });
  assert.deepEqual(left, { failed: ["bad", "renewed", "bang.xlsx"], late: [], sending: 0, chairless: false });
  assert.equal(left && questionOf(left), "prepare.publish_without_some");
  const bare = leftOut(meeting({ agenda: [], participants: people.slice(1) }), { sending: 0, refused: [] });
  assert.deepEqual([bare?.chairless, bare && questionOf(bare)], [true, "prepare.publish_without_chair"]);
  assert.equal(leftOut(meeting({ agenda: [item("a", 1, [paper("good")])] }), { sending: 0, refused: [] }), null);
});
