/**
 * Cache of loaded documents on the device: each page is stored as text, which costs the least CPU time
 * while a person writes. Pages are written one at a time when the room is idle.
 */

/** @typedef {import("../../live/annotations.js").PageMarks} PageMarks */
/** @typedef {Record<string, PageMarks>} Pages by "version/page" */

const QUIET_MS = 4000;
/** Maximum delay in a room that is never idle. */
const AT_LAST_MS = 60_000;
const BETWEEN_PAGES_MS = 50;

/** @param {string} documentId */
const paperKey = (documentId) => `paper:${documentId}`;
/** @param {string} documentId @param {string} page */
const onePage = (documentId, page) => `page:${documentId}:${page}`;

export class StoredDocuments {
  /** @type {Map<string, Pages>} */ #latest = new Map();
  /** @type {Map<string, Pages>} pages as last written */ #written = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #since = 0;
  #writing = false;
  #stopped = false;

  /** @param {import("../../lib/idb_store.js").Records} records */
  constructor(records) {
    this.records = records;
  }

  /** @param {string} documentId @returns {Promise<Pages|null>} the cached pages */
  async read(documentId) {
    const keys = await this.#keysOf(documentId);
    if (!keys) return null;
    const texts = await Promise.all(keys.map((key) => this.records.get(onePage(documentId, key))));
    return Object.fromEntries(keys.map((key, at) => [key, JSON.parse(texts[at] ?? "{}")]));
  }

  /** @param {string} documentId @param {Pages} pages the current pages, written later */
  note(documentId, pages) {
    this.#latest.set(documentId, pages);
    this.#soon();
  }

  /**
   * Updates a page of a document that is not loaded, after the server applied a change.
   * @param {string} documentId @param {string} page @param {(marks: PageMarks) => PageMarks} change
   */
  async change(documentId, page, change) {
    const keys = await this.#keysOf(documentId);
    if (!keys || this.#stopped) return;
    if (!keys.includes(page)) await this.records.update(paperKey(documentId), () => ({ keys: [...keys, page] }));
    await this.records.update(onePage(documentId, page), (/** @type {string|undefined} */ text) => JSON.stringify(change(JSON.parse(text ?? "{}"))));
  }

  /** @param {string} documentId erases the document */
  async forget(documentId) {
    this.#latest.delete(documentId);
    this.#written.delete(documentId);
    const keys = await this.#keysOf(documentId);
    for (const key of keys ?? []) await this.records.update(onePage(documentId, key), () => undefined);
    await this.records.update(paperKey(documentId), () => undefined);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** @param {string} documentId @returns {Promise<string[]|null>} its pages */
  async #keysOf(documentId) {
    return (await this.records.get(paperKey(documentId)))?.keys ?? null;
  }

  #soon() {
    if (this.#stopped || this.#writing) return;
    if (this.#timer === undefined) this.#since = Date.now();
    clearTimeout(this.#timer);
    const left = Math.max(0, this.#since + AT_LAST_MS - Date.now());
    this.#timer = setTimeout(() => void this.#write(), Math.min(QUIET_MS, left));
  }

  async #write() {
    this.#timer = undefined;
    this.#writing = true;
    try {
      for (const documentId of this.#latest.keys()) await this.#writePaper(documentId);
    } finally {
      this.#writing = false;
    }
    if ([...this.#latest].some(([id, pages]) => this.#changed(id, pages).length)) this.#soon();
  }

  /** @param {string} documentId @param {Pages} pages @returns {string[]} pages that changed since they were written */
  #changed(documentId, pages) {
    const written = this.#written.get(documentId);
    return Object.keys(pages).filter((key) => pages[key] !== written?.[key]);
  }

  /** @param {string} documentId */
  async #writePaper(documentId) {
    const pages = this.#latest.get(documentId);
    if (!pages) return;
    const changed = this.#changed(documentId, pages);
    const before = this.#written.get(documentId);
    const gone = before ? Object.keys(before).filter((key) => !pages[key]) : [];
    if (before && !changed.length && !gone.length) return;
    this.#written.set(documentId, pages);
    await this.records.update(paperKey(documentId), () => ({ keys: Object.keys(pages) }));
    for (const key of changed) {
      // The document was removed or the person signed out in the meantime.
      if (this.#stopped || !this.#latest.has(documentId)) return;
      await this.records.update(onePage(documentId, key), () => JSON.stringify(pages[key]));
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_PAGES_MS));
    }
    for (const key of gone) await this.records.update(onePage(documentId, key), () => undefined);
  }
}
