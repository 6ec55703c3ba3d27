/** The sheet for choosing the participants of a meeting: search by name, role, seat, right to vote. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { api } from "../../lib/api.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { byGivenName } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { whenTyped } from "../../lib/ui/typing.js";
import { count, t } from "../../lib/words.js";
import { keeping } from "../../lib/ui/inline_field.js";
import { current, perform, watch } from "./store.js";

/**
 * @typedef {import("../../lib/schemas.js").ParticipantView} Attendee
 * @typedef {Pick<import("../../lib/schemas.js").PersonView, "id" | "display_name" | "position">} Candidate
 */

const ROLES = ["chair", "secretary", "member", "guest"];

/** @param {string} role */
const votesByDefault = (role) => role === "member";

/** Adds participants, or changes existing ones. @param {Attendee[]} people */
function put(...people) {
  const { id } = current();
  const ids = new Set(people.map((person) => person.user_id));
  return perform(
    (meeting) => ({ ...meeting, participants: [...meeting.participants.filter((one) => !ids.has(one.user_id)), ...people] }),
    async () => {
      // Sequential requests: participants are listed in the order of addition.
      for (const { user_id, role, entitled_to_vote, seat } of people) {
        await api.put(`/meetings/${id}/participants/${user_id}`, { role, entitled_to_vote, seat });
      }
    },
  );
}

/** @param {Attendee} person */
async function remove(person) {
  const { id } = current();
  const done = await perform(
    (meeting) => ({ ...meeting, participants: meeting.participants.filter((one) => one.user_id !== person.user_id) }),
    () => api.del(`/meetings/${id}/participants/${person.user_id}`),
  );
  if (done) toast(t("attendees.removed", { name: person.display_name }), { action: { label: t("ui.undo"), run: () => void put(person) } });
}

/** @param {Candidate} candidate @param {string} role @returns {Attendee} */
function asAttendee(candidate, role) {
  return {
    user_id: candidate.id, display_name: candidate.display_name, position: candidate.position,
    role, entitled_to_vote: votesByDefault(role), seat: null, attendance: null, writing_muted: false,
  };
}

/** The search query and its results in the open sheet. */
class Finder {
  /** @param {() => void} redraw */
  constructor(redraw) {
    this.redraw = redraw;
    this.query = "";
    this.role = "member";
    /** @type {Candidate[]} */
    this.found = [];
    this.loaded = false;
  }

  /** @param {string} query */
  async look(query) {
    this.query = query;
    try {
      const { items } = await api.get(`/people?q=${encodeURIComponent(query)}&limit=100`);
      // Responses may arrive out of order; only the last query counts.
      if (query !== this.query) return;
      this.found = items;
      this.loaded = true;
    } catch (error) {
      sayProblem(error);
    }
    this.redraw();
  }

  /** Search results that are not yet in the meeting. */
  get candidates() {
    const inside = new Set(current().participants.map((person) => person.user_id));
    return this.found.filter((one) => !inside.has(one.id)).sort((a, b) => byGivenName(a.display_name, b.display_name));
  }

  addAll() {
    return put(...this.candidates.map((candidate) => asAttendee(candidate, this.role)));
  }
}

/** @param {Finder} finder @param {Candidate} candidate */
function candidateView(finder, candidate) {
  return html`<li class="candidate">
    <span class="grow"><b>${candidate.display_name}</b>${candidate.position ? html`<span class="quiet"> ${candidate.position}</span>` : nothing}</span>
    <button type="button" class="btn plain" aria-label=${t("attendees.add_name", { name: candidate.display_name })}
      @click=${() => put(asAttendee(candidate, finder.role))}>${icon("plus", "small")}${t("attendees.add")}</button>
  </li>`;
}

