/** The query, its results, and which of them is open. */
import { api } from "../lib/api.js";
import { ask } from "../lib/fetch_with_timeout.js";
import { count, t } from "../lib/words.js";

/** @typedef {import("../lib/schemas.js").FoundPage} FoundPage */
/** @typedef {import("../live/presentation.js").Place} Place */

/** Pause in typing after which the search starts. */
const PAUSE_MS = 350;

export class SearchController {
  /** What is in the field. */ query = "";
  /** @type {FoundPage[]|null} null: nothing was searched */ found = null;
  /** Index of the open result; -1: none. */ at = -1;
  /** A sentence when the search failed. */ trouble = "";
  /** Set by the owner. */ changed = () => {};
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  /** What was searched last. */ #searched = "";

  /**
   * @param {{path: string, open: (hit: FoundPage, query: string) => void, meetingOf?: (hit: FoundPage) => string | undefined, announce?: (sentence: string) => void}} scope
   *   path: of the route that searches; open: shows the page of a result; meetingOf: the title of its meeting, to be shown
   */
  constructor(scope) {
    this.scope = scope;
  }

  /** @param {string} query typed; a search follows when the person pauses */
  type(query) {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), PAUSE_MS);
    if (!query.trim()) this.clear();
  }

  /** Searches now. An older answer that arrives late is dropped. */
  async run() {
    clearTimeout(this.#timer);
    const query = this.query.trim();
    if (!query || query === this.#searched) return;
    this.#searched = query;
    const path = `${this.scope.path}?${new URLSearchParams({ q: query })}`;
    const { answer, trouble } = await ask((signal) => api.get(path, { signal }));
    if (query !== this.#searched) return;
    Object.assign(this, { found: answer?.items ?? null, at: -1, trouble: trouble ? trouble.detail || t("search.unavailable") : "" });
    if (trouble) this.#searched = "";
    else this.scope.announce?.(this.said);
    this.changed();
  }

  /** How many pages were found. */
  get said() {
    return this.found?.length ? count("search.pages", this.found.length) : t("search.nothing");
  }

  clear() {
    clearTimeout(this.#timer);
    this.#searched = "";
    Object.assign(this, { query: "", found: null, at: -1, trouble: "" });
    this.changed();
  }

  /** @param {number} index of a result */
  open(index) {
    const hit = this.found?.[index];
    if (!hit) return;
    this.at = index;
    this.scope.open(hit, this.#searched);
    this.changed();
  }

  /** @param {Place|null} place @returns {FoundPage["boxes"]} the places of the query on this page */
  boxesAt(place) {
    const here = this.found?.find((one) => one.document_id === place?.document_id && one.version === place?.version && one.page === place?.page);
    return here?.boxes ?? [];
  }
}
