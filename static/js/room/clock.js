/** The time of the hall: the server's clock in the server's offset, whatever this tablet believes. */

const OFFSET = /([+-])(\d\d):(\d\d)$/;

export class HallClock {
  #aheadMs = 0;
  #offsetMinutes = -new Date().getTimezoneOffset();

  /** @param {string} serverTime RFC 3339 with offset */
  set(serverTime) {
    this.#aheadMs = Date.parse(serverTime) - Date.now();
    const found = OFFSET.exec(serverTime);
    if (found) this.#offsetMinutes = (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
  }

  /** @returns {number} milliseconds since 1970 */
  now() {
    return Date.now() + this.#aheadMs;
  }

  /** @returns {string} "09:42" */
  wall() {
    return new Date(this.now() + this.#offsetMinutes * 60_000).toISOString().slice(11, 16);
  }

  /** @param {number} minutes from now @returns {string} RFC 3339, on a whole minute, in the hall's offset */
  inMinutes(minutes) {
    const at = Math.ceil((this.now() + minutes * 60_000) / 60_000) * 60_000;
    const local = new Date(at + this.#offsetMinutes * 60_000).toISOString().slice(0, 19);
    const size = Math.abs(this.#offsetMinutes);
    const part = (/** @type {number} */ value) => String(value).padStart(2, "0");
    return `${local}${this.#offsetMinutes < 0 ? "-" : "+"}${part(Math.floor(size / 60))}:${part(size % 60)}`;
  }
}

/** @param {number} seconds @returns {string} "06:15", "1:02:00" */
export function countdown(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const tail = `${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}
