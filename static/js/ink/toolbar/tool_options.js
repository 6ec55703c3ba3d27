/** The popover with the options of a toolbar button: tool, colour, and width or size. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { closePopover, openPopover } from "../../lib/ui/popover.js";
import { toolNamed } from "../tools/index.js";
import { nameOf } from "../tools/settings.js";
import { hasOptions, toolsIn } from "./toolbar_model.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("./toolbar_model.js").Slot} Slot */

/**
 * Handles a press of a toolbar button. The first press selects the tool, the second opens its options, the third
 * deselects it. A button of several tools opens its options at once.
 * @param {InkContext} context @param {Slot} slot @param {HTMLElement} button
 */
export function pressSlot(context, slot, button) {
  const { toolbar } = context.ink;
  const opened = button.getAttribute("aria-expanded") === "true";
  const held = toolbar.holds(slot);
  if (held && (opened || !hasOptions(slot))) {
    closePopover();
    toolbar.putDown();
    return;
  }
  closePopover();
  if (!held) toolbar.take(toolbar.toolOf(slot));
  if (held || toolsIn(slot).length > 1) openOptions(context, slot, button);
}

/** @param {InkContext} context @param {Slot} slot @param {HTMLElement} button */
export function openOptions(context, slot, button) {
  const popover = openPopover({
    at: () => button.getBoundingClientRect(),
    placement: () => (context.ink.toolbar.side === "side" ? "left" : "top"),
    label: t(`ink.options_${slot}`),
    name: "tool-options",
    anchor: button,
    body: () => optionsView(context, slot, () => popover.redraw()),
  });
}

/** @param {InkContext} context @param {Slot} slot @param {() => void} redraw */
function optionsView(context, slot, redraw) {
  const { toolbar } = context.ink;
  const tool = toolbar.toolOf(slot);
  const chosen = toolbar.chosen(tool);
  /** @param {Partial<import("./toolbar_model.js").Chosen>} part */
  const choose = (part) => {
    toolbar.choose(tool, part);
    redraw();
  };
  const { colors, measure, measures } = toolNamed(tool).settings;
  const words = measure === "size" ? "letters" : "width";
  const tools = toolsIn(slot);
  return html`
    ${tools.length > 1 ? html`<div class="option-row kinds" role="radiogroup" aria-label=${t("ink.kind")}>
      ${tools.map((one) => html`<button type="button" class="btn kind" role="radio" aria-checked=${one.name === tool}
        @click=${() => { toolbar.take(one.name); redraw(); }}>${icon(one.icon)}<span>${t(`ink.tool_${one.name}`)}</span></button>`)}</div>` : nothing}
    <div class="option-row" role="radiogroup" aria-label=${t("ink.color")}>${colors.map((color) => swatch(color, chosen.color, () => choose({ color })))}</div>
    ${measures.length ? html`<div class="option-row" role="radiogroup" aria-label=${t(`ink.${words}`)}>
      ${measures.map((value, at) => html`<button type="button" class="btn icon-only width" role="radio" aria-checked=${value === chosen[measure]}
        aria-label=${t(`ink.${words}_${at + 1}`)} @click=${() => choose({ [measure]: value })}>
        ${measure === "size" ? html`<b class="letter" style="--nth:${at}">A</b>` : html`<i class="stroke ${tool}" style="--nth:${at};--color:${chosen.color}"></i>`}</button>`)}</div>` : nothing}
    <button type="button" class="btn quiet put-down" @click=${() => { closePopover(); toolbar.putDown(); }}>${icon("hand", "small")}${t("ink.put_down")}</button>`;
}

/** @param {string} color @param {string|null} chosen @param {() => void} choose Renders a colour button labelled with the colour's name. */
export function swatch(color, chosen, choose) {
  return html`<button type="button" class="btn icon-only swatch" role="radio" aria-checked=${color === chosen} style="--color:${color}"
    aria-label=${t(`ink.color_${nameOf(color)}`)} title=${t(`ink.color_${nameOf(color)}`)} @click=${choose}><i></i></button>`;
}
