/**
 * Throttles draws of the whole screen that can wait: clocks, and updates after annotations. They do not delay
 * a stroke in progress, nor overload a device that receives the strokes of a whole room.
 */

const MIN_INTERVAL_MS = 200;
/** The longest delay of a clock's draw while a person writes without a pause. */
const MAX_DELAY_MS = 3000;

export class Throttle {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #asked = 0;
  #last = -Infinity;

  /** @param {{draw: () => void, busy: () => boolean}} interfaces `busy`: a stroke is in progress */
  constructor({ draw, busy }) {
    this.draw = draw;
    this.busy = busy;
  }

  soon() {
    if (this.#timer !== undefined) return;
    this.#asked = performance.now();
    const wait = this.#last + MIN_INTERVAL_MS - this.#asked;
    if (wait <= 0 && !this.busy()) this.#now();
    else this.#again(Math.max(wait, MIN_INTERVAL_MS / 2));
  }

  /** @param {number} wait ms */
  #again(wait) {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.busy() && performance.now() - this.#asked < MAX_DELAY_MS) this.#again(MIN_INTERVAL_MS / 2);
      else this.#now();
    }, wait);
  }

  #now() {
    this.#last = performance.now();
    this.draw();
  }
}
