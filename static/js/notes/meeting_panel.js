/** The panel "Ghi chú cuộc họp": beside the document, or over its lower part in narrow windows. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { iconOf } from "../ink/model/audience.js";
import { href } from "../lib/boot.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { noteCard } from "./note_card.js";

/** @typedef {import("./room_instance.js").NotesContext} NotesContext */

/** @param {NotesContext} context */
export function notesPanel(context) {
  const { notes } = context;
  const { noteStore, writing, shown } = notes;
  if (!notes.open || !noteStore || !writing) return nothing;
  const actions = { noteStore, writing, remove: (/** @type {import("./shown_notes.js").ShownNote} */ note) => notes.remove(note) };
  return html`<aside class="notes-panel" aria-labelledby="notes-panel-title" ?inert=${context.behind}
    @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && !event.isComposing && notes.hide()}>
    <header class="panel-head"><h2 id="notes-panel-title">${t("notes.of_meeting")}</h2>
      <button type="button" class="btn icon-only" aria-label=${t("notes.close")} @click=${() => notes.hide()}>${icon("x")}</button></header>
    <div class="panel-lead"><span class="chip small amber">${icon(iconOf("private"), "small")}${t("ink.audience_private")}</span>
      <button type="button" class="btn ink" @click=${() => notes.beginNote()}>${t("notes.add")}</button></div>
    <div class="panel-body">
      ${shown.length ? repeat(shown, (note) => note.id, (note) => noteCard(note, actions)) : html`<p class="quiet panel-empty">${t("notes.panel_empty")}</p>`}
    </div>
    <footer class="panel-foot"><a class="btn quiet" href=${href(`/notes?room=${context.room.meeting.id}`)}>${t("notes.all_mine")}${icon("arrow-right", "small")}</a></footer>
  </aside>`;
}
