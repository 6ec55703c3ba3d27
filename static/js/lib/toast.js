/**
 * Short news at the foot of the screen: one line, at most one action ("Hoàn tác"), gone by itself
 * unless someone is on it.
 */

import { html, render } from "lit-html";
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

/**
 * @param {string} text
 * @param {{action?: {label: string, run: () => void}, seconds?: number, tone?: "plain" | "bad", onGone?: () => void}} [options]
 *   `onGone` runs once when it leaves without its action (time over, closed or replaced).
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
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(close, (options.seconds ?? (options.action || options.tone === "bad" ? 8 : 5)) * 1000);
  };
  const act = () => leave(options.action?.run);

  render(
    html`<p>${text}</p>
      ${options.action ? html`<button type="button" class="btn" @click=${act}>${options.action.label}</button>` : ""}
      <button type="button" class="btn icon-only" aria-label=${t("ui.close")} @click=${close}>${icon("x", "small")}</button>`,
    element,
  );
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("pointerleave", wait);
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("focusout", wait);
  place().append(element);
  wait();
  return close;
}

/**
 * Says a failure in words. A Problem carries its own sentence; anything else is a fault of ours and goes on.
 * @param {unknown} error
 */
export function sayProblem(error) {
  if (!(error instanceof Error) || error.name !== "Problem") throw error;
  toast(error.message, { tone: "bad" });
}
