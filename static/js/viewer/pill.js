/** "7 / 42": where in the paper; pressed, it takes a number to go to. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { t } from "../lib/words.js";

/**
 * What was typed, as a page of this paper.
 * @param {string} typed @param {number} count @returns {number|null} null: not a number
 */
export function pageFrom(typed, count) {
  const number = Number.parseInt(typed.trim(), 10);
  if (!Number.isFinite(number)) return null;
  return Math.min(count, Math.max(1, number));
}

/**
 * @param {{page:number, count:number, typing:boolean, type:(typing:boolean) => void, go:(page:number) => void}} view
 */
export function pill({ page, count, typing, type, go }) {
  if (!typing) {
    return html`<button class="btn quiet pill num" aria-label=${t("room.page_of_go", { page, count })}
      ?disabled=${count < 1} @click=${() => type(true)}>${count ? `${page} / ${count}` : "–"}</button>`;
  }
  /** @param {Event} event */
  const take = (event) => {
    event.preventDefault();
    const field = /** @type {HTMLFormElement} */ (event.currentTarget).elements.namedItem("page");
    const chosen = pageFrom(/** @type {HTMLInputElement} */ (field).value, count);
    type(false);
    if (chosen !== null) go(chosen);
  };
  return html`<form class="pill-form num" @submit=${take}>
    <input class="pill-field num" name="page" inputmode="numeric" autocomplete="off" enterkeyhint="go"
      maxlength="5" aria-label=${t("room.go_to_page", { count })} placeholder=${String(page)}
      ${ref(focusOnce)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && type(false)}
      @blur=${() => type(false)}><span aria-hidden="true"> / ${count}</span></form>`;
}

/** @param {Element|undefined} field */
function focusOnce(field) {
  if (field instanceof HTMLInputElement) field.focus();
}
