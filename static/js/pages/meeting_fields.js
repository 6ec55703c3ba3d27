/** The fields of a meeting's name, time and place: for a new meeting and for changing one. */

import { html, nothing } from "lit-html";
import { clock, dayAndDate, isoDay, stampOf } from "../lib/format.js";
import { t } from "../lib/words.js";

/**
 * What the fields hold, as text. `wrong` says what is wrong with which.
 * @typedef {{title: string, day: string, from: string, until: string, place: string, wrong: Record<string, string>}} Draft
 */

/** @param {{title: string, starts_at: string, ends_at: string | null, place: string}} meeting @returns {Draft} */
export function draftOf(meeting) {
  return {
    title: meeting.title,
    day: isoDay(meeting.starts_at),
    from: clock(meeting.starts_at),
    until: meeting.ends_at ? clock(meeting.ends_at) : "",
    place: meeting.place,
    wrong: {},
  };
}

/** @param {Draft} draft @returns {Record<string, string>} field → sentence */
export function wrongIn({ title, day, from, until }) {
  /** @type {Record<string, string>} */
  const wrong = {};
  if (!title.trim()) wrong.title = t("meeting_fields.title_missing");
  if (!day) wrong.day = t("meeting_fields.day_missing");
  if (!from) wrong.from = t("meeting_fields.from_missing");
  if (from && until && until <= from) wrong.until = t("meeting_fields.until_before");
  return wrong;
}

/** What the server is sent. @param {Draft} draft */
export function factsOf({ title, day, from, until, place }) {
  return {
    title: title.trim(),
    starts_at: stampOf(day, from),
    ends_at: until ? stampOf(day, until) : null,
    place: place.trim(),
  };
}

/** @param {string} time "09:00" @param {number} minutes @returns {string} the same day at the latest */
export function later(time, minutes) {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const total = Math.min(hour * 60 + minute + minutes, 23 * 60 + 59);
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

/**
 * @param {Draft} draft changed in place
 * @param {() => void} redraw
 * @param {{titleHint?: string}} [hints]
 */
export function meetingFields(draft, redraw, { titleHint = "" } = {}) {
  /** @param {"title" | "day" | "from" | "until" | "place"} name @param {string} type @param {unknown} [hint] */
  const field = (name, type, hint = nothing) => {
    const wrong = draft.wrong[name];
    return html`<div class="field">
      <label for="meeting-${name}">${t(`meeting_fields.${name}`)}</label>
      <input class="input num" id="meeting-${name}" type=${type} .value=${draft[name]} autocomplete="off" maxlength="300"
        placeholder=${name === "title" ? titleHint : ""} aria-invalid=${wrong ? "true" : "false"} aria-describedby="meeting-${name}-note"
        @input=${(/** @type {Event} */ event) => {
          draft[name] = /** @type {HTMLInputElement} */ (event.target).value;
          delete draft.wrong[name];
          redraw();
        }} />
      <p class=${wrong ? "wrong" : "hint"} id="meeting-${name}-note" ?hidden=${!wrong && hint === nothing}>${wrong ?? hint}</p>
    </div>`;
  };
  return html`
    ${field("title", "text")}
    <div class="fields-2 times">
      ${field("day", "date", draft.day && /^\d{4}-/.test(draft.day) ? dayAndDate(stampOf(draft.day, "12:00")) : nothing)}
      ${field("from", "time")} ${field("until", "time")}
    </div>
    ${field("place", "text")}`;
}

/** Puts the cursor into the first wrong field. @param {Draft} draft @param {ParentNode} home */
export function focusWrong(draft, home) {
  const [name] = Object.keys(draft.wrong);
  if (name) /** @type {HTMLElement | null} */ (home.querySelector(`#meeting-${name}`))?.focus();
}
