/** Renders one note: its text in an editable field, its state, and its actions. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { moment } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { LONGEST_NOTE } from "./note_writing.js";

/** @typedef {import("./note_book.js").NoteStore} NoteStore */
/** @typedef {import("./note_writing.js").NoteWriting} NoteWriting */
/** @typedef {import("./shown_notes.js").ShownNote} ShownNote */
/** @typedef {{noteStore: NoteStore, writing: NoteWriting, remove: (note: ShownNote) => void}} NoteActions */

/** How long a change may be unsent before the card mentions it. */
const SAY_WAITING_AFTER_MS = 4000;
const DELETED_ELSEWHERE = ["note_deleted", "not_found"];

/** @param {ShownNote} note @param {NoteActions} actions */
export function noteCard(note, actions) {
  const { writing } = actions;
  const text = writing.textOf(note);
  const fault = writing.faultOf(note);
  const field = (/** @type {Event} */ event) => /** @type {HTMLTextAreaElement} */ (event.target);
  return html`<article class="own-note ${fault || note.offer ? "look-here" : ""}" data-note=${note.id} tabindex="-1" aria-label=${t("notes.one")}>
    <label class="note-lines" data-text=${text || t("notes.placeholder")}><span class="for-reader">${t("notes.text")}</span>
      <textarea rows="1" maxlength=${LONGEST_NOTE} placeholder=${t("notes.placeholder")} .value=${live(text)}
        aria-invalid=${fault ? "true" : nothing} aria-describedby=${fault ? `fault-${note.id}` : nothing}
        @input=${(/** @type {Event} */ event) => writing.typed(note, field(event).value)}
        @keydown=${leaveWithEscape} @blur=${() => void writing.left(note)}></textarea></label>
    ${fault ? html`<p class="wrong" id="fault-${note.id}">${icon("circle-alert", "small")}<span>${t("ink.no_tags")}</span></p>` : nothing}
    ${note.offer ? offerView(note, actions) : nothing}
    <footer class="note-end"><span class="note-fate quiet">${stateOf(note, actions)}</span>
      <button type="button" class="btn icon-only quiet" aria-label=${t("notes.delete")} title=${t("notes.delete")} @click=${() => actions.remove(note)}>${icon("trash-2", "small")}</button></footer>
  </article>`;
}

/** @param {KeyboardEvent} event Moves the focus to the note, so that Tab continues from there. */
function leaveWithEscape(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  event.stopPropagation();
  /** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (event.target).closest(".own-note"))?.focus();
}

/** @param {ShownNote} note @param {NoteActions} actions */
function stateOf(note, { noteStore, writing }) {
  if (note.waiting !== null) {
    const away = !navigator.onLine || noteStore.now() - note.waiting > SAY_WAITING_AFTER_MS;
    return away ? html`${icon("cloud-upload", "small")}${t("notes.kept_here")}` : t("notes.saving");
  }
  if (note.revision === 0) return writing.has(note.id) ? t("notes.new") : nothing;
  return note.revision === 1 ? moment(note.created_at) : t("notes.edited", { moment: moment(note.updated_at) });
}

/** @param {ShownNote} note @param {NoteActions} actions Shows a refused change with the choices for it. */
function offerView(note, { noteStore }) {
  const { offer } = note;
  if (!offer?.refused) return nothing;
  const { code, detail } = offer.refused;
  const change = offer.verb === "change";
  const gone = change && DELETED_ELSEWHERE.includes(code);
  const why = gone ? t("notes.deleted_elsewhere") : code === "stale_revision" ? t("notes.changed_elsewhere") : detail || t("error.internal_error");
  const [words, run] = gone
    ? [t("notes.restore"), () => void noteStore.bringBack(note)]
    : [t(change ? "notes.use_mine" : "notes.try_again"), () => void noteStore.insist(note)];
  return html`<div class="note-choice" role="group" aria-label=${why}><p>${why}</p>
    ${change && !gone ? html`<blockquote>${offer.draft.text}</blockquote>` : nothing}
    <div class="btn-row"><button type="button" class="btn ink" @click=${run}>${words}</button>
      <button type="button" class="btn plain" @click=${() => void noteStore.giveUp(note)}>${t("notes.drop_mine")}</button></div></div>`;
}
