/** The right column: checklist, participants, time and place. */

import { html, nothing } from "lit-html";
import { clock, dayAndDate } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { questions } from "./question_prepare.js";
import { kindName } from "../meeting_body.js";
import { openAttendees } from "./attendees.js";
import { openDetails } from "./details.js";
import { openGuests } from "./guests_sheet.js";
import { inviteNewView } from "./invite_new.js";
import { isDraft, isOver, peopleOf } from "./shapes.js";
import { current } from "./store.js";
import { todoLines } from "./todo.js";
import { refusedCount, sendingCount } from "./uploads.js";

/** Selectors of files that have no id yet. @type {Record<string, string>} */
const FILES = { sending: ".paper.coming", refused: ".paper.refused" };

/** @param {string} place */
function goTo(place) {
  if (place === "people") return openAttendees();
  if (place === "times") return openDetails();
  const element = document.querySelector(FILES[place] ?? `[id="${place}"]`);
  if (!(element instanceof HTMLElement)) return undefined;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  element.focus({ preventScroll: true });
  return undefined;
}

/** @param {import("./todo.js").Line} line */
function lineView({ key, n, params, done, place }) {
  const text = n === undefined ? t(key, params) : count(key, n, params);
  return html`<li><button type="button" class="todo-line ${done ? "done" : ""}" @click=${() => goTo(place)}>
    ${done ? icon("check", "small") : html`<i class="todo-dot"></i>`}<span>${text}${done ? html`<span class="for-reader"> ${t("prepare.todo.done")}</span>` : nothing}</span>
  </button></li>`;
}

function lines() {
  return todoLines(current(), { sending: sendingCount(), refused: refusedCount() }, questions.polls);
}

/** Link to the checklist with its number of open lines; on a narrow screen the list is below the agenda. */
export function todoJump() {
  const open = lines().filter((line) => !line.done).length;
  if (!open || isOver(current())) return nothing;
  return html`<button type="button" class="text-btn todo-jump" @click=${() => goTo("todo")}>${count("prepare.todo.left", open)}${icon("arrow-down", "small")}</button>`;
}

function todoView() {
  const meeting = current();
  const all = lines();
  const open = all.filter((line) => !line.done).length;
  return html`<section id="todo" tabindex="-1">
    <h2 class="side-name">${t(isDraft(meeting) ? "prepare.todo.title" : "prepare.todo.title_published")}</h2>
    <ul class="todo">${all.map(lineView)}</ul>
    ${open ? nothing : html`<p class="all-done">${t(isDraft(meeting) ? "prepare.todo.all_done" : "prepare.todo.all_done_published")}</p>`}
  </section>`;
}

/** @param {string} title @param {string} verb @param {() => void} run @param {[string, unknown][]} facts @param {unknown} [more] */
function factsView(title, verb, run, facts, more = nothing) {
  const change = isOver(current()) ? nothing : html`<button type="button" class="text-btn" @click=${run}>${verb}</button>`;
  return html`<section>
    <div class="side-head"><h2 class="side-name">${title}</h2>${change}</div>
    <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${more}
  </section>`;
}

function peopleView() {
  const { chairs, secretaries, members, guests, named, voters } = peopleOf(current());
  const people = (/** @type {number} */ n) => count("prepare.people", n);
  return factsView(t("prepare.attendees"), t("prepare.choose_people"), openAttendees, [
    [t("attendees.role.chair"), people(chairs)],
    [t("attendees.role.secretary"), people(secretaries)],
    [t("attendees.role.member"), people(members)],
    [t("attendees.role.guest"), people(guests)],
    ...(named ? [/** @type {[string, unknown]} */ ([t("guests.short"), people(named)])] : []),
    [t("prepare.voters"), people(voters)],
  ], html`${inviteNewView()}${isOver(current()) ? nothing
    : html`<button type="button" class="text-btn add-guests" aria-haspopup="dialog" @click=${openGuests}>${t(named ? "guests.change" : "guests.add")}</button>`}`);
}

function timeView() {
  const { starts_at, ends_at, place, kind } = current();
  return factsView(t("prepare.time_and_place"), t("prepare.change"), openDetails, [
    [t("prepare.day"), dayAndDate(starts_at)],
    [t("prepare.hours"), ends_at ? `${clock(starts_at)} – ${clock(ends_at)}` : clock(starts_at)],
    [t("prepare.place"), place || t("prepare.no_place")],
    [t("meeting_fields.kind"), kindName(kind)],
  ]);
}

export function sideView() {
  const over = isOver(current());
  return html`${over ? nothing : todoView()} ${peopleView()} ${timeView()}`;
}
