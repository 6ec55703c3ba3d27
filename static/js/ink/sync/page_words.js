/** Words of pages with their boxes, fetched when text is marked; the most recent pages are cached. */

/** @typedef {import("../model/page_text.js").Word} Word */
/** @typedef {{document_id:string, version:number, page:number}} Place */

const REMEMBERED = 60;

export class PageWords {
  /** @type {Map<string, Promise<Word[]>>} */ #pages = new Map();

  /** @param {{get(path: string): Promise<any>}} api */
  constructor(api) {
    this.api = api;
  }

  /** @param {Place} place @returns {Promise<Word[]>} in reading order; rejects with the error of `api` */
  of({ document_id, version, page }) {
    const path = `/documents/${encodeURIComponent(document_id)}/versions/${version}/pages/${page}/text`;
    const known = this.#pages.get(path);
    const words = known ?? this.#ask(path);
    this.#pages.delete(path);
    this.#pages.set(path, words);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > REMEMBERED && oldest !== undefined) this.#pages.delete(oldest);
    return words;
  }

  /** @param {string} path */
  async #ask(path) {
    try {
      return (await this.api.get(path)).words;
    } catch (error) {
      this.#pages.delete(path);
      throw error;
    }
  }
}
