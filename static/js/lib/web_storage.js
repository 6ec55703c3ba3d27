/** What this tablet remembers for one person; in memory alone where the browser keeps nothing. */
import { storageKey } from "./boot.js";

/** Storage under keys of this person and this address. */
export class WebStorage {
  /** @type {Map<string, string>} */ #fallback = new Map();

  /** @param {() => Storage} storage asked for on each use: a browser may refuse it altogether */
  constructor(storage) {
    this.storage = storage;
  }

  /** @param {string} key @returns {string|null} */
  get(key) {
    try {
      return this.storage().getItem(storageKey(key));
    } catch (error) {
      this.#refused(error);
      return this.#fallback.get(key) ?? null;
    }
  }

  /** @param {string} key @param {string} value */
  set(key, value) {
    try {
      this.storage().setItem(storageKey(key), value);
    } catch (error) {
      this.#refused(error);
      this.#fallback.set(key, value);
    }
  }

  /** @param {unknown} error */
  #refused(error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
