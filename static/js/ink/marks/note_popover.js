/** The popover of a note: its text to read or edit, its author, and the actions on it. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { iconOf, toneOf, wordsOf } from "../model/audience.js";
import { marksButtons, marksHead, selectionIn } from "./mark_actions.js";
import { remark, written } from "../model/note_text.js";
import { openPopover } from "../../lib/ui/popover.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../../lib/ui/floating.js").Rect} Rect */

/** @param {InkContext} context @param {Annotation} note @param {() => Rect} at */
export function openNote(context, note, at) {
  const { ink } = context;
  const now = () => ink.find(note.id) ?? note;
  const may = ink.writable && (selectionIn(context, [note])?.changes ?? false);
  let typed = note.text ?? "";
  let over = false;
  const popover = noteWindow({
    context, at, may,
    text: () => typed,
    type: (text) => { typed = text; },
    head: () => headOf(context, now()),
    buttons: (close) => marksButtons(context, [now()], () => { over = true; close(); }),
    // A note whose author emptied it is deleted.
    keep: (text) => {
      if (over || text === (now().text ?? "")) return;
      if (text) ink.change([{ id: note.id, patch: { text } }]);
      else ink.remove([note.id]);
    },
  });
  return popover;
}

/**
 * Opens the popover of a new note, which is created once it has a text.
 * @param {InkContext} context @param {(text: string) => void} keep @param {() => Rect} at
 */
export function openNewNote(context, keep, at) {
  let typed = "";
  const reach = context.ink.toolbar.reach;
  return noteWindow({
    context, at, may: true,
    text: () => typed,
    type: (text) => { typed = text; },
    head: () => html`<p class="marks-head"><b>${t("ink.new_note")}</b>
      <span class="chip small ${toneOf(reach.audience)}">${icon(iconOf(reach.audience), "small")}${wordsOf(reach)}</span></p>`,
    buttons: () => nothing,
    keep: (text) => {
      if (text) keep(text);
    },
  });
}

/** @param {InkContext} context @param {Annotation} note */
function headOf(context, note) {
  const selection = selectionIn(context, [note]);
  return selection ? marksHead(context, selection) : nothing;
}

/**
 * @param {{context: InkContext, at: () => Rect, may: boolean, text: () => string, type: (text: string) => void,
 *   head: () => unknown, buttons: (close: () => void) => unknown, keep: (text: string) => void}} options
 */
function noteWindow({ context, at, may, text, type, head, buttons, keep }) {
  // The value is set once, so that a redraw never disturbs IME composition.
  const before = text();
  const popover = openPopover({
    at,
    placement: () => (context.ink.toolbar.side === "side" ? "right" : "top"),
    label: t("ink.tool_note"),
    name: "note-window",
    // An invalid text is kept: the popover stays open until the text is corrected or discarded.
    mayClose: () => !may || written(text()).fault === null,
    closed: () => {
      context.afterDraw.delete(draw);
      const final = written(text());
      if (may && final.fault === null) keep(final.text);
    },
    body: ({ close, redraw, giveUp }) => {
      const said = may ? remark(written(text())) : null;
      return html`<header class="note-head">${head()}
          ${may ? html`<button type="button" class="btn ink" @click=${close}>${t("ui.done")}</button>`
            : html`<button type="button" class="btn icon-only" aria-label=${t("ui.close")} @click=${close}>${icon("x")}</button>`}</header>
        ${may ? html`<textarea class="input note-field" rows="5" data-first aria-label=${t("ink.note_text")} placeholder=${t("ink.note_placeholder")}
            aria-invalid=${said?.bad ? "true" : nothing} .value=${before}
            @input=${(/** @type {Event} */ event) => { type(/** @type {HTMLTextAreaElement} */ (event.target).value); redraw(); }}></textarea>`
          : html`<p class="note-words" tabindex="0">${text()}</p>`}
        ${said ? html`<p class=${said.bad ? "wrong" : "quiet num"} role=${said.bad ? "alert" : "status"}>${said.bad ? icon("circle-alert", "small") : nothing}<span>${t(said.key, said.params)}</span></p>` : nothing}
        ${said?.bad ? html`<div class="marks-buttons"><button type="button" class="btn plain" @click=${giveUp}>${t("ink.give_up")}</button></div>` : buttons(close)}`;
    },
  });
  const draw = () => popover.redraw();
  context.afterDraw.add(draw);
  return popover;
}
