/** A note opened beside its place: its words to read or to write, whose it is, and what can be done with it. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { iconOf, toneOf, wordsOf } from "../model/audience.js";
import { marksButtons, marksHead, selectionIn } from "./mark_actions.js";
import { remark, written } from "../model/note_text.js";
import { openPopover } from "../../lib/ui/popover.js";

/** @typedef {import("../feature.js").InkContext} InkContext */
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
    // What its author wrote stays the author's: an empty note is taken away.
    keep: (text) => {
      if (over || text === (now().text ?? "")) return;
      if (text) ink.change([{ id: note.id, patch: { text } }]);
      else ink.remove([note.id]);
    },
  });
  return popover;
}

/**
 * A new note: it is there once something is written in it.
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
  // Set once: what is being composed in the field is never touched.
  const before = text();
  const popover = openPopover({
    at,
    placement: () => (context.ink.toolbar.side === "side" ? "right" : "top"),
    label: t("ink.tool_note"),
    name: "note-window",
    // What may not be sent is not thrown away: it stays until it is mended or given up.
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
