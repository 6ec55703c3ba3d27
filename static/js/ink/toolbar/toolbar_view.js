/** Renders the toolbar beside or below the page: tools, undo and redo, and the audience. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { iconOf, toneOf, wordsOf } from "../model/audience.js";
import { openAudienceSheet } from "./audience_dialog.js";
import { keyOf } from "./ink_keys.js";
import { closePopover } from "../../lib/ui/popover.js";
import { openMore } from "./more_menu.js";
import { pressSlot } from "./tool_options.js";
import { toolNamed } from "../tools/index.js";
import { fitting, hasOptions } from "./toolbar_model.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("./toolbar_model.js").Slot} Slot */
/** @typedef {import("./toolbar_model.js").Side} Side */

/** Space of the toolbar's other content and its separators, in CSS pixels. */
const REST = { side: 250, footer: 370, phone: 16, low: 72 };
const TOP = 56;
const STEP = 56;
const PHONE_PX = 600;
/** Below this height a toolbar beside the page has two columns; the same value as in its style sheet. */
const LOW_PX = 520;

/**
 * @param {Side} side @param {{width:number, height:number}} window @param {number} below pixels below the toolbar
 * @returns {number} space for the tools along the toolbar, CSS pixels
 */
function spaceFor(side, { width, height }, below) {
  if (side === "footer") return width - (width < PHONE_PX ? REST.phone : REST.footer);
  const high = height - TOP - below;
  if (height >= LOW_PX) return high - REST.side;
  // Undo and redo take two places.
  return (2 * Math.floor((high - REST.low) / STEP) - 2) * STEP;
}

/** @param {InkContext} context whether the shown page can be written on */
export const toolbarOffered = (context) => context.reading.shown !== null && context.ink.writable;

/** @param {InkContext} context @param {number} below pixels below a toolbar beside the page */
export function toolbarView(context, below) {
  const { ink } = context;
  if (!toolbarOffered(context) || !ink.toolbar.open) return nothing;
  const { side } = ink.toolbar;
  const { shown, more } = fitting(spaceFor(side, { width: window.innerWidth, height: window.innerHeight }, below));
  return html`<section class="tray ${side}" id="tray" aria-label=${t("ink.tray")} ?inert=${context.behind || context.covered}>
    <div class="tray-tools">${shown.map((slot) => slotButton(context, slot))}
      <button type="button" class="btn icon-only" aria-label=${t("ink.more")} title=${t("ink.more")} aria-haspopup="menu" aria-expanded="false"
        @click=${(/** @type {Event} */ event) => openMore(context, /** @type {HTMLElement} */ (event.currentTarget), more)}>${icon("ellipsis")}</button></div>
    <div class="tray-history">
      <button type="button" class="btn icon-only" aria-label=${t("ink.undo_writing")} title=${titled(t("ink.undo"), "Ctrl+Z")} ?disabled=${!ink.canUndo} @click=${() => ink.undo()}>${icon("undo-2")}</button>
      <button type="button" class="btn icon-only" aria-label=${t("ink.redo_writing")} title=${titled(t("ink.redo"), "Ctrl+Shift+Z")} ?disabled=${!ink.canRedo} @click=${() => ink.redo()}>${icon("redo-2")}</button>
    </div>
    ${audienceChip(context)}
  </section>`;
}

/** @param {string} words @param {string|null} key */
const titled = (words, key) => (key ? `${words} (${key})` : words);

/** @param {InkContext} context @param {Slot} slot */
function slotButton(context, slot) {
  const { toolbar } = context.ink;
  const tool = toolbar.toolOf(slot);
  const on = toolbar.holds(slot);
  const { icon: picture, settings } = toolNamed(tool);
  const words = t(`ink.tool_${tool}`);
  return html`<button type="button" class="btn icon-only tool" data-slot=${slot} aria-label=${words} title=${titled(words, keyOf(tool))}
    aria-pressed=${on} aria-haspopup=${hasOptions(slot) ? "dialog" : nothing} aria-expanded=${hasOptions(slot) ? "false" : nothing}
    @click=${(/** @type {Event} */ event) => pressSlot(context, slot, /** @type {HTMLElement} */ (event.currentTarget))}>
    ${icon(picture)}${settings.colors.length ? html`<i class="tool-color" style="--color:${toolbar.chosen(tool).color}"></i>` : nothing}</button>`;
}

/** @param {InkContext} context */
export function audienceChip(context) {
  const { reach } = context.ink.toolbar;
  const words = wordsOf(reach);
  return html`<button type="button" class="audience ${toneOf(reach.audience)}" data-audience=${reach.audience} aria-haspopup="dialog"
    aria-label=${t("ink.audience_now", { audience: words })} @click=${() => openAudienceSheet(context)}>
    ${icon(iconOf(reach.audience), "small")}<span class="audience-words">${words}</span></button>`;
}

/** @param {InkContext} context The button in the footer: deselects the selected tool; without one it opens or closes the toolbar. */
export function writeButton(context) {
  if (!toolbarOffered(context)) return nothing;
  const { toolbar } = context.ink;
  const holds = toolbar.open && toolbar.tool !== null;
  return html`<button type="button" class="btn plain write-button ${holds ? "holds" : ""}" aria-expanded=${holds ? nothing : toolbar.open} aria-controls=${toolbar.open ? "tray" : nothing}
    title=${t(holds ? "ink.put_down" : toolbar.open ? "ink.put_away" : "ink.take_out")} @click=${() => (holds ? putDown(context) : toolbar.put(!toolbar.open))}>
    ${icon(holds ? "hand" : "pencil")}${holds ? html`<span>${t("ink.put_pen_away")}</span>`
      : html`<span class="wide">${t("ink.write")}</span><span class="for-reader narrow">${t("ink.write")}</span>`}</button>`;
}

/** @param {InkContext} context */
function putDown(context) {
  closePopover();
  context.ink.toolbar.putDown();
}
