/**
 * Toasts at the bottom of the screen: one line, rarely more than one action ("Hoàn tác"). A toast closes after
 * a time unless it is hovered or focused.
 */

import { html, render } from "lit-html";
import { Problem } from "../api.js";
import { boot } from "../boot.js";
import { icon } from "./icon.js";
import { t } from "../words.js";

/** @type {HTMLElement | undefined} */
let container;

function place() {
  if (!container) {
    container = document.createElement("div");
    container.className = "toasts";
    container.setAttribute("role", "status");
    container.setAttribute("aria-live", "polite");
  }
  // An open dialog covers the rest of the page and makes it inert, so the toast is placed in the dialog.
  const parent = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (container.parentElement !== parent) parent.append(container);
  return container;
}

/** @typedef {{label: string, run: () => void}} Action */
/** @typedef {{action?: Action, actions?: Action[], seconds?: number, tone?: "plain" | "bad", onGone?: () => void}} ToastOptions */
/** @typedef {(() => void) & {renew: () => void}} Toast closes the toast; renew: restarts its timer */

/** @param {ToastOptions} options */
const durationOf = ({ seconds, action, tone }) => (seconds ?? (action || tone === "bad" ? 8 : 5)) * 1000;

/**
 * @param {string} text
 * @param {ToastOptions} [options] `onGone` runs once when the toast closes without its action (timeout, closed or replaced)
 * @returns {Toast}
 */
export function toast(text, options = {}) {
  const element = document.createElement("div");
  element.className = options.tone === "bad" ? "toast bad" : "toast";
  let settled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {(() => void) | undefined} then */
  const leave = (then) => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    element.remove();
    then?.();
  };
  const close = () => leave(options.onGone);
  const hold = () => clearTimeout(timer);
  const wait = () => {
    hold();
    timer = setTimeout(close, durationOf(options));
  };
  const actions = options.actions ?? (options.action ? [options.action] : []);
  render(view(text, actions, (run) => leave(run), close), element);
  element.addEventListener("pointerenter", hold);
  element.addEventListener("pointerleave", wait);
  element.addEventListener("focusin", hold);
  element.addEventListener("focusout", wait);
  place().append(element);
  wait();
  return Object.assign(close, { renew: () => void (settled || element.matches(":hover, :focus-within") || wait()) });
}

/** @param {string} text @param {Action[]} actions @param {(run: () => void) => void} act @param {() => void} close */
function view(text, actions, act, close) {
  return html`<p>${text}</p>
    ${actions.map(({ label, run }) => html`<button type="button" class="btn" @click=${() => act(run)}>${label}</button>`)}
    <button type="button" class="btn icon-only" aria-label=${t("ui.close")} @click=${close}>${icon("x", "small")}</button>`;
}

/**
 * Shows an error as a toast. A Problem contains its sentence; any other error is a bug and is thrown again.
 * The end of a session is not shown here: the dialog that leads to sign-in reports it.
 * @param {unknown} error
 */
export function sayProblem(error) {
  if (!(error instanceof Problem)) throw error;
  if (error.status === 401 && boot.user) return;
  toast(error.message, { tone: "bad" });
}
