/**
 * What to fetch ahead, in which order: the neighbours of the page, where the room is, then the
 * rest of the paper from here on. Turning a page then costs no request.
 *
 * @typedef {{page:number, width:number, near:boolean}} PrefetchRequest
 */

/**
 * @param {{page:number, count:number, roomPage?:number|null, width:number, sharp:number}} where
 *   `width` is fetched for every page; `sharp` (a wider rung or the same) only beside this page
 * @returns {PrefetchRequest[]} without the page itself
 */
export function order({ page, count, roomPage = null, width, sharp }) {
  /** @type {PrefetchRequest[]} */
  const wishes = [];
  const seen = new Set([`${page}/${width}`]);
  /** @param {number} at @param {number} wide @param {boolean} near */
  const prefetchRequest = (at, wide, near) => {
    const key = `${at}/${wide}`;
    if (at < 1 || at > count || seen.has(key)) return;
    seen.add(key);
    wishes.push({ page: at, width: wide, near });
  };
  for (const at of [page + 1, page - 1, page + 2, page - 2]) prefetchRequest(at, width, true);
  if (roomPage) for (const at of [roomPage, roomPage + 1]) prefetchRequest(at, width, true);
  if (sharp > width) for (const at of [page + 1, page - 1]) prefetchRequest(at, sharp, true);
  for (let at = page + 3; at <= count; at += 1) prefetchRequest(at, width, false);
  for (let at = page - 3; at >= 1; at -= 1) prefetchRequest(at, width, false);
  return wishes;
}

/**
 * Works a list of wishes off, two at a time; a new list replaces what is left of the old one.
 * Far pages start after a random wait, so that a hall of tablets does not ask in one moment, and come
 * with a short random rest between two: 200 tablets leave the server room for page turns. As a new
 * list waits anew, hardly any far page is asked for while pages turn quickly.
 */
export class Prefetcher {
  /** @type {PrefetchRequest[]} */ #wishes = [];
  #running = 0;
  #round = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #wait;

  /**
   * @param {{fetch: (prefetchRequest: PrefetchRequest) => Promise<unknown>, concurrency?: number, jitterMs?: number,
   *   restMs?: number, random?: () => number}} options `jitterMs`: the longest wait of a list before
   *   its far pages; `restMs`: the longest rest between two of them
   */
  constructor({ fetch, concurrency = 2, jitterMs = 1500, restMs = 400, random = Math.random }) {
    this.fetch = fetch;
    this.concurrency = concurrency;
    this.jitterMs = jitterMs;
    this.restMs = restMs;
    this.random = random;
  }

  /** @param {PrefetchRequest[]} wishes */
  replace(wishes) {
    this.#round += 1;
    this.#wishes = [...wishes];
    clearTimeout(this.#wait);
    this.#wait = undefined;
    this.#pump();
  }

  stop() {
    this.replace([]);
  }

  #pump() {
    while (this.#running < this.concurrency && this.#wishes.length && this.#wait === undefined) {
      if (!this.#wishes[0]?.near && this.jitterMs > 0 && !this.#waited) {
        this.#pause(this.jitterMs);
        return;
      }
      const prefetchRequest = /** @type {PrefetchRequest} */ (this.#wishes.shift());
      void this.#run(prefetchRequest);
      if (!prefetchRequest.near && this.restMs > 0) this.#pause(this.restMs);
    }
  }

  /** The round whose far pages may start. */
  #released = -1;
  get #waited() {
    return this.#released === this.#round;
  }

  /** @param {number} longest milliseconds */
  #pause(longest) {
    const round = this.#round;
    this.#wait = setTimeout(() => {
      this.#wait = undefined;
      this.#released = round;
      this.#pump();
    }, this.random() * longest);
  }

  /** @param {PrefetchRequest} prefetchRequest */
  async #run(prefetchRequest) {
    this.#running += 1;
    const round = this.#round;
    try {
      await this.fetch(prefetchRequest);
    } catch {
      // A page fetched ahead that did not come is fetched when it is turned to; the rest of the
      // list would meet the same trouble, so it is given up until the next turn.
      if (round === this.#round) this.#wishes = [];
    } finally {
      this.#running -= 1;
    }
    this.#pump();
  }
}
