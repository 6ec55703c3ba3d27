/** Parses typed days and times: "24/11/2026", "24-11", "8h", "8:30", "0830". Pure. */

const two = (/** @type {number} */ value) => String(value).padStart(2, "0");

/** "2026-11-24" → "24/11/2026". @param {string} day */
export function dayText(day) {
  const [year, month, date] = day.split("-");
  return `${date}/${month}/${year}`;
}

/**
 * Parses a day to "2026-11-24"; empty when invalid. A day without a year is its next occurrence, or its last one
 * for what has happened (`past`).
 * @param {string} text
 * @param {string} today "2026-11-24"
 * @param {{past?: boolean}} [options]
 */
export function readDay(text, today, { past = false } = {}) {
  const found = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?\s*$/.exec(text);
  if (!found) return "";
  const [, date = "", month = "", year] = found;
  const thisYear = Number(today.slice(0, 4));
  const at = (/** @type {number} */ inYear) => `${inYear}-${two(Number(month))}-${two(Number(date))}`;
  if (year) return real(at(year.length === 2 ? 2000 + Number(year) : Number(year)));
  if (past) return real(at(thisYear) > today ? at(thisYear - 1) : at(thisYear));
  return real(at(thisYear) < today ? at(thisYear + 1) : at(thisYear));
}

/** Returns the day when it exists in the calendar (31/02 does not). @param {string} day */
function real(day) {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day) ? day : "";
}

/** Parses a time to "08:30"; empty when invalid. @param {string} text */
export function readTime(text) {
  const found = /^\s*(\d{1,2})\s*(?:[:.hg]\s*(\d{2})?)?\s*$/i.exec(text) ?? /^\s*(\d{1,2})(\d{2})\s*$/.exec(text);
  if (!found) return "";
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)];
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : "";
}
