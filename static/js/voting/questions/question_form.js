/** The form of a question, before the meeting and in the room. Faults are shown during entry. */
import { html, nothing } from "lit-html";
import { live as asTyped } from "lit-html/directives/live.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { randomKey } from "../../lib/api.js";
import { optionsView, wrongView } from "./question_options.js";
import { ruleView } from "./question_rule.js";
import { charactersLeft, faultsIn, LONGEST_QUESTION, LONGEST_TITLE, METHODS, MINUTES, paperIn, papersFor } from "./question_model.js";
import { paperFault } from "../model/start_rules.js";

/** @typedef {import("./question_model.js").Draft} Draft */
/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */
/** @typedef {import("../model/rule_list.js").RuleList} RuleList */
/**
 * The interface that the form requires of its page.
 * @typedef {{agenda: () => import("./question_model.js").Agenda, rules: RuleList, online: () => boolean,
 *   save: (draft: Draft, key: string) => Promise<{done: boolean, answer?: any, problem?: {message: string}}>}} Host
 */
/** @typedef {{label: string, tone: "ink"|"room", then: (poll: any) => void}} Verb */

/** One open form. */
export class QuestionForm {
  tried = false;
  wrong = "";
  busy = false;
  key = randomKey();
  /** @type {Opened|null} */ sheet = null;

  /** @param {Host} host @param {Draft} draft */
  constructor(host, draft) {
    this.host = host;
    this.draft = draft;
  }

  /** @param {Partial<Draft>} facts */
  put(facts) {
    Object.assign(this.draft, facts);
    this.wrong = "";
    this.key = randomKey();
    this.redraw();
  }

  redraw() {
    this.sheet?.redraw();
  }

  /** @param {string} place @returns {string} the message of the fault at this field; no faults in an empty form */
  faultAt(place) {
    const fault = faultsIn(this.draft).find((one) => one.place === place);
    const early = ["question.missing", "question.no_options", "question.one_option"];
    return fault && (this.tried || !early.includes(fault.key)) ? t(fault.key, fault.params) : "";
  }

  /** The usual options of the chosen rule. */
  get usual() {
    return (this.host.rules.named(this.draft.rule_id) ?? this.host.rules.usual)?.options ?? [];
  }

  /** @param {Verb} verb */
  async saveQuestion(verb) {
    this.tried = true;
    const first = faultsIn(this.draft)[0];
    this.redraw();
    if (first) {
      const at = this.sheet?.element.querySelector(`[data-place="${first.place}"]`);
      /** @type {HTMLElement|null|undefined} */ (at)?.focus();
      return;
    }
    if (this.busy) return;
    this.busy = true;
    this.redraw();
    const outcome = await this.host.save(this.draft, this.key);
    this.busy = false;
    this.wrong = outcome.problem?.message ?? "";
    if (!outcome.done) return this.redraw();
    this.sheet?.close(true);
    verb.then(outcome.answer);
  }
}

/**
 * @param {Host} host @param {Draft} draft
 * @param {{title: string, verbs: Verb[], notice?: string}} facts the last verb is the primary button
 * @returns {Opened}
 */
export function openQuestionForm(host, draft, { title, verbs, notice = "" }) {
  const form = new QuestionForm(host, draft);
  const opened = openSheet({
    title,
    size: "broad full question-sheet",
    body: () => formView(form, notice),
    footer: (sheet) => html`<button type="button" class="btn plain" @click=${() => sheet.close()}>${t("ui.back")}</button>
      ${verbs.map((verb, at) => html`<button type="button" class="btn ${at === verbs.length - 1 ? verb.tone : "plain"} ${form.busy ? "busy" : ""}" ?disabled=${form.busy || !host.online()} @click=${() => void form.saveQuestion(verb)}><span>${verb.label}</span></button>`)}`,
  });
  form.sheet = opened;
  void host.rules.load().then(() => opened.element.open && opened.redraw(), (error) => {
    form.wrong = error.message;
    opened.redraw();
  });
  return opened;
}

