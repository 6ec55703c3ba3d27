/**
 * Of whom it is said that they write on the common page: whoever began last. Somebody who goes on writing
 * is not announced again, also when the line was closed. Pure.
 */

/** After a pause this long somebody begins anew. */
const PAUSE_MS = 5000;

export class WriterWatch {
  /** When each person was last seen writing, ms. @type {Map<string, number>} */ #last = new Map();
  /** Whose line stands. @type {string|null} */ #shown = null;

  /** @param {string} author @param {number} at when something of theirs came, ms @returns {"show"|"renew"|"nothing"} */
  heard(author, at) {
    const last = this.#last.get(author) ?? -Infinity;
    if (at <= last) return "nothing";
    this.#last.set(author, at);
    if (this.#shown === author) return "renew";
    if (at - last <= PAUSE_MS) return "nothing";
    this.#shown = author;
    return "show";
  }

  /** @param {string} author whose line was closed, or stood long enough */
  gone(author) {
    if (this.#shown === author) this.#shown = null;
  }

  /** @param {string} author about whom something was done: what comes now is news */
  acted(author) {
    this.gone(author);
    this.#last.delete(author);
  }
}
