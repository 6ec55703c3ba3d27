/** The choices for the end of a pause: some minutes, a time today, the next day. Pure. */
import { clock, isoDay, stampOf } from "../lib/format.js";
import { readTime } from "../lib/typed_dates.js";

const MINUTES = [15, 30, 60, 90];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** @param {number} nowMs @returns {{minutes: number, until: string}[]} rounded to whole minutes */
export function shortPauses(nowMs) {
  return MINUTES.map((minutes) => ({ minutes, until: new Date(Math.ceil(nowMs / MINUTE_MS + minutes) * MINUTE_MS).toISOString() }));
}

/** The next day, at the meeting's start time. @param {number} nowMs @param {string} startsAt @returns {string} RFC 3339 */
export const tomorrow = (nowMs, startsAt) => stampOf(isoDay(nowMs + DAY_MS), clock(startsAt));

/**
 * Parses a time of today.
 * @param {string} text "14h", "14:00" @param {number} nowMs
 * @returns {{until: string} | {wrong: "room.pause_time_wrong" | "room.pause_time_past"}}
 */
export function hourOfToday(text, nowMs) {
  const time = readTime(text);
  if (!time) return { wrong: "room.pause_time_wrong" };
  const until = stampOf(isoDay(nowMs), time);
  return Date.parse(until) > nowMs ? { until } : { wrong: "room.pause_time_past" };
}

/** @param {string} until @param {number} nowMs */
export const isToday = (until, nowMs) => isoDay(until) === isoDay(nowMs);
