/** Waiting between attempts: delays that grow with each failure, their jitter, and waits that can be cut short. */

/**
 * @typedef {{first:number, longest?:number, jitter:[number, number], least?:number, most?:number, mostAsked?:number}} Options
 *   milliseconds; `first` doubles with each failure up to `longest`, is multiplied by a random factor from the
 *   range `jitter`, and ends between `least` and `most`; `mostAsked`: the longest delay that a server may ask for
 */

/** @param {number} ms @param {[number, number]} range of the random factor @param {() => number} random */
export const jittered = (ms, [from, to], random) => ms * (from + (to - from) * random());

export class Backoff {
  /** Since the last reset. */ failures = 0;

  /** @param {Options} options @param {() => number} random */
  constructor(options, random) {
    this.options = options;
    this.random = random;
  }

  reset() {
    this.failures = 0;
  }

  /**
   * Counts a failure.
   * @param {{first?: number, retryAfter?: number}} [attempt] `first` in place of the usual one; `retryAfter`:
   *   seconds that the server asked for, 0: none
   * @returns {number} milliseconds until the next attempt
   */
  next({ first = this.options.first, retryAfter = 0 } = {}) {
    const { longest = Infinity, jitter, least = 0, most = Infinity, mostAsked = Infinity } = this.options;
    const growing = jittered(Math.min(first * 2 ** this.failures, longest), jitter, this.random);
    this.failures += 1;
    const own = Math.min(Math.max(growing, least), most);
    // The server's delay is only ever lengthened: tablets that come early would be refused again.
    return Math.max(own, Math.min(jittered(1000 * retryAfter, [1, 1.5], this.random), mostAsked));
  }
}

export class Pause {
  /** @type {(() => void)|null} */ #end = null;

  /** @param {number} ms @returns {Promise<void>} resolves after this time or at `cut` */
  take(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#end?.(), ms);
      this.#end = () => {
        clearTimeout(timer);
        this.#end = null;
        resolve();
      };
    });
  }

  /** Ends the waiting now, if somebody waits. */
  cut() {
    this.#end?.();
  }
}
