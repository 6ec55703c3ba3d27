/** What a chosen tool can be set to: which of its kind, colour, width; beside its button. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { closePopover, openPopover } from "./popover.js";
import { colorsOf, hasOptions, nameOf, SLOTS, toolIcon, widthsOf } from "./tray_model.js";

/** @typedef {import("./feature.js").InkContext} InkContext */
/** @typedef {import("./tray_model.js").Slot} Slot */
/** @typedef {import("./tray_model.js").Tool} Tool */

/**
 * A button of the tray is pressed: its tool is taken; once more, its colours open; once more, it is put down.
 * What stands for several tools opens at once.
 * @param {InkContext} context @param {Slot} slot @param {HTMLElement} button
 */
export function pressSlot(context, slot, button) {
  const { tray } = context.ink;
  const opened = button.getAttribute("aria-expanded") === "true";
  const held = tray.holds(slot);
  if (held && (opened || !hasOptions(slot))) {
    closePopover();
    tray.putDown();
    return;
  }
  closePopover();
  if (!held) tray.take(tray.toolOf(slot));
  if (held || SLOTS[slot].length > 1) openOptions(context, slot, button);
}

/** @param {InkContext} context @param {Slot} slot @param {HTMLElement} button */
export function openOptions(context, slot, button) {
  const popover = openPopover({
    at: () => button.getBoundingClientRect(),
    placement: () => (context.ink.tray.side === "side" ? "left" : "top"),
    label: t(`ink.options_${slot}`),
    name: "tool-options",
    anchor: button,
    body: () => optionsView(context, slot, () => popover.redraw()),
  });
}

/** @param {InkContext} context @param {Slot} slot @param {() => void} redraw */
function optionsView(context, slot, redraw) {
  const { tray } = context.ink;
  const tool = tray.toolOf(slot);
  const chosen = tray.chosen(tool);
  /** @param {Partial<import("./tray_model.js").Chosen>} part */
  const choose = (part) => {
    tray.choose(tool, part);
    redraw();
  };
  const now = tool === "text" ? chosen.size : chosen.width;
  return html`
    ${SLOTS[slot].length > 1 ? html`<div class="option-row kinds" role="radiogroup" aria-label=${t("ink.kind")}>
      ${SLOTS[slot].map((one) => html`<button type="button" class="btn kind" role="radio" aria-checked=${one === tool}
        @click=${() => { tray.take(one); redraw(); }}>${icon(toolIcon(one))}<span>${t(`ink.tool_${one}`)}</span></button>`)}</div>` : nothing}
    <div class="option-row" role="radiogroup" aria-label=${t("ink.color")}>${colorsOf(tool).map((color) => swatch(color, chosen.color, () => choose({ color })))}</div>
    ${widthsOf(tool).length ? html`<div class="option-row" role="radiogroup" aria-label=${t(tool === "text" ? "ink.letters" : "ink.width")}>
      ${widthsOf(tool).map((width, at) => html`<button type="button" class="btn icon-only width" role="radio" aria-checked=${width === now}
        aria-label=${t(`ink.${tool === "text" ? "letters" : "width"}_${at + 1}`)} @click=${() => choose(tool === "text" ? { size: width } : { width })}>
        ${widthLook(tool, at, chosen.color)}</button>`)}</div>` : nothing}
    <button type="button" class="btn quiet put-down" @click=${() => { closePopover(); tray.putDown(); }}>${icon("hand", "small")}${t("ink.put_down")}</button>`;
}

/** @param {Tool} tool @param {number} at @param {string} color how wide a width is, to look at */
function widthLook(tool, at, color) {
  if (tool === "text") return html`<b class="letter" style="--nth:${at}">A</b>`;
  return html`<i class="stroke ${tool}" style="--nth:${at};--color:${color}"></i>`;
}

/** @param {string} color @param {string|null} chosen @param {() => void} choose a round of one colour, named for who does not see it */
export function swatch(color, chosen, choose) {
  return html`<button type="button" class="btn icon-only swatch" role="radio" aria-checked=${color === chosen} style="--color:${color}"
    aria-label=${t(`ink.color_${nameOf(color)}`)} title=${t(`ink.color_${nameOf(color)}`)} @click=${choose}><i></i></button>`;
}
