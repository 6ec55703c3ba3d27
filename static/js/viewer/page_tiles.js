/**
 * Sharp tiles over the picture of a page that is zoomed beyond it: fetched when the page rests, for what
 * is seen, the middle first. The picture below stays, a tile appears whole, and the tiles of the level
 * before stay until those of the new one stand.
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

/** Tiles farther out of sight than this are let go, in desks. */
const KEPT_BEYOND = 0.5;
/** Out of sight nothing is kept beyond so many times the pixels of the viewportSize: tablets are short of memory. */
const MOST_SIZES = 2;
/** Who leafs on keeps the zoom: tiles are for pages that are stayed on. */
const TURNED_MS = 300;

export class PageTiles {
  /** @type {PageRef|null} */ #ref = null;
  /** @type {Size} */ #size = { w: 1, h: 1 };
  /** By its width; the one wanted is the last. @type {Map<number, TileLevel>} */ #levels = new Map();
  /** The tiles seen, of the level wanted. @type {Tile[]} */ #seen = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #turned;

  /**
   * @param {{bytes: import("./tile_bytes.js").TileBytes, transform: () => Transform, busy: () => boolean,
   *   random?: () => number}} options `busy`: whether a hand writes, which is not to be held up
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

  /** @param {PageRef} ref @param {Size} size points Another page lies on the desk. */
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

  /** The page is moved: what is not asked for yet waits until it rests. */
  pause() {
    this.queue.pause();
    clearTimeout(this.#turned);
  }

  /** The page came to rest, or the desk has another size. */
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

  /** @param {PageRef} ref @param {Transform} transform @returns {number|null} the level to show, if any */
  #wanted(ref, transform) {
    // A fitted page is leafed through: on a large display tiles would cost much and show hardly more.
    if (transform.view.zoom <= NOT_ZOOMED) return null;
    return levelFor(needed(transform), wholeWidth(this.#size, Math.max(...RESOLUTIONS)), this.bytes.levels(ref));
  }

  /** @param {number} width @returns {TileLevel} over the others */
  #levelOf(width) {
    const level = this.#levels.get(width) ?? new TileLevel(width, this.#size, this.transform().base);
    this.#levels.delete(width);
    this.#levels.set(width, level);
    if (this.element.lastElementChild !== level.element) this.element.append(level.element);
    return level;
  }

  /** @returns {TileLevel[]} the one wanted first, then those shown before */
  get #fromTop() {
    return [...this.#levels.values()].reverse();
  }

  /** @param {Tile} tile @param {AbortSignal} signal @returns {Promise<Outcome>} of no meaning when aborted */
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
    // While the page moves or a hand writes nothing is decoded or put; the bytes are kept.
    const still = () => !signal.aborted && this.queue.going && !this.busy();
    if (!level || !still()) return "held";
    const share = () => shrunk(needed(this.transform()), tile.width);
    if (!(await level.put(tile, picture, share(), still))) return "held";
    this.#uncover();
    // It may have been zoomed meanwhile.
    return level.fits(tile, share()) ? "done" : "held";
  }

  /** The paper may no longer be read. */
  #lost() {
    if (this.#ref) this.bytes.forget(this.#ref.document_id);
    this.clear();
  }

  /** What lies under tiles that stand is of no use, nor is anything out of sight once all that is seen stands. */
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

  /** @param {number} share Lets go of what is far out of sight, and of more when there is no room for it beside what is seen. */
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
