/** Requests that change the meeting, one at a time; failures are shown as messages. */
import { sayProblem } from "../lib/ui/toast.js";

export class Requests {
  #busy = false;

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** Whether a request is in flight; the buttons that change the meeting are disabled meanwhile. */
  get busy() {
    return this.#busy;
  }

  /** @param {() => Promise<unknown>} request @returns {Promise<boolean>} whether it succeeded */
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
