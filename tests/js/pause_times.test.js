/** Until when a meeting may be paused. */
import assert from "node:assert/strict";
import test from "node:test";
import { isoDay, stampOf } from "../../static/js/lib/format.js";
import { hourOfToday, isToday, shortPauses, tomorrow } from "../../static/js/agenda/pause_times.js";

const NOW = Date.parse(stampOf("2026-11-24", "09:10")) + 20_000;

test("short pauses end on whole minutes", () => {
  const untils = shortPauses(NOW).map(({ minutes, until }) => [minutes, (Date.parse(until) - NOW) / 60_000]);
  for (const [minutes = 0, after = 0] of untils) assert.ok(after >= minutes && after < minutes + 1);
});

test("a pause until tomorrow ends when the meeting had begun, on the next day", () => {
  const until = tomorrow(NOW, stampOf("2026-11-24", "07:30"));
  assert.equal(until, stampOf("2026-11-25", "07:30"));
  assert.equal(isToday(until, NOW), false);
});

test("a written hour is one of today, and not one that is over", () => {
  assert.deepEqual(hourOfToday("14h", NOW), { until: stampOf(isoDay(NOW), "14:00") });
  assert.deepEqual(hourOfToday("9:10", NOW), { wrong: "room.pause_time_past" });
  assert.deepEqual(hourOfToday("chiều", NOW), { wrong: "room.pause_time_wrong" });
  assert.equal(isToday(stampOf("2026-11-24", "23:59"), NOW), true);
});
