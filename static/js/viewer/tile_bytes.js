/**
 * The bytes of tiles: the ones used last are kept in memory, none on the disk. It also knows of which
 * pages there is nothing sharper.
 */
import { pageKey } from "./page_bytes.js";
import { TILE_WIDTHS, tileName } from "./tile_math.js";

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./tile_math.js").Tile} Tile */
/**
 * @typedef {{picture: Blob} | {later: number} | {no: "sharper"|"right"|"line"}} TileAnswer
 *   `later`: it is being made, ask again after so many milliseconds; `no`: there is nothing sharper for this page at
 *   this level, it may not be read, or the server did not answer
 */

const MOST_BYTES = 12e6;

/** @param {PageRef} ref */
const pageOf = (ref) => pageKey(ref, 0);

export class TileBytes {
  /** The ones used last come last. @type {Map<string, Blob>} */ #kept = new Map();
  #bytes = 0;
  /** From which level on there is nothing sharper, for each page that was asked. @type {Map<string, number>} */
  #enough = new Map();

  /** @param {string} root @param {number} [most] bytes kept */
  constructor(root, most = MOST_BYTES) {
    this.root = root;
    this.most = most;
  }

  /** @param {PageRef} ref @returns {number[]} the levels that may show more, ascending */
  levels(ref) {
    const enough = this.#enough.get(pageOf(ref)) ?? Infinity;
    return TILE_WIDTHS.filter((width) => width < enough);
  }

  /**
   * @param {PageRef} ref @param {Tile} tile @param {AbortSignal} signal
   * @returns {Promise<TileAnswer>} of no meaning when aborted; nothing is kept then
   */
  async get(ref, tile, signal) {
    const key = `${pageOf(ref)}/${tileName(tile)}`;
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return { picture: known };
    }
    try {
      const response = await this.#request(ref, tile, signal);
      if (response.status !== 200) return this.#refused(ref, tile, response);
      const picture = await response.blob();
      if (!signal.aborted) this.#keep(key, picture);
      return { picture };
    } catch (error) {
      if (!signal.aborted) console.warn("a tile did not come:", error);
      return { no: "line" };
    }
  }

  /** @param {string} documentId */
  forget(documentId) {
    const prefix = `${documentId}/`;
    for (const [key, blob] of this.#kept) if (key.startsWith(prefix)) this.#drop(key, blob);
    for (const key of this.#enough.keys()) if (key.startsWith(prefix)) this.#enough.delete(key);
  }

  clear() {
    this.#kept.clear();
    this.#bytes = 0;
  }

  /** @param {string} key @param {Blob} blob */
  #drop(key, blob) {
    this.#kept.delete(key);
    this.#bytes -= blob.size;
  }

  /** @param {string} key @param {Blob} blob */
  #keep(key, blob) {
    this.#kept.set(key, blob);
    this.#bytes += blob.size;
    for (const [oldest, its] of this.#kept) {
      if (this.#bytes <= this.most) break;
      this.#drop(oldest, its);
    }
  }

  /** @param {PageRef} ref @param {Tile} tile @param {Response} response @returns {TileAnswer} */
  #refused(ref, { width }, response) {
    if (response.status === 204) return this.#enoughFrom(ref, width);
    const wait = Number(response.headers.get("Retry-After"));
    if (wait > 0) return { later: wait * 1000 };
    if (response.status >= 500) return { no: "line" };
    // Too heavy a page, or one that has no such tile: asking again gives the same.
    return [401, 403, 410].includes(response.status) ? { no: "right" } : this.#enoughFrom(ref, 0);
  }

  /** @param {PageRef} ref @param {number} width @returns {TileAnswer} */
  #enoughFrom(ref, width) {
    const page = pageOf(ref);
    this.#enough.set(page, Math.min(width, this.#enough.get(page) ?? Infinity));
    return { no: "sharper" };
  }

  /** @param {PageRef} ref @param {Tile} tile @param {AbortSignal} signal */
  #request(ref, tile, signal) {
    const path = `${this.root}/api/v1/documents/${ref.document_id}/versions/${ref.version}/pages/${ref.page}/tiles/${tileName(tile)}`;
    return fetch(path, { signal, credentials: "same-origin", cache: "no-store" });
  }
}
