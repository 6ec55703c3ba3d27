/**
 * Store of one person's notes: the server's state and the changes in the outbox. Each change goes into the outbox
 * first, so that nothing is lost offline.
 */
import { ask } from "../lib/fetch_with_timeout.js";
import { noNotes, afterOwnEvent, withList, withNote, withoutNote } from "./note_state.js";
import { shownNotes } from "./shown_notes.js";

/** @typedef {import("../ink/model/operations.js").Op} Op */
/** @typedef {import("../ink/sync/outbox.js").InkOutbox} InkOutbox */
/** @typedef {import("../ink/sync/outbox.js").News} News */
/** @typedef {import("./note_state.js").Note} Note */
/** @typedef {import("./shown_notes.js").ShownNote} ShownNote */
/** @typedef {import("./shown_notes.js").MeetingName} MeetingName */

const LIST_WITHIN_MS = 15_000;
/** Errors of a new note that concern its meeting: the note is then stored without a meeting. */
const NO_SUCH_MEETING = ["not_found", "not_allowed"];
/** Revision of a note that the server just created. */
const FIRST = 1;
/** A revision that is newer than all others. */
const LAST = Number.MAX_SAFE_INTEGER;

export class NoteStore {
  /** Whether the list was loaded. Before, only notes in the outbox are shown. */
  loaded = false;
  /** @type {string|null} message why the list could not be loaded */ trouble = null;
  #notes = noNotes;
  #loading = false;
  #again = false;
  /** @type {(() => void)|null} */ #leave = null;
  /** @type {{notes: object, version: number, shown: ShownNote[]}|null} */ #last = null;
  /** @type {Set<string>} */ #rescued = new Set();

  /**
   * @param {{outbox: InkOutbox, api: {get(path: string, options?: object): Promise<any>}, newId: () => string,
   *   changed: () => void, meetingOf: (meetingId: string|null) => MeetingName|null, only?: string|null, now?: () => number}} options
   *   `only`: restricts the store to the notes of this meeting
   */
  constructor({ outbox, api, newId, changed, meetingOf, only = null, now = Date.now }) {
    this.outbox = outbox;
    this.api = api;
    this.newId = newId;
    this.changed = changed;
    this.meetingOf = meetingOf;
    this.only = only;
    this.now = now;
  }

  /** Shows the notes in the outbox and loads the list from the server. */
  start() {
    this.#leave ??= this.outbox.subscribe((news) => this.#onNews(news));
    return this.load();
  }

  stop() {
    this.#leave?.();
    this.#leave = null;
  }

  /** @returns {ShownNote[]} the newest first */
  get shown() {
    const { version } = this.outbox;
    if (this.#last?.notes !== this.#notes || this.#last.version !== version) {
      const all = shownNotes(this.#notes, this.outbox.ops, this.meetingOf);
      const shown = this.only === null ? all : all.filter((note) => note.meeting_id === this.only);
      this.#last = { notes: this.#notes, version, shown };
    }
    return this.#last.shown;
  }

  /** Loads the whole list. Changes that arrive meanwhile are kept: the newest revision wins. */
  async load() {
    this.#again = this.#loading;
    if (this.#loading) return;
    this.#loading = true;
    const before = [...this.#notes.known.keys()];
    const reply = await ask((signal) => this.#all(signal), LIST_WITHIN_MS);
    this.#loading = false;
    this.trouble = reply.trouble && (reply.trouble.detail || reply.trouble.code);
    if (!reply.trouble) {
      this.loaded = true;
      this.#notes = withList(this.#notes, reply.answer, before);
    }
    this.changed();
    if (this.#again) await this.load();
  }

  /** @param {AbortSignal} signal @returns {Promise<Note[]>} the notes of all pages of the list */
  async #all(signal) {
    /** @type {Note[]} */
    const found = [];
    for (let after = ""; ;) {
      const query = new URLSearchParams({ ...(this.only === null ? {} : { meeting_id: this.only }), ...(after ? { after } : {}) });
      const { items, next } = await this.api.get(`/notes?${query}`, { signal });
      found.push(...items);
      if (!next) return found;
      after = next;
    }
  }

  /** @param {import("../live/room_state.js").RoomEvent} event of the user stream */
  heard(event) {
    const notes = afterOwnEvent(this.#notes, event);
    if (notes === this.#notes) return;
    this.#notes = notes;
    this.changed();
  }

  /** @param {string} text @param {string|null} meetingId @param {string} [id] @returns {Promise<void>} resolves when it is in the outbox */
  addNote(text, meetingId, id = this.newId()) {
    return this.#take("create", { id, text, meeting_id: meetingId }, null, null);
  }

  /** @param {ShownNote} note the base of the text @param {string} text @returns {Promise<void>} resolves when it is in the outbox */
  write(note, text) {
    return this.#take("change", draftOf(note, text), { text }, Math.max(note.revision, FIRST));
  }

  /** @param {ShownNote} note @returns {Promise<void>} resolves when it is in the outbox */
  remove(note) {
    return this.#take("remove", draftOf(note, note.text), null, null);
  }

  /** Resolves a conflict: the local text replaces the server's. @param {ShownNote} note */
  insist({ id, offer }) {
    return offer ? this.outbox.retry(offer.key, this.#notes.known.get(id)?.revision ?? null) : Promise.resolve();
  }

  /** Resolves a conflict: creates a note again that was deleted elsewhere. @param {ShownNote} note */
  bringBack({ offer }) {
    return offer ? this.outbox.makeAnew(offer.key, this.newId()) : Promise.resolve();
  }

  /** @param {ShownNote} note Resolves a conflict: discards the refused local change. */
  giveUp({ offer }) {
    return offer ? this.outbox.discard(offer.key) : Promise.resolve();
  }

  /** @param {"create"|"change"|"remove"} verb @param {any} draft @param {any} patch @param {number|null} revision */
  #take(verb, draft, patch, revision) {
    const intent = { key: this.newId(), target: /** @type {const} */ ("notes"), verb, id: draft.id, document_id: null, draft, patch, revision, made: this.now() };
    return this.outbox.take([intent]);
  }

  /** @param {News} news */
  #onNews(news) {
    for (const { op, item } of news) {
      if (op.target !== "notes") continue;
      this.#notes = item ? withNote(this.#notes, /** @type {any} */ (item)) : withoutNote(this.#notes, { id: op.id, revision: LAST });
    }
    for (const op of this.outbox.refused) if (op.target === "notes") this.#rescue(op);
    this.changed();
  }

  /** @param {Op} op Stores a refused new note without its meeting, if the meeting or the access to it no longer exists. */
  #rescue(op) {
    const lost = op.verb === "create" && op.draft.meeting_id !== null && NO_SUCH_MEETING.includes(op.refused?.code ?? "");
    if (!lost || this.#rescued.has(op.key)) return;
    this.#rescued.add(op.key);
    // Another tab may do the same: both use the same new id, and the server keeps one note.
    void this.addNote(op.draft.text, null, `${op.id.slice(0, 60)}-own`).then(() => this.outbox.discard(op.key));
  }
}

/** @param {ShownNote} note @param {string} text @returns {{id:string, text:string, meeting_id:string|null}} */
const draftOf = ({ id, meeting_id }, text) => ({ id, text, meeting_id });
