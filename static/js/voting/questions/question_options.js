/** The options of a question: the usual ones of its rule, or custom ones that can be added, removed and reordered. */
import { html, nothing } from "lit-html";
import { live as asTyped } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/ui/icon.js";
import { say } from "../../lib/ui/status_message.js";
import { t } from "../../lib/words.js";
import { LONGEST_LABEL, MOST_OPTIONS, newOption, shifted } from "./question_model.js";

/** @typedef {import("./question_form.js").QuestionForm} QuestionForm */
/** @typedef {import("../../lib/schemas.js").Option} Option */

/** @param {string} id @param {string} wrong the message of the fault, shown below a field */
export const wrongView = (id, wrong) => (wrong ? html`<p class="wrong" id="${id}-wrong">${icon("circle-alert", "small")}${wrong}</p>` : nothing);

/** @param {QuestionForm} form */
export function optionsView(form) {
  const { draft, usual } = form;
  const words = usual.map((one) => one.label).join(", ") || t("question.usual_options");
  const own = () => {
    const options = draft.own || draft.options.length > 1 ? draft.options : [newOption([]), newOption([newOption([])])];
    form.put({ own: true, options });
    focusOption(form, 0);
  };
  return html`<fieldset class="field"><legend class="label">${t("question.options")}</legend>
    <label class="choice"><input type="radio" name="options" .checked=${!draft.own} @change=${() => form.put({ own: false })}><span>${words}</span></label>
    <label class="choice"><input type="radio" name="options" .checked=${draft.own} @change=${own}><span>${t("question.own_options")}</span></label>
    ${draft.own ? ownOptions(form) : nothing}
  </fieldset>`;
}

/** @param {QuestionForm} form */
function ownOptions(form) {
  const { options } = form.draft;
  const add = () => {
    form.put({ options: [...options, newOption(options)] });
    focusOption(form, options.length);
  };
  return html`<ol class="own-options">${repeat(options, (one) => one.key, (one, at) => optionRow(form, one, at))}</ol>
    <div data-place="options" tabindex="-1">${wrongView("question-options", form.faultAt("options"))}</div>
    <button type="button" class="btn plain" ?disabled=${options.length >= MOST_OPTIONS} @click=${add}>${icon("plus", "small")}${t("question.add_option")}</button>`;
}

/** @param {QuestionForm} form @param {Option} option @param {number} at */
function optionRow(form, option, at) {
  const { options } = form.draft;
  const wrong = form.faultAt(`option-${at}`);
  const id = `option-${option.key}`;
  const number = at + 1;
  const move = (/** @type {number} */ steps) => {
    const next = shifted(options, at, steps);
    if (next === options) return;
    form.put({ options: next });
    say(t("question.option_moved", { from: number, to: number + steps }));
  };
  const typed = (/** @type {Event} */ event) => {
    const label = /** @type {HTMLInputElement} */ (event.target).value;
    form.put({ options: options.map((one, place) => (place === at ? { ...one, label } : one)) });
  };
  const remove = () => {
    form.put({ options: options.filter((one) => one !== option) });
    focusOption(form, Math.max(0, at - 1));
  };
  return html`<li class="own-option"><label class="for-reader" for=${id}>${t("question.option_n", { number })}</label>
    <span class="option-number num" aria-hidden="true">${number}</span>
    <input class="input" id=${id} data-place="option-${at}" maxlength=${LONGEST_LABEL + 1} autocomplete="off" .value=${asTyped(option.label)} aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `${id}-wrong` : nothing}
      @input=${typed} @keydown=${(/** @type {KeyboardEvent} */ event) => optionKey(event, form, at, move)}>
    <button type="button" class="btn icon-only" aria-label=${t("question.option_up", { number })} ?disabled=${at === 0} @click=${() => move(-1)}>${icon("arrow-up", "small")}</button>
    <button type="button" class="btn icon-only" aria-label=${t("question.option_down", { number })} ?disabled=${at === options.length - 1} @click=${() => move(1)}>${icon("arrow-down", "small")}</button>
    <button type="button" class="btn icon-only" aria-label=${t("question.option_remove", { number })} @click=${remove}>${icon("x", "small")}</button>
    ${wrongView(id, wrong)}</li>`;
}

/** @param {KeyboardEvent} event @param {QuestionForm} form @param {number} at @param {(steps: number) => void} move Enter moves to the next option; Alt and an arrow key move this one. */
function optionKey(event, form, at, move) {
  if (event.isComposing) return;
  const { options } = form.draft;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    move(event.key === "ArrowUp" ? -1 : 1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (at === options.length - 1 && options[at]?.label.trim() && options.length < MOST_OPTIONS) form.put({ options: [...options, newOption(options)] });
    focusOption(form, at + 1);
  }
}

/** @param {QuestionForm} form @param {number} at */
function focusOption(form, at) {
  requestAnimationFrame(() => /** @type {HTMLElement|null|undefined} */ (form.sheet?.element.querySelector(`[data-place="option-${at}"]`))?.focus());
}
