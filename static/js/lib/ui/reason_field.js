/** A field for the reason in the record, with buttons for usual reasons. */
import { html, nothing } from "lit-html";
import { live as asTyped } from "lit-html/directives/live.js";

const LONGEST = 500;

/**
 * @param {{id: string, label: string, value: string, quick?: string[], wrong?: string, put: (text: string) => void}} facts
 */
export function reasonField({ id, label, value, quick = [], wrong = "", put }) {
  return html`<div class="field reason-field">
    <label for=${id}>${label}</label>
    ${quick.length ? html`<div class="quick-reasons">${quick.map((text) => html`<button type="button" class="btn plain" aria-pressed=${text === value ? "true" : "false"}
      @click=${() => put(text)}>${text}</button>`)}</div>` : nothing}
    <textarea class="input" id=${id} rows="2" maxlength=${LONGEST} .value=${asTyped(value)} aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? `${id}-wrong` : nothing}
      @input=${(/** @type {Event} */ event) => put(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
    ${wrong ? html`<p class="wrong" id="${id}-wrong" role="alert">${wrong}</p>` : nothing}
  </div>`;
}
