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
const NO_SUCH_TILE = "no_such_tile";

/** @param {PageRef} ref */
const pageOf = (ref) => pageKey(ref, 0);

/** @param {PageRef} ref @param {Tile} tile */
const keyOf = (ref, tile) => `${pageOf(ref)}/${tileName(tile)}`;

/** @param {Response} response @returns {Promise<unknown>} the code of a problem, if it is one of the server's own */
async function codeOf(response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return null;
  return (await response.json())?.code;
}

export class TileBytes {
  /** The ones used last come last. @type {Map<string, Blob>} */ #kept = new Map();
  #bytes = 0;
  /** How often each paper was forgotten. @type {Map<string, number>} */ #forgotten = new Map();
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

  /** @param {PageRef} ref @param {Tile} tile @returns {boolean} whether it can be had without asking */
  has(ref, tile) {
    return this.#kept.has(keyOf(ref, tile));
  }

  /**
   * @param {PageRef} ref @param {Tile} tile @param {AbortSignal} signal
   * @returns {Promise<TileAnswer>} of no meaning when aborted; nothing is kept then
   */
  async get(ref, tile, signal) {
    const key = keyOf(ref, tile);
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return { picture: known };
    }
    const forgotten = this.#forgotten.get(ref.document_id);
    try {
      const response = await this.#request(ref, tile, signal);
      if (response.status !== 200) return await this.#refused(ref, tile, response, signal);
      const picture = await response.blob();
      if (this.#forgotten.get(ref.document_id) !== forgotten) return { no: "right" };
      if (!signal.aborted) this.#keep(key, picture);
      return { picture };
    } catch (error) {
      if (!signal.aborted) console.warn("a tile did not come:", error);
      return { no: "line" };
    }
  }

  /** @param {string} documentId */
  forget(documentId) {
    this.#forgotten.set(documentId, (this.#forgotten.get(documentId) ?? 0) + 1);
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

  /** @param {PageRef} ref @param {Tile} tile @param {Response} response @param {AbortSignal} signal @returns {Promise<TileAnswer>} */
  async #refused(ref, { width }, response, signal) {
    const { status } = response;
    if (status === 204) return this.#enoughFrom(ref, width);
    const wait = Number(response.headers.get("Retry-After"));
    if (wait > 0) return { later: wait * 1000 };
    if (status >= 500 || status === 408 || status === 429) return { no: "line" };
    if ([401, 403, 410].includes(status)) return { no: "right" };
    // The paper was taken away, or the page has no such tile.
    if (status === 404 && (await codeOf(response)) !== NO_SUCH_TILE) return { no: "right" };
    // Too heavy or broken at this level: asking again gives the same.
    return signal.aborted ? { no: "line" } : this.#enoughFrom(ref, width);
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
    return fetch(path, { signal, credentials: "same-origin", cache: "no-store", priority: "low" });
  }
}
