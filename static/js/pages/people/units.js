/** Units that people belong to: renaming in place, and adding. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { api, Problem } from "../../lib/api.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { sayProblem } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { written } from "../../lib/ui/inline_field.js";
import { loadUnits, people } from "./data.js";

export function openUnits() {
  let wrong = "";
  /** @param {SubmitEvent} event @param {import("../../lib/ui/dialog.js").Opened} sheet */
  const add = async (event, sheet) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (sheet.element.querySelector("#unit-name"));
    const name = field.value.trim();
    if (!name) return field.focus();
    try {
      await api.post("/units", { name });
      field.value = "";
      wrong = "";
      await loadUnits();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong = error.message;
    }
    sheet.redraw();
    return field.focus();
  };
  /** @param {string} id @param {{name: string} | {full_name: string}} changes @param {import("../../lib/ui/dialog.js").Opened} sheet */
  const change = async (id, changes, sheet) => {
    try {
      await api.patch(`/units/${id}`, changes);
    } catch (error) {
      sayProblem(error);
    }
    await loadUnits();
    sheet.redraw();
  };
  openSheet({
    title: t("people.units"),
    body: (sheet) => html`
      <p class="quiet">${t("people.units_note")}</p>
      <ul class="rows units">${repeat(people.units, (unit) => unit.id, (unit) => html`<li class="row unit-names">${written({
        value: unit.name, label: t("people.unit_name"), className: "grow", maxLength: 200, keep: (name) => void change(unit.id, { name }, sheet),
      })}<div class="unit-full"><span class="quiet" aria-hidden="true">${t("people.unit_on_papers")}</span>${written({
        value: unit.full_name, label: t("people.unit_full_name"), className: "grow", maxLength: 200, emptyAllowed: true,
        keep: (name) => void change(unit.id, { full_name: name }, sheet),
      })}</div></li>`)}</ul>
      <form class="add-unit" @submit=${(/** @type {SubmitEvent} */ event) => add(event, sheet)}>
        <label class="for-reader" for="unit-name">${t("people.new_unit")}</label>
        <input class="input" id="unit-name" placeholder=${t("people.new_unit")} maxlength="200" autocomplete="off" />
        <button class="btn plain">${icon("plus")}${t("people.add_unit")}</button>
      </form>
      ${wrong ? html`<p class="wrong" role="alert">${icon("circle-alert", "small")}${wrong}</p>` : nothing}`,
  });
}
