/**
 * Input fields of notes. Their text is stored on this device after a short pause in typing, and at once when the field
 * or the page is left. Redraws never disturb the typing.
 */
import { hasTag } from "../ink/model/limits.js";

/** @typedef {import("./note_book.js").NoteStore} NoteStore */
/** @typedef {import("./shown_notes.js").ShownNote} ShownNote */
/** @typedef {"html_in_text"} Fault */
/**
 * @typedef {{note: ShownNote, text: string, kept: string, since: number, fresh: boolean,
 *   timer: ReturnType<typeof setTimeout>|undefined}} Field
 *   `note`: at the start of the editing; `kept`: the stored text; `since`: time of the first change that is not stored, ms, 0
 *   for none; `fresh`: the note does not exist yet
 */

const REST_MS = 700;
const LONGEST_MS = 3000;
export const LONGEST_NOTE = 20_000;

/** @param {string} text @returns {Fault|null} */
export const faultIn = (text) => (hasTag(text) ? "html_in_text" : null);

export class NoteWriting {
  /** @type {Map<string, Field>} */ #fields = new Map();

  /**
   * @param {{noteStore: NoteStore, changed: () => void, removed: (note: ShownNote) => void, now?: () => number}} options
   *   `removed`: called when a note was emptied and therefore deleted
   */
  constructor({ noteStore, changed, removed, now = Date.now }) {
    this.noteStore = noteStore;
    this.changed = changed;
    this.removed = removed;
    this.now = now;
  }

  /** @param {string|null} meetingId @returns {string} the id of a new note */
  begin(meetingId) {
    const id = this.noteStore.newId();
    const at = new Date(this.now()).toISOString();
    const meeting = this.noteStore.meetingOf(meetingId);
    /** @type {ShownNote} */
    const note = {
      id, text: "", meeting_id: meetingId, meeting_title: meeting?.title ?? null, meeting_starts_at: meeting?.starts_at ?? null,
      revision: 0, created_at: at, updated_at: at, waiting: null, offer: null,
    };
    this.#open(note, true);
    this.changed();
    return id;
  }

  /** @returns {ShownNote[]} new notes, the last one first */
  get fresh() {
    return [...this.#fields.values()].filter((field) => field.fresh).map((field) => field.note).reverse();
  }

  /** @param {string} id whether the note is being edited */
  has(id) {
    return this.#fields.has(id);
  }

  /** @param {ShownNote} note @returns {string} the text in its field */
  textOf(note) {
    return this.#fields.get(note.id)?.text ?? note.text;
  }

  /** @param {ShownNote} note @returns {Fault|null} why the text in its field is not stored */
  faultOf(note) {
    const field = this.#fields.get(note.id);
    return field ? faultIn(field.text) : null;
  }

  /** @param {ShownNote} note @param {string} text */
  typed(note, text) {
    const field = this.#fields.get(note.id) ?? this.#open(note, false);
    field.text = text;
    field.since ||= this.now();
    clearTimeout(field.timer);
    const left = Math.max(0, field.since + LONGEST_MS - this.now());
    field.timer = setTimeout(() => void this.#keep(field), Math.min(REST_MS, left));
    this.changed();
  }

  /** @param {ShownNote} note whose field was left; an empty note is deleted */
  async left(note) {
    const field = this.#fields.get(note.id);
    if (!field) return;
    const empty = field.text.trim() === "";
    if (!empty && faultIn(field.text)) return;
    if (empty && !field.fresh) {
      const { kept } = field;
      this.close(note.id);
      await this.noteStore.remove(field.note);
      this.removed({ ...field.note, text: kept });
      return;
    }
    await this.#keep(field);
    if (this.#fields.get(note.id) === field && field.text.trim() === field.kept.trim()) this.close(note.id);
  }

  /** @param {string} id Closes the field; text that is not stored is discarded. */
  close(id) {
    clearTimeout(this.#fields.get(id)?.timer);
    this.#fields.delete(id);
    this.changed();
  }

  /** Stores all fields; called when the page is hidden or left. @returns {Promise<unknown>} */
  keepAll() {
    return Promise.all([...this.#fields.values()].map((field) => this.#keep(field)));
  }

  /** Whether a field has text that is not stored. */
  get unkept() {
    return [...this.#fields.values()].some(({ text, kept }) => text.trim() !== "" && text.trim() !== kept.trim());
  }

  /** @param {ShownNote} note @param {boolean} fresh @returns {Field} */
  #open(note, fresh) {
    /** @type {Field} */
    const field = { note, text: note.text, kept: note.text, since: 0, fresh, timer: undefined };
    this.#fields.set(note.id, field);
    return field;
  }

  /** @param {Field} field */
  async #keep(field) {
    clearTimeout(field.timer);
    field.since = 0;
    const text = field.text.trim();
    if (text === "" || text === field.kept.trim() || faultIn(text)) return;
    const { note, fresh } = field;
    [field.kept, field.fresh] = [text, false];
    await (fresh ? this.noteStore.addNote(text, note.meeting_id, note.id) : this.noteStore.write(note, text));
    this.changed();
  }
}
