/** Web storage for one user; falls back to memory where the browser refuses storage. */
import { storageKey } from "./boot.js";

/** Storage with keys that are specific to the user and the mount path. */
export class WebStorage {
  /** @type {Map<string, string>} */ #fallback = new Map();

  /** @param {() => Storage} storage called on each use: a browser may refuse access to it */
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