/** @param {QuestionForm} form @param {string} notice */
function formView(form, notice) {
  return html`<div class="form question-form">
    ${notice ? html`<p class="notice">${icon("refresh-cw")}<span>${notice}</span></p>` : nothing}
    ${questionField(form)}
    ${methodField(form)}
    ${optionsView(form)}
    ${ruleView(form)}
    ${placeFields(form)}
    ${paperField(form)}
    ${smallFields(form)}
    ${form.wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${form.wrong}</span></p>` : nothing}
    ${form.host.online() ? nothing : html`<p class="notice" role="status">${icon("wifi-off")}<span>${t("chair.offline")}</span></p>`}
  </div>`;
}

/** @param {QuestionForm} form */
function questionField(form) {
  const wrong = form.faultAt("question");
  const left = charactersLeft(form.draft.question, LONGEST_QUESTION);
  return html`<div class="field">
    <label for="question-text">${t("question.text")}</label>
    <textarea class="input question-input" id="question-text" rows="3" data-first data-place="question" .value=${asTyped(form.draft.question)} placeholder=${t("question.text_placeholder")}
      aria-invalid=${wrong ? "true" : nothing} aria-describedby="question-text-hint question-text-wrong"
      @input=${(/** @type {Event} */ event) => form.put({ question: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea>
    ${wrongView("question-text", wrong)}
    <p class="hint" id="question-text-hint">${left === null ? t("question.text_hint") : html`<span class="num">${left >= 0 ? count("question.characters_left", left) : count("question.characters_over", -left)}</span>`}</p>
  </div>`;
}

/** @param {QuestionForm} form */
function methodField(form) {
  return html`<fieldset class="field"><legend class="label">${t("question.method")}</legend>
    <div class="method-cards">${METHODS.map((method) => html`<label class="card-choice"><input type="radio" name="method" value=${method} .checked=${form.draft.method === method} @change=${() => form.put({ method })}>
      <span><b>${t(`question.method_${method}`)}</b><small>${t(`question.method_${method}_means`)}</small></span></label>`)}</div></fieldset>`;
}

/** @param {QuestionForm} form */
function placeFields(form) {
  const { agenda } = form.host.agenda();
  const choose = (/** @type {Event} */ event) => form.put({ agenda_item_id: /** @type {HTMLSelectElement} */ (event.target).value || null });
  return html`<div class="field"><label for="question-item">${t("question.item")}</label>
    <div class="pick"><select class="input" id="question-item" @change=${choose}>
      <option value="" ?selected=${!form.draft.agenda_item_id}>${t("question.whole_meeting")}</option>
      ${agenda.map((item, at) => html`<option value=${item.id} ?selected=${item.id === form.draft.agenda_item_id}>${t("room.item_titled", { number: at + 1, title: item.title })}</option>`)}
    </select>${icon("chevron-down")}</div></div>`;
}

/** @param {QuestionForm} form The document whose version is in the record. */
function paperField(form) {
  const agenda = form.host.agenda();
  const { draft } = form;
  const papers = papersFor(agenda, draft.agenda_item_id);
  const chosen = paperIn(agenda, draft.document_id);
  const listed = chosen && !papers.includes(chosen) ? [chosen, ...papers] : papers;
  const fault = paperFault(draft, chosen);
  const choose = (/** @type {Event} */ event) => {
    const id = /** @type {HTMLSelectElement} */ (event.target).value || null;
    form.put({ document_id: id, version: paperIn(agenda, id)?.current_version ?? null });
  };
  return html`<div class="field"><label for="question-paper">${t("question.paper")}</label>
    <div class="pick"><select class="input" id="question-paper" aria-describedby="question-paper-hint" @change=${choose}>
      <option value="" ?selected=${!draft.document_id}>${t("question.no_paper")}</option>
      ${listed.map((paper) => html`<option value=${paper.id} ?selected=${paper.id === draft.document_id}>${t("question.paper_version", {
        title: paper.title, version: paper.id === draft.document_id ? (draft.version ?? paper.current_version) : paper.current_version })}</option>`)}
      ${draft.document_id && !chosen ? html`<option value=${draft.document_id} selected>${t("question.paper_gone")}</option>` : nothing}
    </select>${icon("chevron-down")}</div>
    ${fault?.fault === "paper_replaced" ? html`<p class="notice">${icon("circle-alert")}<span class="grow">${t("question.paper_replaced", fault)}
      <button type="button" class="text-btn" @click=${() => form.put({ version: fault.current })}>${t("question.use_version", { version: fault.current })}</button></span></p>` : nothing}
    <p class="hint" id="question-paper-hint">${t("question.paper_hint")}</p></div>`;
}

/** @param {QuestionForm} form */
function smallFields(form) {
  const { draft } = form;
  const minutes = (draft.timer_seconds ?? 0) / 60;
  const offered = MINUTES.includes(minutes) ? MINUTES : [...MINUTES, minutes].sort((a, b) => a - b);
  return html`<fieldset class="field"><legend class="label">${t("question.timer")}</legend>
      <div class="segments">${offered.map((n) => html`<label><input type="radio" name="timer" value=${n} .checked=${n === minutes} @change=${() => form.put({ timer_seconds: n ? n * 60 : null })}><span>${n ? count("question.minutes", n) : t("question.no_timer")}</span></label>`)}</div>
      <p class="hint">${t("question.timer_hint")}</p></fieldset>
    ${draft.method === "named" ? html`<label class="choice"><input type="checkbox" .checked=${draft.allow_change} @change=${(/** @type {Event} */ event) => form.put({ allow_change: /** @type {HTMLInputElement} */ (event.target).checked })}>
      <span>${t("question.allow_change")}</span></label>` : nothing}
    <div class="field"><label for="question-title">${t("question.short_title")}</label>
      <input class="input" id="question-title" maxlength=${LONGEST_TITLE} .value=${asTyped(draft.title)} aria-describedby="question-title-hint"
        @input=${(/** @type {Event} */ event) => form.put({ title: /** @type {HTMLInputElement} */ (event.target).value })}>
      <p class="hint" id="question-title-hint">${t("question.short_title_hint")}</p></div>`;
}
