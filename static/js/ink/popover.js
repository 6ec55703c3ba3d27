/**
 * A small window beside what it is about: the colours of a tool, a note. Not modal; a press beside it,
 * Escape or a turn of the tablet closes it, and the focus goes back.
 */
import { render } from "lit-html";

/** @typedef {{left:number, top:number, right:number, bottom:number}} Edges CSS pixels of the window */
/** @typedef {"left"|"right"|"above"} Prefer where there is room for it */
/** @typedef {{close: () => void, giveUp: () => void, redraw: () => void, element: HTMLElement}} Popover giveUp: closes in any case */

const AIR = 8;

/** @type {Popover|undefined} */ let standing;

/**
 * Where a window of this size stands. Pure.
 * @param {Edges} at what it is about @param {{width:number, height:number}} size
 * @param {{width:number, height:number}} screen @param {Prefer} prefer
 * @returns {{left:number, top:number}}
 */
export function placed(at, size, screen, prefer) {
  const inside = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(AIR, Math.min(value, most - AIR));
  const middle = { x: (at.left + at.right - size.width) / 2, y: (at.top + at.bottom - size.height) / 2 };
  if (prefer !== "above") {
    const [before, after] = [at.left - AIR - size.width, at.right + AIR];
    const fits = prefer === "left" ? before >= AIR : after + size.width > screen.width - AIR;
    return { left: inside(fits ? before : after, screen.width - size.width), top: inside(middle.y, screen.height - size.height) };
  }
  const above = at.top - AIR - size.height;
  const below = at.bottom + AIR;
  const fits = below + size.height <= screen.height - AIR || below < screen.height - at.top;
  return { left: inside(middle.x, screen.width - size.width), top: inside(above >= AIR || !fits ? above : below, screen.height - size.height) };
}

/** What of the window can be seen: a keyboard on the glass takes its lower half. */
function glass() {
  const seen = window.visualViewport;
  return seen && seen.scale === 1 ? { width: seen.width, height: seen.height } : { width: innerWidth, height: innerHeight };
}

/** @returns {boolean} Closes whatever stands open; false: nothing did. */
export function closePopover() {
  const open = standing !== undefined;
  standing?.close();
  return open;
}

/**
 * @param {{at: () => Edges, prefer: () => Prefer, label: string, name: string, body: (popover: Popover) => unknown,
 *   anchor?: HTMLElement|null, closed?: () => void, mayClose?: () => boolean}} options
 *   at, prefer: asked again after each drawing and each turn of the tablet; anchor: the button that opened it, which may be pressed without closing it
 * @returns {Popover}
 */
export function openPopover({ at, prefer, label, name, body, anchor = null, closed, mayClose = () => true }) {
  standing?.close();
  standing?.giveUp();
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
    if (standing === popover) standing = undefined;
    anchor?.setAttribute("aria-expanded", "false");
    const held = element.contains(document.activeElement);
    closed?.();
    element.remove();
    if (held) (anchor ?? before)?.focus({ preventScroll: true });
  };
  const put = () => {
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const { left, top } = placed(at(), size, glass(), prefer());
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  };
  /** @type {Popover} */
  const popover = {
    element,
    close,
    giveUp,
    redraw: () => {
      render(body(popover), element);
      put();
    },
  };
  document.body.append(element);
  popover.redraw();
  standing = popover;
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
  // After the room: it is drawn for the new size in the next frame, as it was asked first.
  const putLater = () => requestAnimationFrame(() => {
    if (!over) put();
  });
  addEventListener("resize", putLater, { signal });
  visualViewport?.addEventListener("resize", putLater, { signal });
  /** @type {HTMLElement|null} */ (element.querySelector("[data-first]"))?.focus({ preventScroll: true });
  return popover;
}
