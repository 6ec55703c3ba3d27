/** The form of a new meeting: template, name, time and place. Then the preparation page opens. */

import { html, nothing, render } from "lit-html";
import { api } from "../lib/api.js";
import { href } from "../lib/boot.js";
import { isoDay } from "../lib/format.js";
import { sayProblem } from "../lib/ui/toast.js";
import { count, t } from "../lib/words.js";
import { dayText } from "../lib/typed_dates.js";
import { invite } from "./people_list/new_people.js";
import { factsOf, focusWrong, later, meetingFields, wrongIn } from "./meeting_fields.js";

/** @typedef {import("../lib/schemas.js").MeetingTemplate} Template */

const BLANK = "";

/** @param {Template} template */
const minutesOf = (template) => template.items.reduce((sum, item) => sum + item.minutes, 0);

/** The form and its contents. It is independent of the page, because the setup uses it too. */
export class NewMeeting {
  /** @param {HTMLElement} home @param {{verb: string, offered?: string[]}} options `offered`: users to offer for invitation */
  constructor(home, { verb, offered = [] }) {
    this.home = home;
    this.verb = verb;
    this.offered = offered;
    this.inviting = true;
    /** @type {Template[]} */
    this.templates = [];
    this.chosen = BLANK;
    this.busy = false;
    /** Whether the user entered the end time; a template then no longer sets it. */
    this.ownEnd = false;
    const tomorrow = dayText(isoDay(Date.now() + 24 * 3600 * 1000));
    /** @type {import("./meeting_fields.js").Draft} */
    this.draft = { title: "", day: tomorrow, from: "08:00", until: "", place: "", wrong: {} };
  }

  async start() {
    this.renderNewMeeting();
    try {
      this.templates = (await api.get("/meeting-templates")).items;
      this.choose(this.templates[0]?.key ?? BLANK);
    } catch (error) {
      sayProblem(error);
    }
  }

  get template() {
    return this.templates.find((one) => one.key === this.chosen);
  }

  /** @param {string} key */
  choose(key) {
    this.chosen = key;
    this.proposeEnd();
    this.renderNewMeeting();
  }

  proposeEnd() {
    if (this.ownEnd) return;
    this.draft.until = this.template ? later(this.draft.from, minutesOf(this.template)) : "";
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.draft.wrong = wrongIn(this.draft);
    this.renderNewMeeting();
    if (Object.keys(this.draft.wrong).length) return focusWrong(this.draft, this.home);
    this.busy = true;
    this.renderNewMeeting();
    try {
      const { template } = this;
      const choice = template ? { template: template.key, kind: template.kind } : {};
      const meeting = await api.post("/meetings", { ...factsOf(this.draft), ...choice });
      // Users who could not be invited are offered again on the preparation page.
      if (this.inviting) await invite(meeting.id, this.offered);
      location.assign(href(`/meetings/${meeting.id}/prepare`));
    } catch (error) {
      this.busy = false;
      this.renderNewMeeting();
      sayProblem(error);
    }
  }

  /** @param {string} key @param {string} title @param {string} note */
  choiceView(key, title, note) {
    return html`<label class="template"><input type="radio" name="template" .checked=${this.chosen === key} @change=${() => this.choose(key)} />
      <span class="template-face"><b>${title}</b><span class="quiet">${note}</span></span></label>`;
  }

  templatesView() {
    return html`<fieldset class="templates"><legend class="label">${t("new_meeting.template")}</legend>
      ${this.templates.map((one) =>
        this.choiceView(one.key, t(`new_meeting.template.${one.key}`), count("new_meeting.items", one.items.length, { minutes: minutesOf(one) })))}
      ${this.choiceView(BLANK, t("new_meeting.blank"), t("new_meeting.blank_note"))}
    </fieldset>`;
  }

  inviteView() {
    if (!this.offered.length) return nothing;
    const change = (/** @type {Event} */ event) => (this.inviting = /** @type {HTMLInputElement} */ (event.target).checked);
    return html`<label class="choice"><input type="checkbox" .checked=${this.inviting} @change=${change} /><span>${count("people_list.invite_all", this.offered.length)}</span></label>`;
  }

  previewView() {
    const { template } = this;
    if (!template) return nothing;
    return html`<details class="preview"><summary>${t("new_meeting.see_items")}</summary>
      <ol>${template.items.map((item, index) => html`<li><span class="num">${index + 1}.</span><span class="grow">${item.title}</span><span class="quiet num">${count("prepare.minutes_n", item.minutes)}</span></li>`)}</ol></details>`;
  }

  renderNewMeeting() {
    const { draft } = this;
    const changed = () => {
      const proposed = this.template ? later(draft.from, minutesOf(this.template)) : "";
      const written = /** @type {HTMLElement | null} */ (document.activeElement)?.id;
      if (written === "meeting-until") this.ownEnd = draft.until !== "" && draft.until !== proposed;
      if (written === "meeting-from") this.proposeEnd();
      this.renderNewMeeting();
    };
    const hint = this.template ? t(`new_meeting.title_hint.${this.chosen}`) : t("new_meeting.title_hint");
    render(
      html`<form class="form new-meeting" novalidate @submit=${(/** @type {SubmitEvent} */ event) => this.submit(event)}>
        ${this.templatesView()} ${this.previewView()} ${meetingFields(draft, changed, { titleHint: hint })} ${this.inviteView()}
        <div class="btn-row"><button class="btn ink ${this.busy ? "busy" : ""}"><span>${this.verb}</span></button></div>
      </form>`,
      this.home,
    );
  }
}

/** Starts the page with the form. */
export function startNewMeeting() {
  const view = document.getElementById("view");
  if (!view) throw new Error("no #view on the page");
  const head = document.createElement("h1");
  head.textContent = t("new_meeting.title");
  const home = document.createElement("div");
  view.append(head, home);
  void new NewMeeting(home, { verb: t("new_meeting.do") }).start();
}
