/** How a check ended, in words with an icon, and the report. */
import { html, nothing, svg } from "lit-html";
import { told } from "../report.js";
import { said } from "../words.js";
import { pageWord } from "./page_words.js";

/**
 * @typedef {import("../words.js").Language} Language
 * @typedef {import("../verify.js").Answer} Answer
 * @typedef {{key: boolean, receipts: number, kept: number}} Compared what the archive was compared with
 * @typedef {"good"|"bad"|"open"} Tone
 */

const MARKS = {
  good: svg`<path d="M7 12.5l3.5 3.5L17 8.5"/>`,
  bad: svg`<path d="M8 8l8 8M16 8l-8 8"/>`,
  open: svg`<path d="M12 6.5v7M12 17v.5"/>`,
};

/** @param {Tone} tone */
const mark = (tone) => html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
  <circle cx="12" cy="12" r="10.5"/>${MARKS[tone]}</svg>`;

/** @param {Tone} tone @param {string} title @param {unknown} more */
const box = (tone, title, more) => html`<div class="verdict ${tone}">
  ${mark(tone)}<div><h2>${title}</h2>${more}</div></div>`;

/** @param {string} text */
const line = (text) => html`<p>${text}</p>`;

/** @param {string} text */
const capitalized = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {Answer} answer @param {Compared} compared @param {Language} language */
export function resultView(answer, compared, language) {
  const word = (/** @type {string} */ key) => pageWord(language, key);
  const { fault, unusable, story } = answer;
  if (fault) {
    const { index, log } = fault;
    const title = pageWord(language, log ? "broken_of_log" : "broken", { index, log });
    const what = html`<p class="what">${capitalized(fault.said(language))}.</p>`;
    const isOfReceipt = fault.code.startsWith("kept_") && compared.receipts > 0 && compared.kept === 0;
    return box("bad", title, [what, isOfReceipt ? line(word("in_receipt")) : nothing, line(word("broken_how"))]);
  }
  if (unusable) return box("open", word("unusable"), [unusable.said(language), word("unusable_how")].map(line));
  if (!story) return nothing;
  const reasons = story.unproven.map(([key, facts]) => said(language, key, facts));
  if (reasons.length) return box("open", word("unproven"), [...reasons, word("unproven_how")].map(line));
  return soundView(story, compared, language);
}

/** @param {import("../check.js").Story} story @param {Compared} compared @param {Language} language */
function soundView({ sizes, checkpoints, replay }, { key, receipts, kept }, language) {
  const entries = sizes.reduce((sum, size) => sum + size, 0);
  const facts = [pageWord(language, "sound_facts", { entries, checkpoints, polls: replay.polls.size })];
  if (key) facts.push(pageWord(language, "compared_key"));
  if (receipts) facts.push(pageWord(language, "compared_receipts", { count: receipts }));
  if (kept) facts.push(pageWord(language, "compared_kept", { count: kept }));
  return [
    box("good", pageWord(language, "sound"), facts.map(line)),
    key ? nothing : box("open", pageWord(language, "key_missing"), line(pageWord(language, "key_missing_how"))),
  ];
}

/** A page that failed: nothing is known of the votes. @param {string} reason @param {Language} language */
export function failureView(reason, language) {
  return box("open", pageWord(language, "crashed"), line(pageWord(language, "crashed_how", { reason })));
}

/**
 * The same lines as the Python verifier's report, one section for each vote.
 * @param {Answer} answer @param {Language} language
 */
export function reportView({ story }, language) {
  if (!story) return nothing;
  const sections = sectionsOf(told(story, language));
  const kind = (/** @type {number} */ place) => (place > 0 && place < sections.length - 1 ? "part vote" : "part");
  return sections.map(([title, ...lines], place) => html`<section class=${kind(place)}>
    <h3>${title}</h3>
    ${lines.map((text) => html`<p>${text}</p>`)}
  </section>`);
}

/** Empty lines separate the sections. @param {string[]} told @returns {string[][]} */
function sectionsOf(told) {
  /** @type {string[][]} */
  const sections = [[]];
  for (const text of told) {
    if (text === "") sections.push([]);
    else sections.at(-1)?.push(...text.split("\n").map((part) => part.trim()));
  }
  return sections.filter((lines) => lines.length);
}
