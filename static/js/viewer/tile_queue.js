/**
 * Fetches tiles, a few at a time, while the page is at rest. Failed tiles are retried with exponential back-off, one
 * at a time until one succeeds: backs off while the server is under load.
 */
import { Backoff } from "../lib/backoff.js";
import { tileName } from "./tile_math.js";

/** @typedef {import("./tile_math.js").Tile} Tile */
/**
 * @typedef {"done" | "held" | {failed: number}} Outcome `held`: fetched, but cannot be shown now; `failed`: not
 *   fetched; must not be requested again within this many milliseconds
 */

/** A browser has six connections to a server: prefetching takes two, and one must stay free for a ballot. */
const AT_ONCE = 2;
/** Interval of checks while a stroke is in progress. */
const BUSY_MS = 200;
/** @type {import("../lib/backoff.js").Options} */
const BACKOFF = { first: 1000, most: 30_000, jitter: [0.8, 1.4] };

export class TileQueue {
  /** @type {Tile[]} */ #queue = [];
  /** @type {Map<string, AbortController>} */ #running = new Map();
  #going = false;
  /** Counts failures since the last success. @type {Backoff} */ #backoff;
  /** While this timer runs no tile is requested. @type {ReturnType<typeof setTimeout>|undefined} */ #pause;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #check;

  /**
   * @param {{bring: (tile: Tile, signal: AbortSignal) => Promise<Outcome>, kept: (tile: Tile) => boolean,
   *   busy: () => boolean, random: () => number}} parts `kept`: whether a tile is cached; `busy`:
   *   whether a stroke is in progress, which must not be delayed
   */
  constructor({ bring, kept, busy, random }) {
    this.bring = bring;
    this.kept = kept;
    this.busy = busy;
    this.#backoff = new Backoff(BACKOFF, random);
    window.addEventListener("online", () => this.#onOnline());
    document.addEventListener("visibilitychange", () => this.#pump());
  }

  /** @returns {boolean} whether tiles are fetched now */
  get going() {
    return this.#going;
  }

  /** @param {Tile[]} tiles to fetch in this order; replaces the queue */
  go(tiles) {
    this.#going = true;
    this.#queue = tiles.filter((tile) => !this.#running.has(tileName(tile)));
    this.#pump();
  }

  /** Empties the queue; running requests continue. */
  pause() {
    this.#going = false;
    this.#queue = [];
    clearTimeout(this.#check);
  }

  /** @param {Set<string>} [but] names of tiles whose requests continue. Aborts all others. */
  stop(but = new Set()) {
    for (const [name, stop] of this.#running) {
      if (but.has(name)) continue;
      stop.abort();
      this.#running.delete(name);
    }
  }

  /** Clears earlier failures and the pause after them. */
  resetBackoff() {
    this.#backoff.reset();
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  #onOnline() {
    this.resetBackoff();
    this.#pump();
  }

  #pump() {
    clearTimeout(this.#check);
    if (!this.#going || !this.#queue.length) return;
    if (this.busy()) {
      this.#check = setTimeout(() => this.#pump(), BUSY_MS);
      return;
    }
    while (this.#running.size < (this.#backoff.failures ? 1 : AT_ONCE)) {
      const tile = this.#next();
      if (!tile) return;
      void this.#run(tile);
    }
  }

  /** @returns {Tile|undefined} the next tile; only a cached one while requests are paused or the page is hidden */
  #next() {
    const mayRequest = this.#pause === undefined && !document.hidden;
    const at = this.#queue.findIndex((tile) => mayRequest || this.kept(tile));
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
      // A retry with the same bytes would fail again; the next attempt is when the page next comes to rest.
      console.warn("a tile cannot be shown:", error);
    }
    if (!stop.signal.aborted) {
      this.#running.delete(name);
      this.#recordOutcome(outcome, asked);
      if (outcome !== "done" && this.#going) this.#queue.unshift(tile);
    }
    this.#pump();
  }

  /** @param {Outcome} outcome @param {boolean} asked */
  #recordOutcome(outcome, asked) {
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
