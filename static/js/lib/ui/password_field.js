/** A password field with a button that shows the password. */

import { html, nothing } from "lit-html";
import { icon } from "./icon.js";
import { t } from "../words.js";

/** @param {Event} event */
function toggle(event) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const field = /** @type {HTMLInputElement} */ (button.previousElementSibling);
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  field.focus();
}

/**
 * @param {{id: string, label: string, autocomplete: string, value: string, wrong?: string, hint?: string,
 *   changed: (value: string) => void}} facts `autocomplete`: "current-password" or "new-password"
 */
export function passwordField({ id, label, autocomplete, value, wrong = "", hint = "", changed }) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <div class="with-button">
      <input class="input" type="password" id=${id} name=${id} autocomplete=${autocomplete} .value=${value} aria-invalid=${wrong ? "true" : "false"} aria-describedby="${id}-note"
        @input=${(/** @type {Event} */ event) => changed(/** @type {HTMLInputElement} */ (event.target).value)} />
      <button type="button" class="btn icon-only show" aria-pressed="false" aria-controls=${id} aria-label=${t("sign_in.show_password")} @click=${toggle}>${icon("eye")}${icon("eye-off")}</button>
    </div>
    ${wrong || hint ? html`<p class=${wrong ? "wrong" : "hint"} id="${id}-note">${wrong || hint}</p>` : nothing}
  </div>`;
}
