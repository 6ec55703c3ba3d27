/** The server's time, independent of the device's clock. */
import { wall } from "../lib/format.js";

export class ServerClock {
  #aheadMs = 0;

  /** @param {string} serverTime RFC 3339 */
  set(serverTime) {
    this.#aheadMs = Date.parse(serverTime) - Date.now();
  }

  /** @returns {number} milliseconds since 1970 */
  now() {
    return Date.now() + this.#aheadMs;
  }

  /** @returns {string} "09:42" */
  wall() {
    const { hour, minute } = wall(this.now());
    return `${hour}:${minute}`;
  }
}
