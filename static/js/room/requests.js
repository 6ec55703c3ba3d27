/** Requests that change the meeting, one at a time; failures are said in words. */
import { sayProblem } from "../lib/ui/toast.js";

export class Requests {
  #busy = false;

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** Whether an answer is awaited; the buttons that change the meeting wait with it. */
  get busy() {
    return this.#busy;
  }

  /** @param {() => Promise<unknown>} request @returns {Promise<boolean>} whether it was done */
  async run(request) {
    if (this.#busy) return false;
    this.#busy = true;
    this.changed();
    try {
      await request();
      return true;
    } catch (error) {
      sayProblem(error);
      return false;
    } finally {
      this.#busy = false;
      this.changed();
    }
  }
}
