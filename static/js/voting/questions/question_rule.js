/** The choice of a question's rule: all rules with their formulas, the chosen one with its citation. */
import { html, nothing } from "lit-html";
import { t } from "../../lib/words.js";

/** @typedef {import("./question_form.js").QuestionForm} QuestionForm */
/** @typedef {import("../model/rule_list.js").VoteRule} VoteRule */

/** @param {QuestionForm} form */
export function ruleView(form) {
  const { rules } = form.host;
  if (!rules.items.length) return html`<p class="quiet" role="status">${t("question.rules_coming")}</p>`;
  const chosen = rules.named(form.draft.rule_id) ?? rules.usual;
  return html`<fieldset class="field"><legend class="label">${t("question.rule")}</legend>
    <div class="rule-cards">${rules.items.map((rule) => ruleCard(form, rule, rule === chosen))}</div></fieldset>`;
}

/** @param {QuestionForm} form @param {VoteRule} rule @param {boolean} chosen */
function ruleCard(form, rule, chosen) {
  return html`<label class="card-choice"><input type="radio" name="rule" value=${rule.id} .checked=${chosen} @change=${() => form.put({ rule_id: rule.id })}>
    <span><b>${rule.title}${rule === form.host.rules.usual ? html` <span class="mark">${t("question.rule_usual")}</span>` : nothing}</b>
      <small>${rule.formula}.</small>${chosen ? html`<small class="citation">${rule.citation}.</small>` : nothing}</span></label>`;
}
