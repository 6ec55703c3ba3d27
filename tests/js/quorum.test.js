/** The quorum on tablets is the server's: both are held against quorum_cases.json. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isHere, quorumOf, rollCounts, SAYINGS } from "../../static/js/live/quorum.js";
import { reduce } from "./registered_state.js";
import * as roll from "../../static/js/attendance/roll_model.js";
import { person, room } from "./rooms.js";

/** @type {{letters: Record<string, string|null>, cases: {rule: any, people: string, quorum: object}[]}} */
const { letters, cases } = JSON.parse(readFileSync(new URL("quorum_cases.json", import.meta.url), "utf8"));

/** @param {object} [meeting] @param {object} [more] */
const serverClock = (meeting = {}, more = {}) => room({ status: "in_session", ...meeting }, more);

/** @param {string} id @param {string|null} attendance @param {string} [role] */
const seated = (id, attendance, role = "member") => ({ ...person(id, role), attendance });

test("the quorum of every case", () => {
  assert.ok(cases.length > 200);
  for (const { rule, people, quorum } of cases) {
    const seats = [...people].map((one) => ({ entitled_to_vote: one !== one.toLowerCase(), attendance: letters[one.toLowerCase()] ?? null }));
    assert.deepEqual(quorumOf(rule, seats), quorum);
  }
});

test("the counts of the roll add up, whatever a newer server says", () => {
  const people = [...SAYINGS, null, null, "hologram"].map((attendance) => ({ attendance }));
  assert.deepEqual(rollCounts(people), { present: 1, late: 1, excused: 1, absent: 1, left: 1, unsaid: 2 });
  assert.deepEqual(SAYINGS.filter(isHere), ["present", "late"]);
});

test("the room hears the roll and keeps everything else", () => {
  const before = serverClock({ participants: [seated("me", null), seated("a", "late"), seated("b", null)] });
  const one = reduce(before, { epoch: "e", seq: 6, type: "attendance_changed", data: { user_id: "me", attendance: "present" } });
  assert.equal(roll.myPlace(one)?.attendance, "present");
  const several = reduce(one, { epoch: "e", seq: 7, type: "roll_called", data: { user_ids: ["b", "gone"], attendance: "present" } });
  assert.deepEqual(several.meeting.participants.map((who) => who.attendance), ["present", "late", "present"]);
  assert.equal(several.seq, 7);
  assert.equal(several.meeting.participants[1], before.meeting.participants[1]);
});

test("who is asked to confirm", () => {
  const now = Date.parse("2026-11-24T01:30:00Z");
  /** @param {object} meeting @param {object} [me] @param {string|null} [said] */
  const asked = (meeting, me = {}, said = null) =>
    roll.isAskedToConfirm(
      serverClock({ participants: [seated("me", said)], ...meeting }, { me: { user_id: "me", role: "member", entitled_to_vote: true, ...me } }),
      now,
    );
  assert.ok(asked({}));
  assert.ok(asked({ status: "paused" }));
  assert.ok(asked({}, { role: "chair" }));
  assert.ok(asked({}, {}, "excused"));
  assert.ok(!asked({}, {}, "present"));
  assert.ok(!asked({}, {}, "late"));
  assert.ok(!asked({}, { role: "guest", entitled_to_vote: false }));
  assert.ok(!asked({}, { role: "secretary", entitled_to_vote: false }));
  assert.ok(!asked({ status: "draft" }));
  assert.ok(!asked({ status: "closed" }));
  assert.ok(!asked({ participants: [] }));
  assert.ok(asked({ status: "published", starts_at: "2026-11-24T02:00:00Z" }));
  assert.ok(!asked({ status: "published", starts_at: "2026-11-26T02:00:00Z" }));
  assert.ok(asked({ status: "in_session", starts_at: "2026-11-26T02:00:00Z" }));
});

test("the roster: voters first, by given name, found without accents, only those left to call", () => {
  const people = [
    { ...seated("a", "present"), display_name: "Trần Văn Sơn" },
    { ...seated("b", null), display_name: "Đặng Thị Ánh" },
    { ...seated("c", null, "guest"), display_name: "Lê An" },
    { ...seated("d", null), display_name: "Nguyễn Thị Ánh" },
  ];
  const now = serverClock({ participants: people }, { presence: { joined: 2, online: 2, following: 2, lost: 0, seq: 5, online_ids: ["a", "d"] } });
  const names = (/** @type {any} */ wanted) => roll.rosterOf(now, { query: "", only: null, ...wanted }).map((part) => [part.key, part.people.map((one) => one.user_id).join("")]);
  assert.deepEqual(names({}), [["voters", "bda"], ["others", "c"]]);
  assert.deepEqual(names({ query: "dang anh" }), [["voters", "b"]]);
  assert.deepEqual(names({ only: new Set(roll.unsaidIds(now)) }), [["voters", "bd"], ["others", "c"]]);
  assert.deepEqual(roll.onlineUnsaidIds(now), ["d"]);
  assert.deepEqual(names({ query: "khong co" }), []);
});

test("every number of the roll is one of the same: those the quorum counts, and how many others were not called", () => {
  const people = [seated("a", "present"), seated("b", "late"), seated("c", null), seated("d", null), seated("e", null, "guest"), seated("f", "present", "guest")];
  const now = serverClock({ participants: people }, { presence: { joined: 2, online: 2, following: 2, lost: 0, presenter: "away", seq: 5, online_ids: ["d", "e"] } });
  const { quorum, said, here, others } = roll.rollNumbersOf(now);
  assert.deepEqual([quorum.present, quorum.entitled], [said.present + said.late, Object.values(said).reduce((sum, n) => sum + n)]);
  assert.deepEqual([said.unsaid, here, others], [2, 1, 1]);
  assert.equal(roll.unsaidIds(now).length, said.unsaid + others);
});

test("only somebody's own word long after the hour is shown as such", () => {
  const now = serverClock({ starts_at: "2026-11-24T01:00:00Z" });
  const line = { user_id: "a", status: "present", at: "2026-11-24T01:20:00Z", by: "a" };
  assert.ok(roll.cameAfterTheHour(now, line));
  assert.ok(!roll.cameAfterTheHour(now, { ...line, at: "2026-11-24T01:04:00Z" }));
  assert.ok(!roll.cameAfterTheHour(now, { ...line, by: "sec" }));
  assert.ok(!roll.cameAfterTheHour(now, { ...line, status: "late" }));
  assert.ok(!roll.cameAfterTheHour(now, undefined));
});
