/** Undo and redo histories per document, for the lifetime of this page. */
import { did, nothingDone, redo, renamed, undo } from "./history.js";

/** @typedef {import("./history.js").History} History */
/** @typedef {import("./history.js").Step} Step */
/** @typedef {import("./history.js").Work} Work */
/** @typedef {import("./history.js").Find} Find */

export class Histories {
  /** @type {Map<string, History>} */ #histories = new Map();

  /** @param {string} documentId @param {Step} step */
  did(documentId, step) {
    this.#histories.set(documentId, did(this.#of(documentId), step));
  }

  /** @param {string} documentId @param {Find} find @returns {Work|null} the changes that undo the last step */
  undo(documentId, find) {
    return this.#store(documentId, undo(this.#of(documentId), find));
  }

  /** @param {string} documentId @param {Find} find @returns {Work|null} the changes that redo it */
  redo(documentId, find) {
    return this.#store(documentId, redo(this.#of(documentId), find));
  }

  /** @param {string} documentId */
  canUndo(documentId) {
    return this.#of(documentId).done.length > 0;
  }

  /** @param {string} documentId */
  canRedo(documentId) {
    return this.#of(documentId).undone.length > 0;
  }

  /** @param {string} documentId @param {string} from @param {string} to the new id of a restored annotation */
  renamed(documentId, from, to) {
    this.#histories.set(documentId, renamed(this.#of(documentId), from, to));
  }

  /** @param {string} documentId @param {{history: History, work: Work|null}} result */
  #store(documentId, { history, work }) {
    this.#histories.set(documentId, history);
    return work;
  }

  /** @param {string} documentId */
  #of(documentId) {
    return this.#histories.get(documentId) ?? nothingDone;
  }
}
