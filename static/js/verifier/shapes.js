/**
 * Checks of the form of a value. A check returns the path of the first wrong field, such as `rule.base`, or null; an
 * empty path is the value itself.
 */

/** @typedef {(value: any) => string|null} Check */

const KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/;
const LOG_ID = /^[0-9A-Za-z_-]{1,64}$/;
const HEX = /^[0-9a-f]*$/;
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}Z$/;

/** @param {boolean} holds @returns {string|null} */
const unless = (holds) => (holds ? null : "");

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {string} name @param {string} wrong */
const path = (name, wrong) => `${name}.${wrong}`.replace(/\.+$/, "");

/** Compares by code point: JavaScript's own order is that of UTF-16 units. @param {string} one @param {string} other */
export function byCodePoint(one, other) {
  const [left, right] = [Array.from(one), Array.from(other)];
  for (const [place, sign] of left.entries()) {
    const against = right[place];
    if (against === undefined) return 1;
    if (sign !== against) return Number(sign.codePointAt(0)) - Number(against.codePointAt(0));
  }
  return left.length - right.length;
}

/** @param {Record<string, any>} value @param {string} name */
export const has = (value, name) => Object.hasOwn(value, name);

/**
 * An object with these members.
 * @param {Record<string, Check>} fields @param {boolean} [openEnded] further members are allowed and ignored
 * @returns {Check}
 */
export function record(fields, openEnded = false) {
  const checks = Object.entries(fields);
  return (value) => {
    if (!isObject(value)) return "";
    const missing = checks.map(([name]) => name).filter((name) => !has(value, name));
    const unknown = Object.keys(value).filter((name) => !has(fields, name));
    if (missing.length || (unknown.length && !openEnded)) return [...missing, ...unknown].sort(byCodePoint)[0] ?? "";
    return firstWrong(checks, value);
  };
}

/** @param {[string, Check][]} checks @param {Record<string, any>} value */
function firstWrong(checks, value) {
  for (const [name, check] of checks) {
    const wrong = check(value[name]);
    if (wrong !== null) return path(name, wrong);
  }
  return null;
}

/**
 * An object that passes the check; `fields` are checks of optional members.
 * @param {Check} check @param {Record<string, Check>} fields @returns {Check}
 */
export function withOptional(check, fields) {
  return (value) => check(value) ?? firstWrong(Object.entries(fields).filter(([name]) => has(value, name)), value);
}

/**
 * An object of one of two forms; the first has the member `name`.
 * @param {string} name @param {Check} withIt @param {Check} without @returns {Check}
 */
export function either(name, withIt, without) {
  return (value) => (isObject(value) && has(value, name) ? withIt : without)(value);
}

/** @param {Check} item @param {number} least @param {number} most @returns {Check} */
export function list(item, least, most) {
  return (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) return "";
    for (const [place, one] of value.entries()) {
      const wrong = item(one);
      if (wrong !== null) return path(String(place), wrong);
    }
    return null;
  };
}

/** @param {Check} check @returns {Check} */
export const orNull = (check) => (value) => (value === null ? null : check(value));

/** @param {string[]} words @returns {Check} */
export const oneOf = (...words) => (value) => unless(words.includes(value));

/** A text of so many code points. @param {number} least @param {number} most @returns {Check} */
export function text(least, most) {
  return (value) => unless(typeof value === "string" && isBetween(value, least, most));
}

/** @param {string} value @param {number} least @param {number} most */
function isBetween(value, least, most) {
  // A code point has one or two UTF-16 units.
  const length = value.length > 2 * most ? Infinity : Array.from(value).length;
  return length >= least && length <= most;
}

/** @param {number} length @returns {Check} */
export function hex(length) {
  return (value) => unless(typeof value === "string" && value.length === length && HEX.test(value));
}

/** @param {number} least @returns {Check} */
export const number = (least) => (value) => unless(typeof value === "number" && value >= least);

/** @type {Check} */
export const flag = (value) => unless(typeof value === "boolean");

/** @type {Check} */
export const optionKey = (value) => unless(typeof value === "string" && KEY.test(value));

/** @type {Check} */
export const logId = (value) => unless(typeof value === "string" && LOG_ID.test(value));

/** Votes by option. @type {Check} */
export function counts(value) {
  if (!isObject(value)) return "";
  const names = Object.keys(value).sort();
  if (names.length < 1 || names.length > 50) return "";
  return names.find((name) => optionKey(name) !== null || typeof value[name] !== "number") ?? null;
}

/** A time in UTC with three decimals. @type {Check} */
export function moment(value) {
  const found = typeof value === "string" ? MOMENT.exec(value) : null;
  if (!found) return "";
  const [year, month, day, hours, minutes, seconds] = found.slice(1).map(Number);
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  const isDay = date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  return unless(isDay && Number(year) >= 1 && Number(hours) <= 23 && Number(minutes) <= 59 && Number(seconds) <= 59);
}

/** Anything. @type {Check} */
export const anything = () => null;
