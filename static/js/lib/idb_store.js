/**
 * Small records in IndexedDB. `update` reads, changes and writes a whole record in one transaction, so that two
 * tabs do not overwrite each other's changes. Where storage is refused or the disk is full, records are held
 * in memory.
 */
import { deleteDB, openDB } from "idb";

/**
 * @typedef {{
 *   get(key: string): Promise<any>,
 *   all(): Promise<any[]>,
 *   update<T>(key: string, change: (now: T|undefined) => T|undefined): Promise<T|undefined>,
 *   updateAll<T>(change: (now: T[]) => Record<string, T|undefined>): Promise<void>,
 *   erase(): Promise<void>,
 * }} Records `change` must be pure, because it may run twice; undefined deletes the record. In `updateAll` it
 *   returns only the records to write, by key
 */

const STORE = "records";

/** @param {string} name of the database @returns {Promise<Records>} */
export async function openRecords(name) {
  try {
    const db = await openDB(name, 1, {
      upgrade: (fresh) => void fresh.createObjectStore(STORE),
      // Another tab deletes the database. Later changes in this tab stay in memory.
      blocking: (_now, _next, event) => /** @type {IDBDatabase} */ (event.target).close(),
    });
    return new IdbRecords(name, db);
  } catch (error) {
    console.warn(`${name} is kept in memory only:`, error);
    return new MemoryRecords();
  }
}

/** Deletes a database that is not open in this tab. @param {string} name */
export const eraseRecords = (name) => deleteDB(name);

/** @implements {Records} */
class IdbRecords {
  /** @type {Promise<MemoryRecords>|null} replaces the database after it failed */ #memory = null;

  /** @param {string} name @param {import("idb").IDBPDatabase} db */
  constructor(name, db) {
    this.name = name;
    this.db = db;
  }

  /** @param {string} key @returns {Promise<any>} */
  get(key) {
    return this.#withFallback(() => this.db.get(STORE, key), (memory) => memory.get(key));
  }

  /** @returns {Promise<any[]>} */
  all() {
    return this.#withFallback(() => this.db.getAll(STORE), (memory) => memory.all());
  }

  /**
   * @template T
   * @param {string} key @param {(now: T|undefined) => T|undefined} change @returns {Promise<T|undefined>}
   */
  update(key, change) {
    return this.#withFallback(() => this.#updateInDatabase(key, change), (memory) => memory.update(key, change));
  }

  /**
   * @template T
   * @param {(now: T[]) => Record<string, T|undefined>} change @returns {Promise<void>}
   */
  updateAll(change) {
    return this.#withFallback(() => this.#updateAllInDatabase(change), (memory) => memory.updateAll(change));
  }

  async erase() {
    this.db.close();
    await deleteDB(this.name);
  }

  /**
   * @template T
   * @param {string} key @param {(now: T|undefined) => T|undefined} change
   */
  async #updateInDatabase(key, change) {
    // Strict durability: data is on disk before it is sent, so that a power loss loses nothing.
    const write = this.db.transaction(STORE, "readwrite", { durability: "strict" });
    const next = change(await write.store.get(key));
    await Promise.all([next === undefined ? write.store.delete(key) : write.store.put(next, key), write.done]);
    return next;
  }

  /**
   * @template T
   * @param {(now: T[]) => Record<string, T|undefined>} change
   */
  async #updateAllInDatabase(change) {
    const write = this.db.transaction(STORE, "readwrite", { durability: "strict" });
    const changes = Object.entries(change(await write.store.getAll()));
    await Promise.all([
      ...changes.map(([key, next]) => (next === undefined ? write.store.delete(key) : write.store.put(next, key))), write.done,
    ]);
  }

  /**
   * @template T
   * @param {() => Promise<T>} kept @param {(memory: MemoryRecords) => Promise<T>} otherwise
   * @returns {Promise<T>}
   */
  async #withFallback(kept, otherwise) {
    if (!this.#memory) {
      try {
        return await kept();
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        console.warn(`${this.name} is kept in memory from now on:`, error);
        this.#memory ??= this.#fallback();
      }
    }
    return otherwise(await this.#memory);
  }

  /** @returns {Promise<MemoryRecords>} with the records that can still be read */
  async #fallback() {
    const memory = new MemoryRecords();
    try {
      const [keys, values] = [await this.db.getAllKeys(STORE), await this.db.getAll(STORE)];
      for (const [at, key] of keys.entries()) await memory.update(String(key), () => values[at]);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
    return memory;
  }
}

/** @implements {Records} */
export class MemoryRecords {
  /** @type {Map<string, any>} */ #kept = new Map();

  /** @param {string} key @returns {Promise<any>} */
  async get(key) {
    return structuredClone(this.#kept.get(key));
  }

  /** @returns {Promise<any[]>} */
  async all() {
    return structuredClone([...this.#kept.values()]);
  }

  /**
   * @template T
   * @param {string} key @param {(now: T|undefined) => T|undefined} change @returns {Promise<T|undefined>}
   */
  async update(key, change) {
    const next = structuredClone(change(structuredClone(this.#kept.get(key))));
    if (next === undefined) this.#kept.delete(key);
    else this.#kept.set(key, next);
    return structuredClone(next);
  }

  /**
   * @template T
   * @param {(now: T[]) => Record<string, T|undefined>} change @returns {Promise<void>}
   */
  async updateAll(change) {
    for (const [key, next] of Object.entries(structuredClone(change(structuredClone([...this.#kept.values()]))))) {
      if (next === undefined) this.#kept.delete(key);
      else this.#kept.set(key, next);
    }
  }

  async erase() {
    this.#kept.clear();
  }
}
