/**
 * One person's notes on this tablet: what the server has, what waits in the outbox, and what is done to
 * them. Whatever is written goes into the outbox first, so a network that is away loses nothing.
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
/** Refusals of a new note that are about its meeting: the words are kept without it. */
const NO_SUCH_MEETING = ["not_found", "not_allowed"];
/** The revision that a note has when it arrives at the server. */
const FIRST = 1;
/** No event and no revision comes after it. */
const LAST = Number.MAX_SAFE_INTEGER;

export class NoteStore {
  /** Whether the list was read; before that only what waits here is shown. */
  loaded = false;
  /** @type {string|null} why the list could not be read, in words */ trouble = null;
  #notes = noNotes;
  #loading = false;
  #again = false;
  /** @type {(() => void)|null} */ #leave = null;
  /** @type {{notes: object, version: number, shown: ShownNote[]}|null} */ #last = null;
  /** @type {Set<string>} */ #rescued = new Set();

  /**
   * @param {{outbox: InkOutbox, api: {get(path: string, options?: object): Promise<any>}, newId: () => string,
   *   changed: () => void, meetingOf: (meetingId: string|null) => MeetingName|null, only?: string|null, now?: () => number}} options
   *   `only`: the notes of this meeting alone
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

  /** Shows what waits, and reads what the server has. */
  start() {
    this.#leave ??= this.outbox.subscribe((landed) => this.#landed(landed));
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

  /** Reads the whole list (again). What happens meanwhile is not lost: the newest revision stays. */
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

  /** @param {AbortSignal} signal @returns {Promise<Note[]>} page after page */
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

  /** @param {import("../live/room_state.js").RoomEvent} event one of this person's own */
  heard(event) {
    const notes = afterOwnEvent(this.#notes, event);
    if (notes === this.#notes) return;
    this.#notes = notes;
    this.changed();
  }

  /** @param {string} text @param {string|null} meetingId @param {string} [id] @returns {Promise<void>} once it is safe here */
  add(text, meetingId, id = this.newId()) {
    return this.#take("create", { id, text, meeting_id: meetingId }, null, null);
  }

  /** @param {ShownNote} note as it was written over @param {string} text @returns {Promise<void>} once it is safe here */
  write(note, text) {
    return this.#take("change", draftOf(note, text), { text }, Math.max(note.revision, FIRST));
  }

  /** @param {ShownNote} note @returns {Promise<void>} once it is safe here */
  remove(note) {
    return this.#take("remove", draftOf(note, note.text), null, null);
  }

  /** What was written here goes over what stands. @param {ShownNote} note */
  insist({ id, offer }) {
    return offer ? this.outbox.retry(offer.key, this.#notes.known.get(id)?.revision ?? null) : Promise.resolve();
  }

  /** What was deleted elsewhere while it was written here comes back. @param {ShownNote} note */
  bringBack({ offer }) {
    return offer ? this.outbox.makeAnew(offer.key, this.newId()) : Promise.resolve();
  }

  /** @param {ShownNote} note what was written here and refused is given up */
  giveUp({ offer }) {
    return offer ? this.outbox.discard(offer.key) : Promise.resolve();
  }

  /** @param {"create"|"change"|"remove"} verb @param {any} draft @param {any} patch @param {number|null} revision */
  #take(verb, draft, patch, revision) {
    const intent = { key: this.newId(), target: /** @type {const} */ ("notes"), verb, id: draft.id, document_id: null, draft, patch, revision, made: this.now() };
    return this.outbox.take([intent]);
  }

  /** @param {News} landed */
  #landed(landed) {
    for (const { op, item } of landed) {
      if (op.target !== "notes") continue;
      this.#notes = item ? withNote(this.#notes, /** @type {any} */ (item)) : withoutNote(this.#notes, { id: op.id, revision: LAST });
    }
    for (const op of this.outbox.refused) if (op.target === "notes") this.#rescue(op);
    this.changed();
  }

  /** @param {Op} op The meeting of a note is gone, or its writer from the meeting: the words are not. */
  #rescue(op) {
    const lost = op.verb === "create" && op.draft.meeting_id !== null && NO_SUCH_MEETING.includes(op.refused?.code ?? "");
    if (!lost || this.#rescued.has(op.key)) return;
    this.#rescued.add(op.key);
    // Another tab sees the same: both give it the same new name, and the server keeps one.
    void this.add(op.draft.text, null, `${op.id.slice(0, 60)}-own`).then(() => this.outbox.discard(op.key));
  }
}

/** @param {ShownNote} note @param {string} text @returns {{id:string, text:string, meeting_id:string|null}} */
const draftOf = ({ id, meeting_id }, text) => ({ id, text, meeting_id });