/** @param {Finder} finder */
function finderView(finder) {
  const typed = whenTyped((text) => void finder.look(text.trim()));
  const { candidates } = finder;
  const empty = finder.loaded && !candidates.length;
  return html`<section class="finder" aria-label=${t("attendees.find")}>
    <div class="finder-fields">
      <label class="search grow"><span class="for-reader">${t("attendees.find")}</span>${icon("search")}
        <input class="input" type="search" data-first placeholder=${t("attendees.find")} autocomplete="off" @input=${typed} @compositionend=${typed} /></label>
      <label class="pick"><span class="for-reader">${t("attendees.add_as")}</span>
        <select class="input" @change=${(/** @type {Event} */ event) => (finder.role = /** @type {HTMLSelectElement} */ (event.target).value)}>
          ${ROLES.map((role) => html`<option value=${role} ?selected=${role === finder.role}>${t(`attendees.as.${role}`)}</option>`)}
        </select>${icon("chevron-down")}</label>
    </div>
    ${empty ? html`<p class="quiet">${t(finder.query ? "attendees.nobody_found" : "attendees.all_inside")}</p>` : nothing}
    <ul class="candidates rows">${repeat(candidates, (one) => one.id, (one) => candidateView(finder, one))}</ul>
    ${candidates.length > 1 ? html`<button type="button" class="text-btn" @click=${() => finder.addAll()}>${count("attendees.add_all", candidates.length)}</button>` : nothing}
  </section>`;
}

/** @param {Attendee} person */
function attendeeView(person) {
  const seat = keeping(person.seat ?? "", (text) => put({ ...person, seat: text || null }), () => true);
  /** @param {Event} event */
  const changeRole = (event) => {
    const role = /** @type {HTMLSelectElement} */ (event.target).value;
    void put({ ...person, role, entitled_to_vote: role === "guest" ? false : role === "member" || person.entitled_to_vote });
  };
  const { display_name: name } = person;
  return html`<li class="attendee">
    <p class="attendee-name"><b>${name}</b>${person.position ? html`<span class="quiet">${person.position}</span>` : nothing}
      ${person.attendance ? html`<span class="quiet">${t("attendees.roll", { said: t(`roll.said_${person.attendance}`) })}</span>` : nothing}</p>
    <label class="pick role"><span class="for-reader">${t("attendees.role_of", { name })}</span>
      <select class="input" .value=${person.role} @change=${changeRole}>
        ${ROLES.map((role) => html`<option value=${role} ?selected=${role === person.role}>${t(`attendees.role.${role}`)}</option>`)}
      </select>${icon("chevron-down")}</label>
    <label class="choice vote"><input type="checkbox" .checked=${person.entitled_to_vote} ?disabled=${person.role === "guest"}
      @change=${(/** @type {Event} */ event) => put({ ...person, entitled_to_vote: /** @type {HTMLInputElement} */ (event.target).checked })} />
      <span>${t("attendees.votes")}<span class="for-reader"> ${name}</span></span></label>
    <label class="seat"><span class="for-reader">${t("attendees.seat_of", { name })}</span>
      <input class="input" placeholder=${t("attendees.seat")} maxlength="20" .value=${person.seat ?? ""} @keydown=${seat.keydown} @blur=${seat.blur} /></label>
    <button type="button" class="btn icon-only" aria-label=${t("attendees.remove", { name })} @click=${() => remove(person)}>${icon("x", "small")}</button>
  </li>`;
}

function rosterView() {
  const people = current().participants;
  if (!people.length) return html`<p class="quiet">${t("attendees.none")}</p>`;
  return ROLES.map((role) => {
    const group = people.filter((person) => person.role === role).sort((a, b) => byGivenName(a.display_name, b.display_name));
    if (!group.length) return nothing;
    return html`<section class="roster"><h3>${t(`attendees.role.${role}`)} <span class="num quiet">${group.length}</span></h3>
      <ul class="rows">${repeat(group, (person) => person.user_id, attendeeView)}</ul></section>`;
  });
}

/** @type {(() => void) | undefined} */
let redrawOpen;
watch(() => redrawOpen?.());

export function openAttendees() {
  /** @type {Finder | undefined} */
  let finder;
  const opened = openSheet({
    title: t("attendees.title"),
    size: "broad full",
    body: (sheet) => html`<div class="attendees">${finderView((finder ??= new Finder(sheet.redraw)))}${rosterView()}</div>`,
    footer: (sheet) => html`<button type="button" class="btn ink" @click=${() => sheet.close()}>${t("ui.done")}</button>`,
  });
  redrawOpen = opened.redraw;
  void finder?.look("");
  void opened.closed.then(() => (redrawOpen = undefined));
}
