/**
 * Page images of one person in IndexedDB. A stored page needs no request and can be read offline. Sign-out erases
 * all pages; the recall of a document erases its pages.
 */
import { deleteDB, openDB } from "idb";
import { victims } from "./lru.js";

/**
 * @typedef {{key:string, paper:string, bytes:ArrayBuffer, type:string, etag:string|null}} StoredPage
 * @typedef {{key:string, paper:string, bytes:number, used:number}} Use
 * @typedef {{get(key:string):Promise<StoredPage|null>, put(page:StoredPage):Promise<void>,
 *   erasePaper(paper:string):Promise<void>, erase():Promise<void>}} PageStore
 */

const LIMIT_BYTES = 400 * 1024 * 1024;
const MEMORY_LIMIT_BYTES = 60 * 1024 * 1024;
const TOUCH_AFTER_MS = 10 * 60 * 1000;

/**
 * @param {string} root @param {string} userId @returns {string} name of the database of one person at one application root
 */
export const storeName = (root, userId) => `dienhong:${root}:${userId}:pages`;

/** @param {string} name @returns {Promise<PageStore>} in memory if IndexedDB cannot be opened */
export async function openPageStore(name) {
  try {
    const db = await openDB(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("pages", { keyPath: "key" });
        fresh.createObjectStore("uses", { keyPath: "key" });
      },
    });
    return new IdbPages(name, db, LIMIT_BYTES);
  } catch (error) {
    console.warn("pages are kept in memory only:", error);
    return new PagesInMemory(MEMORY_LIMIT_BYTES);
  }
}

/** @implements {PageStore} */
class IdbPages {
  #total = -1;

  /** @param {string} name @param {import("idb").IDBPDatabase} db @param {number} limit bytes */
  constructor(name, db, limit) {
    this.name = name;
    this.db = db;
    this.limit = limit;
  }

  /** @param {string} key @returns {Promise<StoredPage|null>} */
  async get(key) {
    const page = await this.db.get("pages", key);
    if (page) void this.#touch(page);
    return page ?? null;
  }

  /** @param {StoredPage} page */
  async put(page) {
    const size = page.bytes.byteLength;
    const write = this.db.transaction(["pages", "uses"], "readwrite");
    void write.objectStore("pages").put(page);
    void write.objectStore("uses").put({ key: page.key, paper: page.paper, bytes: size, used: Date.now() });
    await write.done;
    this.#total = this.#total < 0 ? await this.#measure() : this.#total + size;
    if (this.#total > this.limit) await this.#shrink();
  }

  /** @param {string} paper */
  async erasePaper(paper) {
    const uses = await this.#uses();
    await this.#drop(uses.filter((use) => use.paper === paper).map((use) => use.key));
  }

  async erase() {
    this.db.close();
    await deleteDB(this.name);
  }

  /** @param {StoredPage} page */
  async #touch(page) {
    const use = await this.db.get("uses", page.key);
    if (use && Date.now() - use.used < TOUCH_AFTER_MS) return;
    const bytes = page.bytes.byteLength;
    await this.db.put("uses", { key: page.key, paper: page.paper, bytes, used: Date.now() });
  }

  /** @returns {Promise<Use[]>} */
  #uses() {
    return this.db.getAll("uses");
  }

  async #measure() {
    return (await this.#uses()).reduce((sum, use) => sum + use.bytes, 0);
  }

  async #shrink() {
    // A tenth below the limit, so that the next pages do not shrink it again.
    await this.#drop(victims(await this.#uses(), this.limit * 0.9));
    this.#total = await this.#measure();
  }

  /** @param {string[]} keys */
  async #drop(keys) {
    const write = this.db.transaction(["pages", "uses"], "readwrite");
    for (const key of keys) {
      void write.objectStore("pages").delete(key);
      void write.objectStore("uses").delete(key);
    }
    await write.done;
    this.#total = -1;
  }
}

/** @implements {PageStore} */
export class PagesInMemory {
  /** @type {Map<string, StoredPage & {used:number}>} */ #pages = new Map();

  /** @param {number} limit bytes */
  constructor(limit) {
    this.limit = limit;
  }

  /** @param {string} key @returns {Promise<StoredPage|null>} */
  async get(key) {
    const page = this.#pages.get(key);
    if (page) page.used = performance.now();
    return page ?? null;
  }

  /** @param {StoredPage} page */
  async put(page) {
    this.#pages.set(page.key, { ...page, used: performance.now() });
    const kept = [...this.#pages.values()].map(({ key, bytes, used }) => ({ key, bytes: bytes.byteLength, used }));
    for (const key of victims(kept, this.limit)) this.#pages.delete(key);
  }

  /** @param {string} paper */
  async erasePaper(paper) {
    for (const page of [...this.#pages.values()]) if (page.paper === paper) this.#pages.delete(page.key);
  }

  async erase() {
    this.#pages.clear();
  }
}
