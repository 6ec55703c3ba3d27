/**
 * Brings tiles, a few at once, while the page rests. One that did not come is asked for again after pauses that
 * grow, and until one comes it is one at a time: a server that is short of breath is not pressed.
 */
import { Backoff } from "../lib/backoff.js";
import { tileName } from "./tile_math.js";

/** @typedef {import("./tile_math.js").Tile} Tile */
/**
 * @typedef {"done" | "held" | {failed: number}} Outcome `held`: it came but cannot be shown now; `failed`: it did not
 *   come, and is not to be asked for again before so many milliseconds
 */

/** A browser has six lines to a server: pages fetched ahead take two, and a ballot must find one free. */
const AT_ONCE = 2;
/** Somebody writes: it is looked again after this. */
const BUSY_MS = 200;
/** @type {import("../lib/backoff.js").Options} */
const BACKOFF = { first: 1000, most: 30_000, jitter: [0.8, 1.4] };

export class TileQueue {
  /** @type {Tile[]} */ #queue = [];
  /** @type {Map<string, AbortController>} */ #running = new Map();
  #going = false;
  /** Counts the pauses since a tile came. @type {Backoff} */ #backoff;
  /** While it runs nothing is asked for. @type {ReturnType<typeof setTimeout>|undefined} */ #pause;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #look;

  /**
   * @param {{bring: (tile: Tile, signal: AbortSignal) => Promise<Outcome>, kept: (tile: Tile) => boolean,
   *   busy: () => boolean, random: () => number}} parts `kept`: whether a tile can be had without asking; `busy`:
   *   whether a hand writes, which is not to be held up
   */
  constructor({ bring, kept, busy, random }) {
    this.bring = bring;
    this.kept = kept;
    this.busy = busy;
    this.#backoff = new Backoff(BACKOFF, random);
    window.addEventListener("online", () => this.#backOnLine());
    document.addEventListener("visibilitychange", () => this.#pump());
  }

  /** @returns {boolean} whether tiles are brought now */
  get going() {
    return this.#going;
  }

  /** @param {Tile[]} tiles wanted, the first ones first, in place of all others */
  go(tiles) {
    this.#going = true;
    this.#queue = tiles.filter((tile) => !this.#running.has(tileName(tile)));
    this.#pump();
  }

  /** What is not asked for yet is not wanted now. */
  pause() {
    this.#going = false;
    this.#queue = [];
    clearTimeout(this.#look);
  }

  /** @param {Set<string>} [but] names of tiles that are still wanted */
  stop(but = new Set()) {
    for (const [name, stop] of this.#running) {
      if (but.has(name)) continue;
      stop.abort();
      this.#running.delete(name);
    }
  }

  /** What failed before counts no longer. */
  resetBackoff() {
    this.#backoff.reset();
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  #backOnLine() {
    this.resetBackoff();
    this.#pump();
  }

  #pump() {
    clearTimeout(this.#look);
    if (!this.#going || !this.#queue.length) return;
    if (this.busy()) {
      this.#look = setTimeout(() => this.#pump(), BUSY_MS);
      return;
    }
    while (this.#running.size < (this.#backoff.failures ? 1 : AT_ONCE)) {
      const tile = this.#next();
      if (!tile) return;
      void this.#run(tile);
    }
  }

  /** @returns {Tile|undefined} while nothing may be asked for, one that is kept */
  #next() {
    const mayAsk = this.#pause === undefined && !document.hidden;
    const at = this.#queue.findIndex((tile) => mayAsk || this.kept(tile));
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0];
  }

  /** @param {Tile} tile */
  async #run(tile) {
    const stop = new AbortController();
    const name = tileName(tile);
    const asked = !this.kept(tile);
    this.#running.set(name, stop);
    /** @type {Outcome} */ let outcome = "done";
    try {
      outcome = await this.bring(tile, stop.signal);
    } catch (error) {
      // The same bytes would do the same again; it is tried when the page next rests.
      console.warn("a tile cannot be shown:", error);
    }
    if (!stop.signal.aborted) {
      this.#running.delete(name);
      this.#learn(outcome, asked);
      if (outcome !== "done" && this.#going) this.#queue.unshift(tile);
    }
    this.#pump();
  }

  /** @param {Outcome} outcome @param {boolean} asked */
  #learn(outcome, asked) {
    if (typeof outcome === "string") {
      if (asked) this.#backoff.reset();
    } else if (this.#pause === undefined) {
      this.#wait(outcome.failed);
    }
  }

  /** @param {number} least milliseconds */
  #wait(least) {
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#pump();
    }, this.#backoff.next({ first: Math.max(BACKOFF.first, least) }));
  }
}
