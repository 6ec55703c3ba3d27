/** Adds people at the first run, one name at a time with Enter, or a whole list at once. */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { api, Problem } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { isList, openPeopleList } from "../people_list/list_sheet.js";
import { rememberNewPeople } from "../people_list/new_people.js";
import { secretsView } from "../people/secrets.js";
import { proposeUsername } from "../people/usernames.js";

const rows = {
  name: "",
  position: "",
  creates: false,
  wrong: "",
  busy: false,
  /** @type {import("../people/secrets.js").Secret[]} */
  added: [],
};

/** @param {string} display_name @param {string} position @param {boolean} may_create_meetings */
async function addPerson(display_name, position, may_create_meetings) {
  const username = proposeUsername(display_name, new Set([boot.user?.username ?? "", ...rows.added.map((one) => one.username)]));
  const user = await api.post("/users", { display_name, username, position: position || null, may_create_meetings });
  rows.added = [{ display_name: user.display_name, username: user.username, initial_password: user.initial_password }, ...rows.added];
  rememberNewPeople([user.id]);
}

/** @param {SubmitEvent} event @param {() => void} redraw */
async function submit(event, redraw) {
  event.preventDefault();
  const name = rows.name.trim();
  const field = document.getElementById("row-name");
  if (rows.busy) return;
  if (!name) return field?.focus();
  Object.assign(rows, { busy: true, wrong: "" });
  try {
    await addPerson(name, rows.position.trim(), rows.creates);
    Object.assign(rows, { name: "", position: "", creates: false });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    rows.wrong = error.message;
  } finally {
    rows.busy = false;
    redraw();
  }
  return field?.focus();
}

/** @param {() => void} redraw @param {string} [text] */
function openList(redraw, text) {
  /** @param {import("../people_list/draft.js").Made[]} people people of the list who have an account */
  const show = (people, gone = people) => {
    const names = new Set(gone.map((person) => person.username));
    rows.added = [...people, ...rows.added.filter((one) => !names.has(one.username))];
    redraw();
  };
  openPeopleList({ made: (people) => show(people), removed: (people) => show([], people) }, text);
}

/** Opens a pasted list for review before accounts are created. @param {ClipboardEvent} event @param {() => void} redraw */
function paste(event, redraw) {
  const text = event.clipboardData?.getData("text") ?? "";
  if (!isList(text)) return;
  event.preventDefault();
  openList(redraw, text);
}

/** @param {() => void} redraw */
export function peopleView(redraw) {
  const write = (/** @type {"name" | "position"} */ key) => (/** @type {Event} */ event) => (rows[key] = /** @type {HTMLInputElement} */ (event.target).value);
  return html`<div class="form"><h1 tabindex="-1">${t("setup.people_title")}</h1><p class="quiet">${t("setup.people_text")}</p>
    <form class="person-row" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, redraw)}>
      <div class="field"><label for="row-name">${t("people.name")}</label><input class="input" id="row-name" .value=${live(rows.name)} autocomplete="off" maxlength="200" autocapitalize="words" @input=${write("name")}
        @paste=${(/** @type {ClipboardEvent} */ event) => paste(event, redraw)} /></div>
      <div class="field"><label for="row-position">${t("people.position")}</label><input class="input" id="row-position" .value=${live(rows.position)} autocomplete="off" maxlength="200" @input=${write("position")} /></div>
      <label class="choice creates"><input type="checkbox" .checked=${live(rows.creates)} @change=${(/** @type {Event} */ event) => (rows.creates = /** @type {HTMLInputElement} */ (event.target).checked)} /><span>${t("setup.creates_meetings")}</span></label>
      <button class="btn plain">${icon("plus")}${t("setup.add_person")}</button>
    </form>
    <button type="button" class="btn plain paste-list" @click=${() => openList(redraw)}>${icon("list-checks")}${t("people_list.open")}</button>
    ${rows.wrong ? html`<p class="wrong" role="alert">${icon("circle-alert", "small")}${rows.wrong}</p>` : nothing}
    ${secretsView(rows.added)}</div>`;
}
