/**
 * Fields for editing text in place. The field looks like text and grows with its lines. Enter or blur
 * saves the value; Escape restores the previous one.
 */

import { html } from "lit-html";

/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */

/**
 * Event handlers for a field that saves its value on Enter and blur.
 * @param {string} value current value
 * @param {(text: string) => void} keep called only with a changed value
 * @param {(text: string) => boolean} [good] whether the value is valid
 */
export function keeping(value, keep, good = (text) => text !== "") {
  /** @param {Field} field */
  const put = (field) => {
    field.value = value;
    mirror(field);
  };
  return {
    /** @param {KeyboardEvent} event */
    keydown(event) {
      const field = /** @type {Field} */ (event.target);
      if (event.isComposing || event.altKey) return;
      if (event.key === "Escape") put(field);
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        field.blur();
      }
    },
    /** @param {Event} event */
    blur(event) {
      const field = /** @type {Field} */ (event.target);
      const text = field.value.replace(/\s+/g, " ").trim();
      if (text === value || !good(text)) put(field);
      else keep(text);
    },
  };
}

/** @param {Field} field */
function mirror(field) {
  if (field.parentElement) field.parentElement.dataset.text = field.value;
}

/**
 * @param {{value: string, label: string, keep: (text: string) => void, className?: string, placeholder?: string,
 *   emptyAllowed?: boolean, maxLength?: number, id?: string}} facts
 */
export function written({ value, label, keep, className = "", placeholder = "", emptyAllowed = false, maxLength = 500, id }) {
  const on = keeping(value, keep, (text) => emptyAllowed || text !== "");
  return html`<label class="written ${className}" data-text=${value || placeholder}>
    <span class="for-reader">${label}</span>
    <textarea rows="1" spellcheck="false" id=${id ?? ""} .value=${value} placeholder=${placeholder} maxlength=${maxLength}
      @input=${(/** @type {Event} */ event) => mirror(/** @type {Field} */ (event.target))}
      @keydown=${on.keydown} @blur=${on.blur}></textarea>
  </label>`;
}
