/** Data of the notes page: the current filters, and the documents and annotations loaded so far. */
import { ask } from "../../lib/fetch_with_timeout.js";

/** @typedef {import("./groups.js").Mark} Mark */
/** @typedef {import("../../lib/schemas.js").OwnPaper} WrittenPaper */
/** @typedef {{q:string, kind:string, document:string}} Filters `kind`: of an annotation, FREE, or "" for all */

/** Filter value for notes that are not on a page. */
export const FREE = "free";
const WITHIN_MS = 15_000;
/** Number of annotations loaded at once; more are loaded on request. */
const MOST_AT_ONCE = 2000;

export class Written {
  /** @type {Mark[]} newest first */ marks = [];
  /** @type {WrittenPaper[]} */ papers = [];
  /** @type {string|null} cursor of the next page */ next = null;
  loaded = false;
  /** Whether the shown list does not match the filters yet. */ loading = false;
  /** @type {string|null} message of the last error */ trouble = null;
  #request = 0;

  /** @param {{api: {get(path: string, options?: object): Promise<any>}, filters: Filters, changed: () => void}} options */
  constructor({ api, filters, changed }) {
    this.api = api;
    this.filters = filters;
    this.changed = changed;
  }

  get filtered() {
    return Boolean(this.filters.q || this.filters.kind || this.filters.document);
  }

  /** @param {Partial<Filters>} filters */
  narrow(filters) {
    this.filters = { ...this.filters, ...filters };
    return this.load();
  }

  async loadPapers() {
    const { answer } = await ask((signal) => this.api.get("/annotations/papers", { signal }), WITHIN_MS);
    if (answer) this.papers = answer.items;
    this.changed();
  }

  /** Loads from the start. The previous list stays visible until the response arrives. */
  async load() {
    this.#request += 1;
    const request = this.#request;
    this.next = null;
    this.loading = this.filters.kind !== FREE;
    if (this.loading) await this.#read(request, "", []);
    else this.#append(request, [], []);
  }

  /** Loads the next page of the list. */
  more() {
    return this.next ? this.#read(this.#request, this.next, this.marks) : Promise.resolve();
  }

  /** @param {number} request @param {string} after @param {Mark[]} before */
  async #read(request, after, before) {
    let all = before;
    for (let from = after; ;) {
      const reply = await ask((signal) => this.api.get(`/annotations?${this.#query(from)}`, { signal }), WITHIN_MS);
      // The filters have changed since the request.
      if (request !== this.#request) return;
      this.trouble = reply.trouble && (reply.trouble.detail || reply.trouble.code);
      this.loading = false;
      if (reply.trouble) break;
      all = this.#append(request, all, reply.answer.items);
      from = this.next = reply.answer.next;
      if (!from || all.length - before.length >= MOST_AT_ONCE) break;
    }
    this.changed();
  }

  /** @param {number} request @param {Mark[]} before @param {Mark[]} items @returns {Mark[]} */
  #append(request, before, items) {
    if (request !== this.#request) return before;
    this.loaded = true;
    this.trouble = null;
    this.marks = [...before, ...items];
    this.changed();
    return this.marks;
  }

  /** @param {string} after */
  #query(after) {
    const { q, kind, document } = this.filters;
    return new URLSearchParams(Object.entries({ q, kind, document_id: document, after }).filter(([, value]) => value));
  }
}

/** @param {string} search query string of a URL @returns {Filters} */
export function filtersFrom(search) {
  const query = new URLSearchParams(search);
  return { q: query.get("q") ?? "", kind: query.get("kind") ?? "", document: query.get("document") ?? "" };
}

/**
 * Query string with the filters, so that they are restored when the user comes back.
 * @param {Filters} filters @param {string} [search] current query string; its parameter `room` is kept @returns {string}
 */
export function searchOf(filters, search = "") {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  const room = new URLSearchParams(search).get("room");
  if (room) query.set("room", room);
  return query.size ? `?${query}` : "";
}
