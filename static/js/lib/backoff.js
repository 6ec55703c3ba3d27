/** Exponential back-off with jitter, and waits that can be ended early. */

/**
 * @typedef {{first:number, longest?:number, jitter:[number, number], least?:number, most?:number, mostAsked?:number}} Options
 *   milliseconds. `first` doubles with each failure up to `longest`, is multiplied by a random factor from the
 *   range `jitter`, and is clamped to `least` and `most`. `mostAsked`: the longest delay accepted from a server
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
   * @param {{first?: number, retryAfter?: number}} [attempt] `first` replaces the option of this name; `retryAfter`:
   *   seconds requested by the server, 0: none
   * @returns {number} milliseconds until the next attempt
   */
  next({ first = this.options.first, retryAfter = 0 } = {}) {
    const { longest = Infinity, jitter, least = 0, most = Infinity, mostAsked = Infinity } = this.options;
    const growing = jittered(Math.min(first * 2 ** this.failures, longest), jitter, this.random);
    this.failures += 1;
    const own = Math.min(Math.max(growing, least), most);
    // Jitter only lengthens the server's delay: requests that arrive early would be refused again.
    return Math.max(own, Math.min(jittered(1000 * retryAfter, [1, 1.5], this.random), mostAsked));
  }
}

export class Pause {
  /** @type {(() => void)|null} */ #end = null;

  /** @param {number} ms @returns {Promise<void>} resolves after this time or when `cut` is called */
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

  /** Ends the current wait, if there is one. */
  cut() {
    this.#end?.();
  }
}
