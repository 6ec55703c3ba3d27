/**
 * Formats dates, sizes, counts and names in the Vietnamese convention. Times use the time zone of the server
 * (<html data-zone>) or, without it, the time zone of the device.
 */

import { lang } from "./words.js";

const WEEKDAYS = {
  vi: ["Chủ Nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};

const zone = globalThis.document?.documentElement.dataset.zone || undefined;
const serverTimeOf = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

/** @typedef {{year: number, month: number, day: number, hour: string, minute: string}} Wall */

/**
 * Converts a moment to the local date and time of the meeting's time zone.
 * @param {string | number} moment an RFC 3339 time or milliseconds since 1970
 * @returns {Wall}
 */
export function wall(moment) {
  const minutes = Math.floor(new Date(moment).getTime() / 60_000);
  const known = walls.get(minutes);
  if (known) return known;
  /** @type {Record<string, string>} */
  const parts = {};
  for (const { type, value } of serverTimeOf.formatToParts(new Date(moment))) parts[type] = value;
  const { year, month, day, hour = "", minute = "" } = parts;
  const shown = { year: Number(year), month: Number(month), day: Number(day), hour, minute };
  if (walls.size >= WALLS_KEPT) walls.clear();
  walls.set(minutes, shown);
  return shown;
}

/** Cache by minute: each render formats the same few moments. @type {Map<number, Wall>} */
const walls = new Map();
const WALLS_KEPT = 500;

/**
 * Returns the RFC 3339 time of a day and a time in the meeting's time zone.
 * @param {string} day "2026-11-24"
 * @param {string} time "09:00"
 */
export function stampOf(day, time) {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const shown = wall(asUtc);
  const ahead = (Date.UTC(shown.year, shown.month - 1, shown.day, Number(shown.hour), Number(shown.minute)) - asUtc) / 60_000;
  const size = Math.abs(ahead);
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${day}T${time}:00${ahead < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "2026-11-24", for a date field. @param {string | number} moment */
export function isoDay(moment) {
  const { year, month, day } = wall(moment);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** "09:00" @param {string} stamp */
export function clock(stamp) {
  const { hour, minute } = wall(stamp);
  return `${hour}:${minute}`;
}

/** "24/11/2026" @param {string} stamp */
export function date(stamp) {
  const { year, month, day } = wall(stamp);
  return `${String(day).padStart(2, "0")}/${String(month).padStart(2, "0")}/${year}`;
}

/** "thứ Ba 24/11/2026" @param {string} stamp */
export function dayAndDate(stamp) {
  const { year, month, day } = wall(stamp);
  const names = lang === "en" ? WEEKDAYS.en : WEEKDAYS.vi;
  return `${names[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]} ${date(stamp)}`;
}

/** "09:00, thứ Ba 24/11/2026" @param {string} stamp */
export function moment(stamp) {
  return `${clock(stamp)}, ${dayAndDate(stamp)}`;
}

/** "1,5 MB"; below a megabyte in whole kB. @param {number} bytes */
export function size(bytes) {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  const megabytes = bytes / 1_000_000;
  return `${number(megabytes, megabytes < 10 ? 1 : 0)} MB`;
}

/**
 * "18.642" or "70,97" (Vietnamese), with at most `digits` decimals.
 * @param {number} value
 * @param {number} [digits]
 */
export function number(value, digits = 0) {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value);
}

/** @param {string} name */
const givenName = (name) => name.trim().split(/\s+/).at(-1) ?? "";

const collator = new Intl.Collator("vi", { sensitivity: "variant" });

/**
 * Compares names in the order of Vietnamese lists: given name (the last word), then the rest.
 * @param {string} a
 * @param {string} b
 */
export function byGivenName(a, b) {
  return collator.compare(givenName(a), givenName(b)) || collator.compare(a, b);
}

/**
 * Returns the text in lower case without diacritics: "Đặng Thị Bưởi" is found by "dang buoi".
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/**
 * Whether every word of the query is a prefix of a word of the text.
 * @param {string} text
 * @param {string} query
 */
export function matches(text, query) {
  const words = folded(text).split(/\s+/);
  return folded(query).split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

/** @param {number} seconds @returns {string} "06:15", "1:02:00" */
export function countdown(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = `${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}
