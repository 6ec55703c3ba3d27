/** Adding the body's people in the first run: a name and Enter, then the next. */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { api, Problem } from "../../lib/api.js";
import { icon } from "../../lib/icon.js";
import { t } from "../../lib/words.js";
import { secretsView } from "../people/secrets.js";
import { proposeUsername } from "../people/usernames.js";

const rows = {
  name: "",
  position: "",
  wrong: "",
  busy: false,
  /** @type {import("../people/secrets.js").Secret[]} */
  added: [],
};

/** @param {string} display_name @param {string} position */
async function add(display_name, position) {
  const username = proposeUsername(display_name, new Set(rows.added.map((one) => one.username)));
  const user = await api.post("/users", { display_name, username, position: position || null });
  rows.added = [{ display_name: user.display_name, username: user.username, initial_password: user.initial_password }, ...rows.added];
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
    await add(name, rows.position.trim());
    Object.assign(rows, { name: "", position: "" });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    rows.wrong = error.message;
  } finally {
    rows.busy = false;
    redraw();
  }
  return field?.focus();
}

/** "1. Nguyễn Văn An<tab>Trưởng ban" → its name and its office. @param {string} line */
function personIn(line) {
  const [name = "", position = ""] = line.replace(/^\s*\d+[.)]?\s+/, "").split(/\t|;|,| - /).map((part) => part.trim());
  return { name, position };
}

/** A pasted list becomes its people, one a line. @param {ClipboardEvent} event @param {() => void} redraw */
async function paste(event, redraw) {
  const people = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).map(personIn).filter(({ name }) => name);
  if (people.length < 2 || rows.busy) return;
  event.preventDefault();
  Object.assign(rows, { busy: true, wrong: "" });
  try {
    for (const { name, position } of people) {
      await add(name, position);
      redraw();
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    rows.wrong = error.message;
  } finally {
    rows.busy = false;
    redraw();
  }
}

/** @param {() => void} redraw */
export function peopleView(redraw) {
  const write = (/** @type {"name" | "position"} */ key) => (/** @type {Event} */ event) => (rows[key] = /** @type {HTMLInputElement} */ (event.target).value);
  return html`<div class="form"><h1 tabindex="-1">${t("setup.people_title")}</h1><p class="quiet">${t("setup.people_text")}</p>
    <form class="person-row" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, redraw)}>
      <div class="field"><label for="row-name">${t("people.name")}</label><input class="input" id="row-name" .value=${live(rows.name)} autocomplete="off" maxlength="200" autocapitalize="words" @input=${write("name")}
        @paste=${(/** @type {ClipboardEvent} */ event) => paste(event, redraw)} /></div>
      <div class="field"><label for="row-position">${t("people.position")}</label><input class="input" id="row-position" .value=${live(rows.position)} autocomplete="off" maxlength="200" @input=${write("position")} /></div>
      <button class="btn plain">${icon("plus")}${t("setup.add_person")}</button>
    </form>
    ${rows.wrong ? html`<p class="wrong" role="alert">${icon("circle-alert", "small")}${rows.wrong}</p>` : nothing}
    ${secretsView(rows.added)}</div>`;
}
