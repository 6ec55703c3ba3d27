/** Waiting that can be cut short. */

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
