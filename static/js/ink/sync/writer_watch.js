/**
 * Decides whose writing on the shared page is announced: the person who began last. A person who continues
 * to write is not announced again, even after the message was closed. Pure.
 */

/** After a pause of this length, a person is announced again. */
const PAUSE_MS = 5000;

export class WriterWatch {
  /** When each person was last seen writing, ms. @type {Map<string, number>} */ #last = new Map();
  /** The author in the message shown. @type {string|null} */ #shown = null;

  /** @param {string} author @param {number} at time of the update, ms @returns {"show"|"renew"|"nothing"} */
  heard(author, at) {
    const last = this.#last.get(author) ?? -Infinity;
    if (at <= last) return "nothing";
    this.#last.set(author, at);
    if (this.#shown === author) return "renew";
    if (at - last <= PAUSE_MS) return "nothing";
    this.#shown = author;
    return "show";
  }

  /** @param {string} author whose message was closed or has expired */
  gone(author) {
    if (this.#shown === author) this.#shown = null;
  }

  /** @param {string} author about whom an action was taken; further writing is announced again */
  acted(author) {
    this.gone(author);
    this.#last.delete(author);
  }
}
