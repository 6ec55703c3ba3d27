/**
 * Order and pace of prefetching: the neighbours of the page, the presented page, previews of all pages, then the images
 * of the rest of the document. Page turns then cost no request.
 *
 * @typedef {{page:number, width:number, near:boolean}} PrefetchRequest
 */

/**
 * @param {{page:number, count:number, roomPage?:number|null, width:number, sharp:number, preview:number}} where
 *   `width`: fetched for every page; `sharp`: a higher or the same resolution, fetched only for the neighbours
 * @returns {PrefetchRequest[]} without the page itself
 */
export function order({ page, count, roomPage = null, width, sharp, preview }) {
  /** @type {PrefetchRequest[]} */
  const requests = [];
  const seen = new Set([`${page}/${width}`]);
  /** @param {number} at @param {number} wide @param {boolean} near */
  const add = (at, wide, near) => {
    const key = `${at}/${wide}`;
    if (at < 1 || at > count || seen.has(key)) return;
    seen.add(key);
    requests.push({ page: at, width: wide, near });
  };
  for (const at of [page + 1, page - 1, page + 2, page - 2]) add(at, width, true);
  if (roomPage) for (const at of [roomPage, roomPage + 1]) add(at, width, true);
  if (sharp > width) for (const at of [page + 1, page - 1]) add(at, sharp, true);
  for (const wide of [preview, width]) {
    for (let at = page + 1; at <= count; at += 1) add(at, wide, false);
    for (let at = page - 1; at >= 1; at -= 1) add(at, wide, false);
  }
  return requests;
}

/**
 * Runs a list of requests, two at a time; a new list replaces the rest of the old one. Far pages start after a random
 * delay and have a short random pause between them, so that 200 tablets do not send them together and page turns
 * are answered first. Each new list starts a new delay, so quick page turns request hardly any far pages.
 */
export class Prefetcher {
  /** @type {PrefetchRequest[]} */ #requests = [];
  #running = 0;
  #round = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #wait;

  /**
   * @param {{fetch: (request: PrefetchRequest) => Promise<unknown>, concurrency?: number, jitterMs?: number,
   *   restMs?: number, random?: () => number}} options `jitterMs`: greatest delay of a list before
   *   its far pages; `restMs`: greatest pause between two of them
   */
  constructor({ fetch, concurrency = 2, jitterMs = 1500, restMs = 400, random = Math.random }) {
    this.fetch = fetch;
    this.concurrency = concurrency;
    this.jitterMs = jitterMs;
    this.restMs = restMs;
    this.random = random;
  }

  /** @param {PrefetchRequest[]} requests */
  replace(requests) {
    this.#round += 1;
    this.#requests = [...requests];
    clearTimeout(this.#wait);
    this.#wait = undefined;
    this.#pump();
  }

  stop() {
    this.replace([]);
  }

  #pump() {
    while (this.#running < this.concurrency && this.#requests.length && this.#wait === undefined) {
      if (!this.#requests[0]?.near && this.jitterMs > 0 && !this.#waited) {
        this.#pause(this.jitterMs);
        return;
      }
      const request = /** @type {PrefetchRequest} */ (this.#requests.shift());
      void this.#run(request);
      if (!request.near && this.restMs > 0) this.#pause(this.restMs);
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

  /** @param {PrefetchRequest} request */
  async #run(request) {
    this.#running += 1;
    const round = this.#round;
    try {
      await this.fetch(request);
    } catch {
      // A page that failed is fetched when it is turned to. The rest of the list would probably fail as well and
      // is dropped until the next turn.
      if (round === this.#round) this.#requests = [];
    } finally {
      this.#running -= 1;
    }
    this.#pump();
  }
}
