/** Setup in three steps at the first run: the body's name, its people, its first meeting. */

import { html, nothing, render } from "lit-html";
import { api, Problem } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { NewMeeting } from "../new_meeting.js";
import { newPeople } from "../people_list/new_people.js";
import { fullUnitName } from "./full_name.js";
import { accountWrong, ownAccountView } from "./own_account.js";
import { peopleView } from "./people_rows.js";

const STEPS = ["unit", "people", "meeting"];

export const setup = {
  step: 0,
  unit: "",
  /** Name in documents: derived from the name until the user edits it. */
  fullName: "",
  ownFullName: false,
  account: { display_name: "", username: "", password: "", ownName: false },
  /** Whether the first account exists; from then on the user is signed in. */
  signedIn: false,
  /** @type {Record<string, string>} */
  wrong: {},
  busy: false,
};

/** @type {HTMLElement} */
let view;
/** @type {NewMeeting | undefined} */
let meeting;

function stepsView() {
  return html`<ol class="steps" aria-label=${t("setup.steps")}>${STEPS.map((name, index) => html`<li class=${index < setup.step ? "done" : index === setup.step ? "now" : ""} aria-current=${index === setup.step ? "step" : nothing}>
    <span class="step-number num">${index < setup.step ? icon("check", "small") : index + 1}</span><span>${t(`setup.step.${name}`)}</span></li>`)}</ol>`;
}

/** @param {number} step */
function goTo(step) {
  Object.assign(setup, { step, wrong: {} });
  renderSetup();
  /** @type {HTMLElement | null} */ (view.querySelector("h1"))?.focus();
}

/** @param {SubmitEvent} event */
function nameUnit(event) {
  event.preventDefault();
  if (setup.unit.trim()) return goTo(1);
  setup.wrong = { unit: t("setup.unit_missing") };
  renderSetup();
  return document.getElementById("unit")?.focus();
}

/** @param {Event} event */
function unitTyped(event) {
  setup.unit = /** @type {HTMLInputElement} */ (event.target).value;
  if (!setup.ownFullName) setup.fullName = fullUnitName(setup.unit);
  renderSetup();
}

/** @param {Event} event */
function fullNameTyped(event) {
  setup.fullName = /** @type {HTMLInputElement} */ (event.target).value;
  setup.ownFullName = setup.fullName !== "";
}

function unitView() {
  const { unit: wrong } = setup.wrong;
  return html`<form class="form" novalidate @submit=${nameUnit}>
    <h1 tabindex="-1">${t("setup.unit_title")}</h1><p class="quiet">${t("setup.unit_text")}</p>
    <div class="field"><label for="unit">${t("setup.unit")}</label>
      <input class="input" id="unit" .value=${setup.unit} placeholder=${t("setup.unit_hint")} maxlength="200" autocomplete="organization" aria-invalid=${wrong ? "true" : "false"} aria-describedby="unit-note" @input=${unitTyped} />
      ${wrong ? html`<p class="wrong" id="unit-note">${wrong}</p>` : nothing}</div>
    <div class="field"><label for="unit-full">${t("setup.full_name")}</label>
      <input class="input" id="unit-full" .value=${setup.fullName} placeholder=${t("setup.full_name_hint")} maxlength="200" autocomplete="off" aria-describedby="unit-full-note" @input=${fullNameTyped} />
      <p class="quiet" id="unit-full-note">${t("setup.full_name_text")}</p></div>
    <div class="btn-row"><button class="btn ink">${t("setup.next")}${icon("arrow-right")}</button></div>
  </form>`;
}

/** @param {SubmitEvent} event */
async function createAccount(event) {
  event.preventDefault();
  setup.wrong = accountWrong(setup.account);
  renderSetup();
  if (Object.keys(setup.wrong).length || setup.busy) return;
  setup.busy = true;
  renderSetup();
  const { display_name, username, password } = setup.account;
  try {
    const session = await api.post("/setup", {
      token: boot.setup_token, unit_name: setup.unit.trim(), unit_full_name: setup.fullName.trim(), username: username.trim(), password, display_name: display_name.trim(),
    });
    Object.assign(boot, { csrf_token: session.csrf_token, user: session.user });
    Object.assign(setup, { signedIn: true });
    setup.account.password = "";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    setup.wrong = { said: error.message };
  } finally {
    setup.busy = false;
    renderSetup();
  }
}

function peopleStepView() {
  if (!setup.signedIn) return ownAccountView(setup, renderSetup, createAccount, () => goTo(0));
  return html`${peopleView(renderSetup)}
    <div class="btn-row"><button type="button" class="btn ink" @click=${() => goTo(2)}>${t("setup.next")}${icon("arrow-right")}</button></div>`;
}

/** The container of the new-meeting form, which renders itself. */
function meetingStepView() {
  requestAnimationFrame(() => {
    const home = document.getElementById("first-meeting");
    if (!home || meeting) return;
    meeting = new NewMeeting(home, { verb: t("setup.create_meeting"), offered: newPeople() });
    void meeting.start();
  });
  return html`<div class="form"><h1 tabindex="-1">${t("setup.meeting_title")}</h1><p class="quiet">${t("setup.meeting_text")}</p></div><div id="first-meeting"></div>`;
}

function renderSetup() {
  const body = [unitView, peopleStepView, meetingStepView][setup.step];
  render(html`${stepsView()}<section class="card part step">${body?.()}</section>`, view);
}

export function startSetup() {
  const home = document.getElementById("view");
  if (!home) throw new Error("no #view on the page");
  view = home;
  renderSetup();
  document.getElementById("unit")?.focus();
}
