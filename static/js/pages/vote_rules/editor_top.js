/** Fields above the text of a pack: its unit, and the file to load. */

import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { rules } from "./data.js";
import { draft } from "./draft.js";

/** @param {() => void} changed */
export function unitField(changed) {
  if (!rules.units.length) return nothing;
  /** @param {Event} event */
  const choose = (event) => {
    draft.write(draft.text, /** @type {HTMLSelectElement} */ (event.target).value || null);
    changed();
  };
  return html`<div class="field"><label for="pack-unit">${t("rules.whose")}</label>
    <div class="pick"><select class="input" id="pack-unit" .value=${draft.unitId ?? ""} @change=${choose}>
      <option value="" ?selected=${!draft.unitId}>${t("rules.everybody")}</option>
      ${rules.units.map((unit) => html`<option value=${unit.id} ?selected=${unit.id === draft.unitId}>${unit.name}</option>`)}
    </select>${icon("chevron-down")}</div></div>`;
}

/** @param {(file: File) => void} take */
export function pickedFile(take) {
  /** @param {Event} event */
  const picked = (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const [file] = field.files ?? [];
    field.value = "";
    if (file) take(file);
  };
  return html`<button type="button" class="btn plain" @click=${(/** @type {Event} */ event) => {
      /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.currentTarget).nextElementSibling).click();
    }}>${icon("file-up")}${t("rules.choose_file")}</button>
    <input type="file" hidden accept=".toml,text/plain" aria-label=${t("rules.choose_file")} @change=${picked} />`;
}
