/**
 * Sharp tiles over the page image of a zoomed page. They are fetched for the visible part when the page is at rest,
 * the middle first. The page image stays below. Tiles of the previous level stay until those of the new one are shown.
 */
import { RESOLUTIONS } from "./page_source.js";
import { TileQueue } from "./tile_queue.js";
import { TileLevel } from "./tile_level.js";
import { levelFor, needed, partSeen, shrunk, tileName, tilesIn, touches, wholeWidth } from "./tile_math.js";
import { NOT_ZOOMED } from "./viewport_math.js";

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./tile_queue.js").Outcome} Outcome */
/** @typedef {import("./tile_math.js").Tile} Tile */
/** @typedef {import("../ink/canvas/region.js").Transform} Transform */
/** @typedef {import("./viewport_math.js").Size} Size */

/** Tiles farther outside the viewport than this are released, in viewport sizes. */
const KEPT_BEYOND = 0.5;
/** Limit of all tiles' pixels, in viewports, beyond which invisible tiles are released: tablets have little memory. */
const MOST_SIZES = 2;
/** Delay after a page turn, which keeps the zoom: no tiles are fetched for pages that are only passed. */
const TURNED_MS = 300;

export class PageTiles {
  /** @type {PageRef|null} */ #ref = null;
  /** @type {Size} */ #size = { w: 1, h: 1 };
  /** By width of the level; the current level is the last. @type {Map<number, TileLevel>} */ #levels = new Map();
  /** Visible tiles of the current level. @type {Tile[]} */ #seen = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #turned;

  /**
   * @param {{bytes: import("./tile_bytes.js").TileBytes, transform: () => Transform, busy: () => boolean,
   *   random?: () => number}} options `busy`: whether a stroke is in progress, which must not be delayed
   */
  constructor({ bytes, transform, busy, random = Math.random }) {
    this.bytes = bytes;
    this.transform = transform;
    this.busy = busy;
    this.queue = new TileQueue({
      bring: (tile, signal) => this.#bring(tile, signal),
      kept: (tile) => this.#ref !== null && bytes.has(this.#ref, tile),
      busy,
      random,
    });
    this.element = document.createElement("div");
    this.element.className = "leaf-tiles";
    this.element.setAttribute("aria-hidden", "true");
  }

  /** @param {PageRef} ref @param {Size} size points Shows another page. */
  show(ref, size) {
    this.clear();
    this.#ref = ref;
    this.#size = size;
    this.#turned = setTimeout(() => this.rest(), TURNED_MS);
  }

  clear() {
    this.pause();
    this.queue.resetBackoff();
    this.#ref = null;
    this.#release();
  }

  /** Call while the page moves: tiles not requested yet wait until it is at rest. */
  pause() {
    this.queue.pause();
    clearTimeout(this.#turned);
  }

  /** Call after the page stopped moving or the viewport was resized. */
  rest() {
    this.pause();
    if (!this.#ref) return;
    const transform = this.transform();
    const width = this.#wanted(this.#ref, transform);
    if (width === null) {
      this.#release();
      return;
    }
    for (const level of this.#levels.values()) level.lie(transform.base);
    const level = this.#levelOf(width);
    const share = shrunk(needed(transform), width);
    this.#seen = tilesIn(partSeen(transform), this.#size, width);
    this.queue.stop(new Set(this.#seen.map(tileName)));
    this.#keepNear(share);
    this.#uncover();
    this.queue.go(this.#seen.filter((tile) => !level.fits(tile, share)));
  }

  /** @param {PageRef} ref @param {Transform} transform @returns {number|null} width of the level to show; null: none */
  #wanted(ref, transform) {
    // No tiles for a fitted page: on a large display they cost much and add little.
    if (transform.view.zoom <= NOT_ZOOMED) return null;
    return levelFor(needed(transform), wholeWidth(this.#size, Math.max(...RESOLUTIONS)), this.bytes.levels(ref));
  }

  /** @param {number} width @returns {TileLevel} the level, above the others */
  #levelOf(width) {
    const level = this.#levels.get(width) ?? new TileLevel(width, this.#size, this.transform().base);
    this.#levels.delete(width);
    this.#levels.set(width, level);
    if (this.element.lastElementChild !== level.element) this.element.append(level.element);
    return level;
  }

  /** @returns {TileLevel[]} the current level first, then earlier ones */
  get #fromTop() {
    return [...this.#levels.values()].reverse();
  }

  /** @param {Tile} tile @param {AbortSignal} signal @returns {Promise<Outcome>} meaningless when aborted */
  async #bring(tile, signal) {
    const answer = await this.bytes.get(/** @type {PageRef} */ (this.#ref), tile, signal);
    if (signal.aborted) return "done";
    if ("picture" in answer) return this.#put(tile, answer.picture, signal);
    if ("later" in answer) return { failed: answer.later };
    if (answer.no === "line") return { failed: 0 };
    if (answer.no === "right") this.#lost();
    else if (this.queue.going) this.rest();
    return "done";
  }

  /** @param {Tile} tile @param {Blob} picture @param {AbortSignal} signal @returns {Promise<Outcome>} */
  async #put(tile, picture, signal) {
    const level = this.#levels.get(tile.width);
    // While the page moves or a stroke is in progress no tile is decoded or inserted; the bytes are cached.
    const still = () => !signal.aborted && this.queue.going && !this.busy();
    if (!level || !still()) return "held";
    const share = () => shrunk(needed(this.transform()), tile.width);
    if (!(await level.put(tile, picture, share(), still))) return "held";
    this.#uncover();
    // The zoom may have changed meanwhile.
    return level.fits(tile, share()) ? "done" : "held";
  }

  /** Removes all tiles of a document that may no longer be read. */
  #lost() {
    if (this.#ref) this.bytes.forget(this.#ref.document_id);
    this.clear();
  }

  /** Releases tiles of lower levels: covered ones, and all of them once every visible tile is shown. */
  #uncover() {
    const [level, ...below] = this.#fromTop;
    if (!level) return;
    const all = this.#seen.every((tile) => level.has(tile));
    for (const other of below) {
      other.keep((tile) => !level.covers(tile));
      if (!all) continue;
      other.release();
      this.#levels.delete(other.width);
    }
  }

  /** @param {number} share Releases tiles far outside the viewport, and other invisible tiles beyond the pixel limit. */
  #keepNear(share) {
    const transform = this.transform();
    const [near, part] = [partSeen(transform, KEPT_BEYOND), partSeen(transform)];
    /** @param {Tile} tile */
    const seen = (tile) => touches(tile, part, this.#size);
    const [, ...below] = this.#fromTop;
    let room = MOST_SIZES * transform.viewportSize.w * transform.viewportSize.h * transform.ratio ** 2;
    for (const { w, h } of this.#seen) room -= w * h * share * share;
    for (const level of below) room -= level.pixels(seen);
    for (const level of this.#fromTop) {
      level.keep((tile, pixels) => {
        if (seen(tile)) return true;
        if (room < pixels || !touches(tile, near, this.#size)) return false;
        room -= pixels;
        return true;
      });
    }
  }

  #release() {
    this.queue.stop();
    this.#seen = [];
    for (const level of this.#levels.values()) level.release();
    this.#levels.clear();
  }
}
