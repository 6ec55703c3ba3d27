/**
 * The bytes of tiles, with a least-recently-used cache in memory. Also stores for which pages no sharper level exists.
 */
import { pageKey } from "./page_bytes.js";
import { TILE_WIDTHS, tileName } from "./tile_math.js";

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./tile_math.js").Tile} Tile */
/**
 * @typedef {{picture: Blob} | {later: number} | {no: "sharper"|"right"|"line"}} TileAnswer
 *   `later`: it is being rendered, retry after this many milliseconds; `no`: "sharper": nothing sharper exists for this page
 *   at this level; "right": it may not be read; "line": the server did not answer
 */

const MOST_BYTES = 12e6;
const NO_SUCH_TILE = "no_such_tile";

/** @param {PageRef} ref */
const pageOf = (ref) => pageKey(ref, 0);

/** @param {PageRef} ref @param {Tile} tile */
const keyOf = (ref, tile) => `${pageOf(ref)}/${tileName(tile)}`;

/** @param {Response} response @returns {Promise<unknown>} the error code, if the server sent JSON */
async function codeOf(response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return null;
  return (await response.json())?.code;
}

export class TileBytes {
  /** Least recently used first. @type {Map<string, Blob>} */ #kept = new Map();
  #bytes = 0;
  /** How often `forget` was called for each document. @type {Map<string, number>} */ #forgotten = new Map();
  /** Lowest level without sharper tiles, by page. @type {Map<string, number>} */
  #enough = new Map();

  /** @param {string} root @param {number} [most] bytes in the cache */
  constructor(root, most = MOST_BYTES) {
    this.root = root;
    this.most = most;
  }

  /** @param {PageRef} ref @returns {number[]} levels that may be sharper, ascending */
  levels(ref) {
    const enough = this.#enough.get(pageOf(ref)) ?? Infinity;
    return TILE_WIDTHS.filter((width) => width < enough);
  }

  /** @param {PageRef} ref @param {Tile} tile @returns {boolean} whether it is cached */
  has(ref, tile) {
    return this.#kept.has(keyOf(ref, tile));
  }

  /**
   * @param {PageRef} ref @param {Tile} tile @param {AbortSignal} signal
   * @returns {Promise<TileAnswer>} meaningless and not cached when aborted
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
    // The document was recalled; else the page has no such tile.
    if (status === 404 && (await codeOf(response)) !== NO_SUCH_TILE) return { no: "right" };
    // Rendering at this level is refused or fails; a retry gives the same result.
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
