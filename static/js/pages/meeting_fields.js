/** Fields for a meeting's name, time and place, for creating and editing a meeting. */

import { html, nothing } from "lit-html";
import { clock, dayAndDate, isoDay, stampOf } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { dayText, readDay, readTime } from "../lib/typed_dates.js";

/**
 * Contents of the fields, as typed. `wrong`: error messages by field.
 * @typedef {"title" | "day" | "from" | "until" | "place"} Name
 * @typedef {Record<Name, string> & {wrong: Partial<Record<Name, string>>}} Draft
 */

/** @param {{title: string, starts_at: string, ends_at: string | null, place: string}} meeting @returns {Draft} */
export function draftOf(meeting) {
  return {
    title: meeting.title,
    day: dayText(isoDay(meeting.starts_at)),
    from: clock(meeting.starts_at),
    until: meeting.ends_at ? clock(meeting.ends_at) : "",
    place: meeting.place,
    wrong: {},
  };
}

/** @param {Draft} draft */
const dayOf = (draft) => readDay(draft.day, isoDay(Date.now()));

/** @param {Draft} draft @returns {Draft["wrong"]} field → message */
export function wrongIn(draft) {
  const [from, until] = [readTime(draft.from), readTime(draft.until)];
  /** @type {Draft["wrong"]} */
  const wrong = {};
  if (!draft.title.trim()) wrong.title = t("meeting_fields.title_missing");
  if (!dayOf(draft)) wrong.day = t("meeting_fields.day_wrong");
  if (!from) wrong.from = t("meeting_fields.time_wrong");
  if (draft.until.trim() && !until) wrong.until = t("meeting_fields.time_wrong");
  else if (from && until && until <= from) wrong.until = t("meeting_fields.until_before");
  return wrong;
}

/** Returns the body of the request. @param {Draft} draft */
export function factsOf(draft) {
  const day = dayOf(draft);
  const until = readTime(draft.until);
  return {
    title: draft.title.trim(),
    starts_at: stampOf(day, readTime(draft.from)),
    ends_at: until ? stampOf(day, until) : null,
    place: draft.place.trim(),
  };
}

/** @param {string} time as typed @param {number} minutes @returns {string} time of the same day; empty without a time */
export function later(time, minutes) {
  const begin = readTime(time);
  if (!begin) return "";
  const [hour = 0, minute = 0] = begin.split(":").map(Number);
  const total = Math.min(hour * 60 + minute + minutes, 23 * 60 + 59);
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

/**
 * Returns one field. A day or a time is expanded to its full form on blur.
 * @param {Draft} draft
 * @param {() => void} redraw
 * @param {Name} name
 * @param {{hint?: string, placeholder?: string, maxLength?: number, full?: (text: string) => string, beside?: unknown}} [more]
 */
function field(draft, redraw, name, { hint = "", placeholder = "", maxLength = 300, full, beside } = {}) {
  const wrong = draft.wrong[name];
  /** @param {Event} event */
  const input = (event) => {
    draft[name] = /** @type {HTMLInputElement} */ (event.target).value;
    delete draft.wrong[name];
    redraw();
  };
  const leave = () => {
    if (!full) return;
    draft[name] = full(draft[name]) || draft[name];
    redraw();
  };
  const box = html`<input class="input num" id="meeting-${name}" .value=${draft[name]} autocomplete="off" maxlength=${maxLength} placeholder=${placeholder}
    inputmode=${full ? "numeric" : "text"} aria-invalid=${wrong ? "true" : "false"} aria-describedby="meeting-${name}-note" @input=${input} @blur=${leave} />`;
  return html`<div class="field">
    <label for="meeting-${name}">${t(`meeting_fields.${name}`)}</label>
    ${beside ? html`<div class="with-button">${box}${beside}</div>` : box}
    <p class=${wrong ? "wrong" : "hint"} id="meeting-${name}-note" ?hidden=${!wrong && !hint}>${wrong ?? hint}</p>
  </div>`;
}

/** The native date picker beside the day field. @param {Draft} draft @param {() => void} redraw */
function calendar(draft, redraw) {
  /** @param {Event} event */
  const open = (event) => {
    const picker = /** @type {HTMLInputElement} */ (/** @type {HTMLElement} */ (event.currentTarget).nextElementSibling);
    picker.value = dayOf(draft);
    picker.showPicker();
  };
  /** @param {Event} event */
  const picked = (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    if (!value) return;
    draft.day = dayText(value);
    delete draft.wrong.day;
    redraw();
  };
  if (!("showPicker" in HTMLInputElement.prototype)) return nothing;
  return html`<button type="button" class="btn icon-only" aria-label=${t("meeting_fields.calendar")} @click=${open}>${icon("calendar")}</button>
    <input class="picker" type="date" tabindex="-1" aria-hidden="true" @change=${picked} />`;
}

/**
 * @param {Draft} draft changed in place
 * @param {() => void} redraw
 * @param {{titleHint?: string}} [hints]
 */
export function meetingFields(draft, redraw, { titleHint = "" } = {}) {
  const day = dayOf(draft);
  const fullDay = (/** @type {string} */ text) => {
    const read = readDay(text, isoDay(Date.now()));
    return read && dayText(read);
  };
  return html`
    ${field(draft, redraw, "title", { placeholder: titleHint })}
    <div class="fields-2 times">
      ${field(draft, redraw, "day", { hint: day ? dayAndDate(stampOf(day, "12:00")) : "", maxLength: 12, full: fullDay, beside: calendar(draft, redraw) })}
      ${field(draft, redraw, "from", { maxLength: 6, full: readTime })} ${field(draft, redraw, "until", { maxLength: 6, full: readTime })}
    </div>
    ${field(draft, redraw, "place")}`;
}

/** Focuses the first invalid field. @param {Draft} draft @param {ParentNode} home */
export function focusWrong(draft, home) {
  const [name] = Object.keys(draft.wrong);
  if (name) /** @type {HTMLElement | null} */ (home.querySelector(`#meeting-${name}`))?.focus();
}
