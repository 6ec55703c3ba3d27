/** The time of the hall: the server's clock, whatever this tablet believes. */
import { wall } from "../lib/format.js";

export class HallClock {
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

/** @param {number} seconds @returns {string} "06:15", "1:02:00" */
export function countdown(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = `${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}
