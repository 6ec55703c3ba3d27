/** The button "7 / 42" with the page number; a press turns it into an input field for a page number. */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { t } from "../lib/words.js";
import { pageFrom } from "./page_number.js";

/**
 * @param {{page:number, count:number, typing:boolean, type:(typing:boolean) => void, go:(page:number) => void}} view
 */
export function pill({ page, count, typing, type, go }) {
  if (!typing) {
    return html`<button type="button" class="btn quiet pill num" ?disabled=${count < 1} @click=${() => type(true)}>
      <span class="for-reader">${t("room.page_word")}</span>${count ? `${page} / ${count}` : "–"}<span class="for-reader">${t("room.type_page")}</span></button>`;
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
  // lit-html calls this before the field is in the DOM.
  if (field instanceof HTMLInputElement) queueMicrotask(() => field.focus());
}
