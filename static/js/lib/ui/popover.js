/**
 * A non-modal popover beside its anchor: the colours of a tool, a note. A press outside, Escape or a rotation
 * of the device closes it, and the focus returns.
 */
import { render } from "lit-html";
import { place } from "./floating.js";

/** @typedef {import("./floating.js").Rect} Rect */
/** @typedef {import("./floating.js").Placement} Placement */
/** @typedef {{close: () => void, giveUp: () => void, redraw: () => void, element: HTMLElement}} Popover giveUp: closes unconditionally */

/** @type {Popover|undefined} */ let current;

/** Closes the open popover. @returns {boolean} false when none is open */
export function closePopover() {
  const open = current !== undefined;
  current?.close();
  return open;
}

/**
 * @param {{at: () => Rect, placement: () => Placement, label: string, name: string, body: (popover: Popover) => unknown,
 *   anchor?: HTMLElement|null, closed?: () => void, mayClose?: () => boolean}} options
 *   at, placement: read again after each render and each resize; anchor: the button that opened the popover, which
 *   does not close it when pressed
 * @returns {Popover}
 */
export function openPopover({ at, placement, label, name, body, anchor = null, closed, mayClose = () => true }) {
  current?.close();
  current?.giveUp();
  const element = document.createElement("div");
  element.className = `popover ${name}`;
  element.setAttribute("role", "dialog");
  element.setAttribute("aria-label", label);
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  const listening = new AbortController();
  let over = false;

  const close = () => {
    if (mayClose()) giveUp();
    else /** @type {HTMLElement|null} */ (element.querySelector("[data-first]"))?.focus({ preventScroll: true });
  };
  const giveUp = () => {
    if (over) return;
    over = true;
    listening.abort();
    if (current === popover) current = undefined;
    anchor?.setAttribute("aria-expanded", "false");
    const held = element.contains(document.activeElement);
    closed?.();
    element.remove();
    if (held) (anchor ?? before)?.focus({ preventScroll: true });
  };
  const updatePosition = () => void place(element, at, placement());
  /** @type {Popover} */
  const popover = {
    element,
    close,
    giveUp,
    redraw: () => {
      render(body(popover), element);
      updatePosition();
    },
  };
  document.body.append(element);
  popover.redraw();
  current = popover;
  anchor?.setAttribute("aria-expanded", "true");
  const { signal } = listening;
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    close();
  }, { signal });
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (!element.contains(target) && !anchor?.contains(target) && !target.closest("dialog, .toasts")) close();
  }, { signal, capture: true });
  // The room requested its frame first, so it is rendered for the new size before this callback runs.
  const updateInNextFrame = () => requestAnimationFrame(() => {
    if (!over) updatePosition();
  });
  addEventListener("resize", updateInNextFrame, { signal });
  visualViewport?.addEventListener("resize", updateInNextFrame, { signal });
  /** @type {HTMLElement|null} */ (element.querySelector("[data-first]"))?.focus({ preventScroll: true });
  return popover;
}
