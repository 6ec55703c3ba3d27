/**
 * Dialogs and sheets based on the native <dialog>: focus stays inside, Escape closes, focus returns.
 * `confirmStep` asks for one confirmation; `openDialog` and `openSheet` render any lit template.
 */

import { html, render } from "lit-html";
import { icon } from "./icon.js";
import { t } from "../words.js";

/**
 * An open dialog. `close(value)` resolves `closed` with that value; `redraw` renders the template again.
 * @typedef {{close: (value?: any) => void, redraw: () => void, element: HTMLDialogElement, closed: Promise<any>}} Opened
 */

let serial = 0;

/**
 * @param {string} className
 * @param {(opened: Opened, titleId: string) => unknown} template
 * @returns {Opened}
 */
function open(className, template) {
  const element = document.createElement("dialog");
  const titleId = `dialog-${(serial += 1)}`;
  element.className = className;
  element.setAttribute("aria-labelledby", titleId);
  document.body.append(element);
  /** @type {(value: any) => void} */
  let settle = () => {};
  /** @type {any} */
  let result;
  /** @type {Opened} */
  const opened = {
    element,
    closed: new Promise((resolve) => (settle = resolve)),
    close: (value) => {
      result = value;
      element.close();
    },
    redraw: () => render(template(opened, titleId), element),
  };
  element.addEventListener("close", () => {
    const toasts = element.querySelector(".toasts");
    if (toasts) document.body.append(toasts);
    element.remove();
    settle(result);
  });
  // A press on the backdrop has the dialog as its target and coordinates outside the dialog's box.
  element.addEventListener("pointerdown", (event) => {
    if (event.target !== element) return;
    const box = element.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) opened.close();
  });
  opened.redraw();
  element.showModal();
  /** @type {HTMLElement | null} */ (element.querySelector("[data-first]"))?.focus();
  return opened;
}

/**
 * @param {{title: string, body: (opened: Opened) => unknown, broad?: boolean}} parts
 * @returns {Opened}
 */
export function openDialog({ title, body, broad }) {
  return open(
    broad ? "dialog broad" : "dialog",
    (opened, id) => html`<h2 id=${id}>${title}</h2>${body(opened)}`,
  );
}

/**
 * Opens a sheet at the right of a wide screen, at the bottom of a narrow one.
 * @param {{title: string, body: (opened: Opened) => unknown, footer?: (opened: Opened) => unknown, size?: string}} parts
 *   `size` adds classes: "broad", "full"
 * @returns {Opened}
 */
export function openSheet({ title, body, footer, size = "" }) {
  return open(
    `sheet ${size}`,
    (opened, id) => html`
      <header class="sheet-head">
        <h2 id=${id}>${title}</h2>
        <button type="button" class="btn icon-only" aria-label=${t("ui.close")} @click=${() => opened.close()}>${icon("x")}</button>
      </header>
      <div class="sheet-body">${body(opened)}</div>
      ${footer ? html`<footer class="sheet-foot">${footer(opened)}</footer>` : ""}`,
  );
}

/**
 * Asks for one confirmation. Resolves to true only when the `verb` button was pressed.
 * @param {{title: string, text?: unknown, verb: string, tone?: "ink" | "room", refuse?: string}} question
 * @returns {Promise<boolean>}
 */
export async function confirmStep({ title, text, verb, tone = "ink", refuse }) {
  const opened = openDialog({
    title,
    body: ({ close }) => html`
      ${text ? html`<div class="said">${text}</div>` : ""}
      <div class="btn-row">
        <button type="button" class="btn plain" data-first @click=${() => close(false)}>${refuse ?? t("ui.back")}</button>
        <button type="button" class="btn ${tone}" @click=${() => close(true)}>${verb}</button>
      </div>`,
  });
  return (await opened.closed) === true;
}
