/** Cache of the annotations of pages. The same list is returned until it changes. */
import { overlaid } from "./pending_changes.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/operations.js").Op} Op */
/** @typedef {import("../../live/annotations.js").PageMarks} PageMarks */
/** @typedef {{document_id:string, version:number, page:number}} Place */
/** @typedef {{page:PageMarks, version:number, list:Annotation[]}} Known */

/** Number of cached pages; the least recently used are dropped. */
const REMEMBERED = 40;

export class PageView {
  /** @type {Map<string, Known>} */ #pages = new Map();

  /** @param {import("./pending_changes.js").Me} me */
  constructor(me) {
    this.me = me;
  }

  /**
   * @param {PageMarks} page @param {{ops: Op[], version: number}} waiting pending operations; `version` counts their changes
   * @param {Place} place @returns {Annotation[]} the annotations in drawing order
   */
  list(page, waiting, place) {
    const key = `${place.document_id}/${place.version}/${place.page}`;
    const known = this.#pages.get(key);
    if (known?.page === page && known.version === waiting.version) return known.list;
    const list = kept(known?.list, overlaid(page, waiting.ops, place, this.me));
    this.#pages.delete(key);
    this.#pages.set(key, { page, version: waiting.version, list });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > REMEMBERED && oldest !== undefined) this.#pages.delete(oldest);
    return list;
  }
}

/** @param {Annotation[]|undefined} before @param {Annotation[]} now @returns {Annotation[]} `before` if nothing changed */
function kept(before, now) {
  return before?.length === now.length && before.every((one, at) => one === now[at]) ? before : now;
}
