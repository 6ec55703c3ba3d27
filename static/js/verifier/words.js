/**
 * Sentences of the report in Vietnamese and English, and formats of texts and times. words.json is generated from
 * the Python verifier by `python -m tests.contract.verifier_words`.
 */
import { shownAsPython } from "./python_text.js";
import WORDS from "./words.json" with { type: "json" };

/** @typedef {"vi"|"en"} Language */

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const PLACE = /\{(\w+)\}/g;
const VIETNAM_HOURS = 7;
const LAST_YEAR = 9999;

/**
 * A sentence with its parameters as they are.
 * @param {keyof typeof WORDS} part @param {Language} language @param {string} key
 * @param {Record<string, unknown>} facts
 * @returns {string}
 */
export function sentence(part, language, key, facts) {
  const both = new Map(Object.entries(WORDS[part])).get(key);
  if (!both) throw new Error(`no sentence ${key}`);
  return both[language === "en" ? 1 : 0].replace(PLACE, (_, name) => shownAsPython(facts[name]));
}

/**
 * A sentence of the report with its parameters, which are escaped by `plain`.
 * @param {Language} language @param {string} key @param {Record<string, unknown>} [facts]
 */
export function said(language, key, facts = {}) {
  const shown = Object.entries(facts).map(([name, value]) => [name, plain(shownAsPython(value))]);
  return sentence("report", language, key, Object.fromEntries(shown));
}

/** A sentence in both languages, on one line. @param {string} key @param {Record<string, unknown>} [facts] */
export function inBoth(key, facts = {}) {
  return `${said("vi", key, facts)} / ${said("en", key, facts)}`;
}

/** Escapes invisible characters, which could reverse the text direction. @param {string} text */
export function plain(text) {
  return text.replace(UNSEEN, (sign) => `\\u{${/** @type {number} */ (sign.codePointAt(0)).toString(16)}}`);
}

/**
 * A percentage for display only, half rounded up: 22 of 31 is 70,97%.
 * @param {Language} language @param {number} number @param {number} base at least 1
 */
export function percent(language, number, base) {
  const hundredths = (20_000n * BigInt(number) + BigInt(base)) / (2n * BigInt(base));
  const rest = String(hundredths % 100n).padStart(2, "0");
  return `${hundredths / 100n}${language === "en" ? "." : ","}${rest}%`;
}

/** A time of the log, in the time zone of Viet Nam. @param {string} at such as 2026-11-24T02:00:00.000Z */
export function clock(at) {
  const time = new Date(at);
  time.setUTCHours(time.getUTCHours() + VIETNAM_HOURS);
  if (time.getUTCFullYear() > LAST_YEAR) return at;
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const hours = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(two).join(":");
  return `${hours} ${two(time.getUTCDate())}/${two(time.getUTCMonth() + 1)}/${time.getUTCFullYear()}`;
}
