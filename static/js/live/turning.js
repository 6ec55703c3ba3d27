/**
 * Sends the presenter's page turns: only while connected, one in flight, the latest wins, no
 * replay after a reconnect. The transport and the clock are injected.
 *
 * @typedef {import("./presentation.js").Place} Place
 * @typedef {{ok:boolean} & Partial<import("../lib/schemas.js").TurnedAck> & Partial<Pick<import("../lib/schemas.js").Problem, "code"|"detail">>} Answer
 */

export const ANSWER_WITHIN_MS = 4000;

export class Turning {
  /** @type {Place|null} */ #wanted = null;
  /** @type {Place|null} */ #acknowledged = null;
  #inFlight = false;
  /** Answers of an earlier connection carry an older number and are ignored. */
  #connection = 0;

  /**
   * @param {{
   *   send: (place: Place, withinMs: number) => Promise<Answer>,
   *   connected: () => boolean,
   *   acknowledged: (place: Place, answer: Answer) => void,
   *   refused: (place: Place, answer: Answer) => void,
   * }} interfaces `send` rejects on timeout
   */
  constructor(interfaces) {
    this.interfaces = interfaces;
  }

  /** Whether a turn is in flight, so that the room still shows an earlier page. */
  get busy() {
    return this.#inFlight || this.#wanted !== null;
  }

  /** @param {Place} place @returns {boolean} false without a connection */
  turnPage(place) {
    if (!this.interfaces.connected()) return false;
    this.#wanted = place;
    if (!this.#inFlight) void this.#next();
    return true;
  }

  /** The connection was lost: unacknowledged turns are not sent again. */
  dropped() {
    this.#connection += 1;
    this.#inFlight = false;
    this.#wanted = null;
  }

  /** After a rejoin with a new term: sends the presenter's last acknowledged page once more. */
  again() {
    if (this.#acknowledged) this.turnPage(this.#acknowledged);
  }

  /** This person is no longer the presenter; there is no page to repeat. */
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

  /** @param {Place} place @returns {Promise<Answer|null>} null: timeout, retry */
  async #answerTo(place) {
    try {
      return await this.interfaces.send(place, ANSWER_WITHIN_MS);
    } catch {
      return null; // Timeout: the loop sends the latest place again while connected.
    }
  }
}
