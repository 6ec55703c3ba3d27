/**
 * Annotations of documents as the server has them: loaded when a document is shown, updated by the
 * room's events, and cached on the device, so that a reload without a network shows the last known ones.
 */
import { ask } from "../../lib/fetch_with_timeout.js";
import { Backoff } from "../../lib/backoff.js";
import { answeredPut, answeredRemoved, forgotten, loaded, loading, pageKey } from "../../live/annotations.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */
/** @typedef {import("../../live/annotations.js").PageMarks} PageMarks */
/** @typedef {import("./stored_documents.js").Pages} Pages */
/** @typedef {{readonly room: Room|null, change(change: (room: Room) => Room): void}} Line */
/** @typedef {{id:string, version:number, page:number}} Spot */

const ANSWER_WITHIN_MS = 30_000;
/** The cache on the device is read only if the network takes longer than this. */
const READ_CACHE_AFTER_MS = 800;
const SOON_MS = 300;
/** @type {import("../../lib/backoff.js").Options} */
const BACKOFF = { first: 3000, longest: 60_000, jitter: [0.75, 1.25] };

/** This person may not read the document, or it is deleted: its cache is erased. */
const NOT_READABLE = [403, 404, 410];

/** @type {Pages} */
const NOTHING = {};

export class DocumentAnnotations {
  /** Last known annotations by document, shown while they are reloaded or offline. @type {Map<string, Pages>} */ #last = new Map();
  /** @type {Set<string>} */ #loading = new Set();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #again;
  /** @type {Backoff} */ #backoff;
  #stopped = false;
  /** @type {string|null} */ #shown = null;

  /** @param {{line: Line, api: {get(path: string, options?: object): Promise<any>}, kept: import("./stored_documents.js").StoredDocuments,
   *   changed: () => void, random?: () => number}} interfaces */
  constructor({ line, api, kept, changed, random = Math.random }) {
    this.line = line;
    this.api = api;
    this.kept = kept;
    this.changed = changed;
    this.#backoff = new Backoff(BACKOFF, random);
  }

  /** @param {string} documentId the document shown */
  show(documentId) {
    if (this.#shown === documentId) return;
    this.#shown = documentId;
    void this.#load(documentId);
    setTimeout(() => void this.#readCache(documentId), READ_CACHE_AFTER_MS);
  }

  /** @param {string} documentId @returns {Pages} */
  pages(documentId) {
    const paper = this.line.room?.annotations[documentId];
    return (paper && !paper.waiting ? paper.pages : this.#last.get(documentId)) ?? NOTHING;
  }

  /** @param {string} documentId @returns {boolean} whether the server's annotations are shown */
  isLoaded(documentId) {
    return this.line.room?.annotations[documentId]?.waiting === null;
  }

  /** Handles events. @param {boolean} fresh whether the room was replaced by a snapshot @param {RoomEvent[]} events */
  roomChanged(fresh, events) {
    for (const event of events) if (event.type === "document_removed") this.#erase(event.data.document_id);
    this.note();
    if (fresh && this.#shown) void this.#load(this.#shown);
  }

  /** Copies loaded annotations to the last known ones and to the cache. */
  note() {
    for (const [id, paper] of Object.entries(this.line.room?.annotations ?? {})) {
      if (paper.waiting || this.#last.get(id) === paper.pages) continue;
      this.#last.set(id, paper.pages);
      this.kept.note(id, paper.pages);
    }
  }

  /** The connection is restored. */
  joined() {
    this.#backoff.reset();
    if (this.#shown) void this.#load(this.#shown);
  }

  /** @param {string} documentId @param {Annotation[]} items answered by the server before the room's event arrives */
  put(documentId, items) {
    const change = (/** @type {PageMarks} */ marks, /** @type {Annotation} */ item) => ({ ...marks, [item.id]: item });
    this.#take(documentId, items, (room) => answeredPut(room, documentId, items), change);
  }

  /** @param {string} documentId @param {Spot[]} items */
  removed(documentId, items) {
    const change = (/** @type {PageMarks} */ marks, /** @type {Spot} */ { id }) => {
      const { [id]: _, ...left } = marks;
      return left;
    };
    this.#take(documentId, items, (room) => answeredRemoved(room, documentId, items), change);
  }

  /** Stops loading and caching. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#again);
    this.kept.stop();
  }

  /**
   * @template {Spot} T
   * @param {string} documentId @param {T[]} items @param {(room: Room) => Room} inRoom
   * @param {(marks: PageMarks, item: T) => PageMarks} onPage
   */
  #take(documentId, items, inRoom, onPage) {
    this.line.change(inRoom);
    if (this.isLoaded(documentId)) return this.note();
    // Sent by the outbox for a document that is not loaded: updates the last known pages and the cache.
    /** @type {Map<string, T[]>} */
    const byPage = new Map();
    for (const item of items) {
      const key = pageKey(item.version, item.page);
      byPage.set(key, [...(byPage.get(key) ?? []), item]);
    }
    for (const [key, own] of byPage) {
      const pages = this.#last.get(documentId);
      if (pages) this.#last.set(documentId, { ...pages, [key]: own.reduce(onPage, pages[key] ?? {}) });
      void this.kept.change(documentId, key, (marks) => own.reduce(onPage, marks));
    }
  }

  /** @param {string} documentId */
  async #readCache(documentId) {
    if (this.#last.has(documentId) || this.#stopped) return;
    const pages = await this.kept.read(documentId);
    if (!pages || this.#last.has(documentId) || this.#stopped) return;
    this.#last.set(documentId, pages);
    this.changed();
  }

  /** @param {string} documentId */
  async #load(documentId) {
    const { room } = this.line;
    if (!room || this.#stopped || this.#loading.has(documentId) || this.isLoaded(documentId)) return;
    this.#loading.add(documentId);
    this.line.change((now) => loading(now, documentId));
    const path = `/documents/${encodeURIComponent(documentId)}/annotations`;
    const { answer, trouble } = await ask((signal) => this.api.get(path, { signal }), ANSWER_WITHIN_MS);
    this.#loading.delete(documentId);
    if (this.#stopped) return;
    this.line.change((now) => (answer ? loaded(now, documentId, answer) : forgotten(now, documentId)));
    if (trouble && NOT_READABLE.includes(trouble.status)) this.#erase(documentId);
    else if (this.isLoaded(documentId)) this.#backoff.reset();
    // The answer does not match: the room was replaced by a snapshot in the meantime.
    else this.#loadLater(answer ? SOON_MS : BACKOFF.first);
    this.note();
    this.changed();
  }

  /** @param {number} first ms */
  #loadLater(first) {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      if (this.#shown) void this.#load(this.#shown);
    }, this.#backoff.next({ first }));
  }

  /** @param {string} documentId */
  #erase(documentId) {
    this.#last.delete(documentId);
    void this.kept.forget(documentId);
  }
}
