/**
 * A menu under the button that opened it. Arrow keys move the focus. Escape and a press outside close the
 * menu, and focus returns to the button.
 */

import { html, nothing, render } from "lit-html";
import { place } from "./floating.js";
import { icon } from "./icon.js";

/**
 * @typedef {{label: string, run?: () => void, href?: string, icon?: string, key?: string, danger?: boolean, disabled?: boolean}} MenuItem
 */

const GAP = 4;

/** @type {(() => void) | undefined} */
let closeOpen;

/** @param {HTMLElement} menu @param {KeyboardEvent} event */
function moveFocus(menu, event) {
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role=menuitem]:not(:disabled)")]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

/**
 * @param {MenuItem | null} item
 * @param {(item: MenuItem) => void} choose
 */
function itemView(item, choose) {
  if (!item) return html`<hr role="separator" />`;
  const inner = html`${item.icon ? icon(item.icon, "small") : nothing}<span>${item.label}</span>
    ${item.key ? html`<span class="key">${item.key}</span>` : nothing}`;
  if (item.href) return html`<a role="menuitem" href=${item.href} tabindex="-1">${inner}</a>`;
  return html`<button type="button" role="menuitem" tabindex="-1" class=${item.danger ? "danger" : ""}
    ?disabled=${item.disabled ?? false} @click=${() => choose(item)}>${inner}</button>`;
}

/**
 * @param {HTMLElement} menu
 * @param {HTMLElement} button
 * @param {(back: boolean) => void} close
 * @param {AbortSignal} signal
 */
function listen(menu, button, close, signal) {
  const opened = button.getBoundingClientRect();
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") return moveFocus(menu, event);
    event.preventDefault();
    event.stopPropagation();
    return close(true);
  }, { signal });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!menu.contains(target) && !button.contains(target)) close(false);
  }, { signal, capture: true });
  addEventListener("resize", () => close(false), { signal });
  addEventListener("scroll", () => {
    // A scroll that ended just before still sends events. Only a scroll that moves the button closes the menu.
    const now = button.getBoundingClientRect();
    if (Math.hypot(now.left - opened.left, now.top - opened.top) > 8) close(false);
  }, { signal, capture: true, passive: true });
}

/**
 * @param {HTMLElement} button that opened it
 * @param {(MenuItem | null)[]} items null is a separator
 */
export function openMenu(button, items) {
  const again = button.getAttribute("aria-expanded") === "true";
  closeOpen?.();
  if (again) return;
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", button.getAttribute("aria-label") ?? button.textContent?.trim() ?? "");
  const listening = new AbortController();

  /** @param {boolean} back */
  const close = (back) => {
    listening.abort();
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    closeOpen = undefined;
    if (back) button.focus();
  };
  closeOpen = () => close(false);
  /** @param {MenuItem} item */
  const choose = (item) => {
    close(true);
    item.run?.();
  };
  render(items.map((item) => itemView(item, choose)), menu);
  // Elements outside an open dialog are inert, so the menu is appended to the dialog.
  (button.closest("dialog") ?? button.closest("main, header") ?? document.body).append(menu);
  void place(menu, () => button.getBoundingClientRect(), "bottom-end", GAP);
  button.setAttribute("aria-expanded", "true");
  /** @type {HTMLElement | null} */ (menu.querySelector("[role=menuitem]:not(:disabled)"))?.focus({ preventScroll: true });
  listen(menu, button, close, listening.signal);
}
