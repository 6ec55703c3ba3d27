/**
 * Short news at the foot of the screen: one line, at most one action ("Hoàn tác"), gone by itself
 * unless someone is on it.
 */

import { html, render } from "lit-html";
import { Problem } from "./api.js";
import { boot } from "./boot.js";
import { icon } from "./icon.js";
import { t } from "./words.js";

/** @type {HTMLElement | undefined} */
let shelf;

function place() {
  if (!shelf) {
    shelf = document.createElement("div");
    shelf.className = "toasts";
    shelf.setAttribute("role", "status");
    shelf.setAttribute("aria-live", "polite");
  }
  // An open dialog makes the rest of the page inert and covers it: the news goes where the person is.
  const home = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (shelf.parentElement !== home) home.append(shelf);
  return shelf;
}

/** @typedef {{action?: {label: string, run: () => void}, seconds?: number, tone?: "plain" | "bad", onGone?: () => void}} ToastOptions */

/** @param {ToastOptions} options */
const lasting = ({ seconds, action, tone }) => (seconds ?? (action || tone === "bad" ? 8 : 5)) * 1000;

/**
 * @param {string} text
 * @param {ToastOptions} [options] `onGone` runs once when it leaves without its action (time over, closed or replaced)
 * @returns {() => void} takes it away
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
    timer = setTimeout(close, lasting(options));
  };
  render(view(text, options.action, () => leave(options.action?.run), close), element);
  element.addEventListener("pointerenter", hold);
  element.addEventListener("pointerleave", wait);
  element.addEventListener("focusin", hold);
  element.addEventListener("focusout", wait);
  place().append(element);
  wait();
  return close;
}

/** @param {string} text @param {{label: string} | undefined} action @param {() => void} act @param {() => void} close */
function view(text, action, act, close) {
  return html`<p>${text}</p>
    ${action ? html`<button type="button" class="btn" @click=${act}>${action.label}</button>` : ""}
    <button type="button" class="btn icon-only" aria-label=${t("ui.close")} @click=${close}>${icon("x", "small")}</button>`;
}

/**
 * Says a failure in words. A Problem carries its own sentence; anything else is a fault of ours and goes on.
 * That a session has ended is said by the dialog that leads to signing in.
 * @param {unknown} error
 */
export function sayProblem(error) {
  if (!(error instanceof Problem)) throw error;
  if (error.status === 401 && boot.user) return;
  toast(error.message, { tone: "bad" });
}
