/** Controller of the panel with the person's own notes of this meeting; it also works offline. */
import { newId } from "../ink/model/ids.js";
import { api } from "../lib/api.js";
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { NoteStore } from "./note_book.js";
import { NoteWriting } from "./note_writing.js";

/** @typedef {import("../ink/sync/outbox.js").InkOutbox} InkOutbox */
/** @typedef {import("./room_instance.js").NotesNeeds} NotesNeeds */
/** @typedef {import("./shown_notes.js").ShownNote} ShownNote */

/** From this window width on the agenda and the notes are shown beside the document together. */
const BOTH_FROM_PX = 1400;

export class MeetingNotes {
  open = false;
  /** @type {NoteStore|null} */ noteStore = null;
  /** @type {NoteWriting|null} */ writing = null;
  /** @type {HTMLElement|null} */ #previousFocus = null;
  /** @type {Set<string>} keys of conflicts that were announced */ #announced = new Set();

  /** @param {NotesNeeds} context */
  constructor(context) {
    this.context = context;
    this.meetingId = context.meetingId;
  }

  /** @param {InkOutbox} outbox */
  start(outbox) {
    const { context, meetingId } = this;
    const changed = () => {
      this.#announceConflicts();
      context.redraw();
    };
    const meetingOf = (/** @type {string|null} */ id) => ({ id: id ?? meetingId, title: context.room?.meeting.title ?? null, starts_at: context.room?.meeting.starts_at ?? null });
    this.noteStore = new NoteStore({ outbox, api, newId, changed, meetingOf, only: meetingId });
    this.writing = new NoteWriting({ noteStore: this.noteStore, changed, removed: (note) => this.#announceRemoved(note) });
    addEventListener("pagehide", () => void this.writing?.keepAll());
    addEventListener("beforeunload", (event) => {
      if (this.writing?.unkept) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.writing?.keepAll();
    });
    void this.noteStore.start();
  }

  /** Reloads the notes after a reconnect. */
  joined() {
    void this.noteStore?.load();
  }

  /** @param {import("../live/room_state.js").RoomEvent} event of the user stream */
  own(event) {
    this.noteStore?.heard(event);
  }

  /** @returns {ShownNote[]} new notes first */
  get shown() {
    return this.noteStore && this.writing ? [...this.writing.fresh, ...this.noteStore.shown] : [];
  }

  /** Opens the panel. Adds a note if there is none. */
  show() {
    this.#previousFocus = /** @type {HTMLElement|null} */ (document.activeElement);
    this.open = true;
    // Most screens have room for one panel beside the document.
    if (this.context.drawer.open && window.innerWidth < BOTH_FROM_PX) this.context.drawer.toggle();
    this.context.redraw();
    if (this.noteStore?.loaded && !this.shown.length) this.beginNote();
    else this.#focus(".notes-panel .btn.ink");
  }

  hide() {
    this.open = false;
    this.context.redraw();
    const back = this.#previousFocus?.isConnected && this.#previousFocus.checkVisibility?.() ? this.#previousFocus : document.querySelector(".top .btn");
    /** @type {HTMLElement|null} */ (back)?.focus();
  }

  beginNote() {
    const id = this.writing?.begin(this.meetingId);
    this.#focus(`[data-note="${id}"] textarea`);
  }

  /** @param {ShownNote} note */
  remove(note) {
    const { noteStore, writing } = this;
    if (!noteStore || !writing) return;
    const text = writing.textOf(note).trim();
    writing.close(note.id);
    if (!noteStore.shown.some(({ id }) => id === note.id)) return;
    void noteStore.remove(note);
    this.#announceRemoved({ ...note, text: text || note.text });
  }

  /** Announces new conflicts in a toast while the panel is closed. */
  #announceConflicts() {
    for (const { offer } of this.noteStore?.shown ?? []) {
      if (!offer || this.#announced.has(offer.key)) continue;
      this.#announced.add(offer.key);
      if (!this.open) toast(t("notes.to_decide"), { action: { label: t("notes.look"), run: () => this.show() } });
    }
  }

  /** @param {ShownNote} note */
  #announceRemoved(note) {
    toast(t("notes.deleted"), { action: { label: t("ui.undo"), run: () => void this.noteStore?.addNote(note.text, note.meeting_id) } });
  }

  /** @param {string} css selector of an element that exists after the next redraw */
  #focus(css) {
    requestAnimationFrame(() => requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector(css))?.focus()));
  }
}
