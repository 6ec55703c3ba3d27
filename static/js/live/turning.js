/**
 * Sends the presenter's page turns: only while connected, one in flight, the latest wins, nothing
 * replayed after a reconnect. The transport and the clock come from outside.
 *
 * @typedef {import("./presentation.js").Place} Place
 * @typedef {{ok:boolean} & Partial<import("../lib/schemas.d.ts").TurnedAck> & Partial<Pick<import("../lib/schemas.d.ts").Problem, "code"|"detail">>} Answer
 */

export const ANSWER_WITHIN_MS = 4000;

export class Turning {
  /** @type {Place|null} */ #wanted = null;
  /** @type {Place|null} */ #acknowledged = null;
  #inFlight = false;
  /** Answers of an earlier connection carry an older number and are not listened to. */
  #connection = 0;

  /**
   * @param {{
   *   send: (place: Place, withinMs: number) => Promise<Answer>,
   *   connected: () => boolean,
   *   acknowledged: (place: Place, answer: Answer) => void,
   *   refused: (place: Place, answer: Answer) => void,
   * }} interfaces `send` rejects when no answer came in time
   */
  constructor(interfaces) {
    this.interfaces = interfaces;
  }

  /** Whether a turn is on its way, so that what the room shows is still behind this page. */
  get busy() {
    return this.#inFlight || this.#wanted !== null;
  }

  /** @param {Place} place @returns {boolean} false when there is no connection to send it over */
  turn(place) {
    if (!this.interfaces.connected()) return false;
    this.#wanted = place;
    if (!this.#inFlight) void this.#next();
    return true;
  }

  /** The connection is gone: what was not acknowledged is not sent again. */
  dropped() {
    this.#connection += 1;
    this.#inFlight = false;
    this.#wanted = null;
  }

  /** After a rejoin with a new term: the holder's last acknowledged page, once more. */
  again() {
    if (this.#acknowledged) this.turn(this.#acknowledged);
  }

  /** This person no longer holds the presentation; there is nothing of theirs to repeat. */
  released() {
    this.#acknowledged = null;
    this.#wanted = null;
  }

  async #next() {
    const connection = this.#connection;
    while (this.#wanted && connection === this.#connection && this.interfaces.connected()) {
      const place = this.#wanted;
      this.#inFlight = true;
      const answer = await this.#answerTo(place);
      if (connection !== this.#connection) return;
      this.#inFlight = false;
      if (!answer) continue;
      if (this.#wanted === place) this.#wanted = null;
      this.#settle(place, answer);
    }
  }

  /** @param {Place} place @param {Answer} answer */
  #settle(place, answer) {
    if (answer.ok) {
      this.#acknowledged = place;
      this.interfaces.acknowledged(place, answer);
      return;
    }
    this.#wanted = null;
    this.interfaces.refused(place, answer);
  }

  /** @param {Place} place @returns {Promise<Answer|null>} null: no answer in time, ask again */
  async #answerTo(place) {
    try {
      return await this.interfaces.send(place, ANSWER_WITHIN_MS);
    } catch {
      return null; // No answer in time: the loop sends the latest place again while connected.
    }
  }
}
