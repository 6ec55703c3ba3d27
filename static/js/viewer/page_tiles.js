/**
 * Sharp tiles over the picture of a page that is zoomed beyond it: fetched when the page rests, for what
 * is seen, the middle first. The picture below stays, a tile appears whole, and the tiles of the level
 * before stay until those of the new one stand.
 */
import { LADDER } from "./page_source.js";
import { levelFor, needed, partSeen, shrunk, tileName, tilesIn, touches } from "./tile_math.js";
import { TileLevel } from "./tile_level.js";

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./tile_math.js").Tile} Tile */
/** @typedef {import("./viewport_math.js").Size} Size */

const AT_ONCE = 4;
/** Tiles farther out of sight than this are let go, in desks. */
const KEPT_BEYOND = 0.5;
/** Out of sight nothing is kept beyond so many times the pixels of the desk: tablets are short of memory. */
const MOST_DESKS = 2;
/** Who leafs on keeps the zoom: tiles are for pages that are stayed on. */
const TURNED_MS = 300;

export class PageTiles {
  /** @type {PageRef|null} */ #ref = null;
  /** @type {Size} */ #size = { w: 1, h: 1 };
  /** By its width; the one wanted is the last. @type {Map<number, TileLevel>} */ #levels = new Map();
  /** The tiles seen, of the level wanted. @type {Tile[]} */ #seen = [];
  /** @type {Tile[]} */ #queue = [];
  /** @type {Map<string, AbortController>} */ #running = new Map();
  #resting = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;

  /** @param {import("./tile_bytes.js").TileBytes} bytes @param {() => import("../ink/region.js").Standing} standing */
  constructor(bytes, standing) {
    this.bytes = bytes;
    this.standing = standing;
    this.element = document.createElement("div");
    this.element.className = "leaf-tiles";
    this.element.setAttribute("aria-hidden", "true");
  }

  /** @param {PageRef} ref @param {Size} size points Another page lies on the desk. */
  show(ref, size) {
    this.clear();
    this.#ref = ref;
    this.#size = size;
    this.#later(TURNED_MS);
  }

  clear() {
    this.pause();
    this.#ref = null;
    this.#letGo();
  }

  /** The page is moved: what is not asked for yet waits until it rests. */
  pause() {
    this.#resting = false;
    this.#queue = [];
    clearTimeout(this.#timer);
  }

  /** The page came to rest, or the desk has another size. */
  rest() {
    this.pause();
    if (!this.#ref) return;
    this.#resting = true;
    const standing = this.standing();
    const width = levelFor(needed(standing), Math.max(...LADDER), this.bytes.levels(this.#ref));
    if (width === null) {
      this.#letGo();
      return;
    }
    for (const level of this.#levels.values()) level.lie(standing.base);
    const level = this.#levelOf(width);
    const share = shrunk(needed(standing), width);
    this.#seen = tilesIn(partSeen(standing), this.#size, width);
    this.#queue = this.#seen.filter((tile) => !level.fits(tile, share));
    this.#stop(new Set(this.#seen.map(tileName)));
    this.#keepNear(share);
    this.#settle();
    this.#pump();
  }

  /** @param {number} width @returns {TileLevel} over the others */
  #levelOf(width) {
    const level = this.#levels.get(width) ?? new TileLevel(width, this.#size, this.standing().base);
    this.#levels.delete(width);
    this.#levels.set(width, level);
    if (this.element.lastElementChild !== level.element) this.element.append(level.element);
    return level;
  }

  /** @returns {TileLevel|undefined} the one wanted */
  get #level() {
    return [...this.#levels.values()].at(-1);
  }

  #pump() {
    while (this.#running.size < AT_ONCE) {
      const tile = this.#queue.shift();
      if (!tile) return;
      if (!this.#running.has(tileName(tile))) void this.#bring(tile);
    }
  }

  /** @param {Tile} tile */
  async #bring(tile) {
    const stop = new AbortController();
    const name = tileName(tile);
    this.#running.set(name, stop);
    try {
      await this.#fetch(tile, stop.signal);
    } catch (error) {
      console.warn("a tile cannot be shown:", error);
    } finally {
      if (this.#running.get(name) === stop) this.#running.delete(name);
    }
    if (this.#resting) this.#pump();
  }

  /** @param {Tile} tile @param {AbortSignal} signal */
  async #fetch(tile, signal) {
    const answer = await this.bytes.get(/** @type {PageRef} */ (this.#ref), tile, signal);
    // While the page moves nothing is decoded; the bytes are kept, and it rests soon.
    if (signal.aborted || !this.#resting) return;
    if ("picture" in answer) await this.#put(tile, answer.picture, signal);
    else if ("later" in answer) this.#later(answer.later);
    else this.#refused(answer.no);
  }

  /** @param {Tile} tile @param {Blob} picture @param {AbortSignal} signal */
  async #put(tile, picture, signal) {
    const level = this.#levels.get(tile.width);
    const share = () => shrunk(needed(this.standing()), tile.width);
    await level?.put(tile, picture, share(), signal);
    if (signal.aborted || !this.#resting) return;
    // It was zoomed meanwhile.
    if (!level?.fits(tile, share())) this.#queue.push(tile);
    this.#settle();
  }

  /** @param {"sharper"|"right"|"line"} what there is none of */
  #refused(what) {
    this.#queue = [];
    if (what === "sharper") this.rest();
    if (what !== "right" || !this.#ref) return;
    this.bytes.forget(this.#ref.document_id);
    this.clear();
  }

  /** @param {number} wait milliseconds until the page, if it rests then, is looked at again */
  #later(wait) {
    this.#queue = [];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.rest(), wait);
  }

  /** Once all that is seen stands, what lies below is of no use. */
  #settle() {
    const level = this.#level;
    if (!level || !this.#seen.every((tile) => level.has(tile))) return;
    for (const [width, other] of this.#levels) {
      if (other === level) continue;
      other.letGo();
      this.#levels.delete(width);
    }
  }

  /** @param {number} share Lets go of what is far out of sight, and of more when there is no room for it beside what is seen. */
  #keepNear(share) {
    const standing = this.standing();
    const [near, seen] = [partSeen(standing, KEPT_BEYOND), partSeen(standing)];
    let room = MOST_DESKS * standing.desk.w * standing.desk.h * standing.ratio ** 2;
    for (const { w, h } of this.#seen) room -= w * h * share * share;
    for (const level of [...this.#levels.values()].reverse()) {
      level.keep((tile, pixels) => {
        if (touches(tile, seen, this.#size)) return true;
        if (room < pixels || !touches(tile, near, this.#size)) return false;
        room -= pixels;
        return true;
      });
    }
  }

  /** @param {Set<string>} [but] names of tiles that are still wanted */
  #stop(but = new Set()) {
    for (const [name, stop] of this.#running) {
      if (but.has(name)) continue;
      stop.abort();
      this.#running.delete(name);
    }
  }

  #letGo() {
    this.#stop();
    this.#seen = [];
    for (const level of this.#levels.values()) level.letGo();
    this.#levels.clear();
  }
}
