/**
 * Checks at the end of a vote, without being asked, that this person's ballot is in the vote log as cast: once when the
 * poll is closed, and again when its result is announced, which opens the sealed ballots. What contradicts the
 * ballot raises the alarm of the vote log.
 */
import { isWithheld } from "./card_model.js";
import { checkReceipt } from "./receipts.js";

/**
 * @typedef {import("../../lib/schemas.js").PollView} Poll
 * @typedef {import("./receipts.js").Checked} Checked
 * @typedef {{choice: string, receipt: import("../../lib/schemas.js").Receipt}} Own the ballot as this device knows it
 */

/** Spreads the requests of five hundred clients, whose votes end at once. */
const SPREAD_MS = 8000;
const AGAIN_MS = 20_000;
const MOST_TRIES = 4;

/** @param {Poll} poll @returns {string} what is checked: each end of a poll once */
const endOf = (poll) => `${poll.id}:${isWithheld(poll) ? "sealed" : poll.status}`;

/** @param {Checked} checked whether the log contradicts the ballot; a log that contradicts itself has its own alarm */
export const contradicts = ({ state, reason }) => (state === "broken" && reason !== "log_inconsistent") || (state === "not_found" && reason !== "restored");

export class OwnBallotCheck {
  /** @type {Map<string, Checked|null>} null: under way */ #checks = new Map();

  /**
   * @param {{userId: string, withWatch: (go: (watch: import("../vote_log/log_watch.js").LogWatch) => void) => void,
   *   changed: () => void, wait?: (ms: number) => Promise<void>, random?: () => number}} needs
   */
  constructor({ userId, withWatch, changed, wait = pause, random = Math.random }) {
    this.userId = userId;
    this.withWatch = withWatch;
    this.changed = changed;
    this.wait = wait;
    this.random = random;
  }

  /** @param {Poll} poll @returns {Checked|null|undefined} null: under way; undefined: not checked */
  of(poll) {
    return this.#checks.get(endOf(poll));
  }

  /** Starts the check of an ended poll, once. @param {Poll} poll @param {Own} own */
  start(poll, own) {
    if (this.#checks.has(endOf(poll))) return;
    this.#checks.set(endOf(poll), null);
    this.withWatch((watch) => void this.#run(watch, poll, own));
  }

  /** @param {import("../vote_log/log_watch.js").LogWatch} watch @param {Poll} poll @param {Own} own */
  async #run(watch, poll, { choice, receipt }) {
    const cast = { receipt, choice, pollId: poll.id, userId: this.userId, closed: true, withheld: isWithheld(poll), voted: poll.result?.voted };
    await this.wait(this.random() * SPREAD_MS);
    for (let tries = 1; ; tries++) {
      const checked = await checkReceipt(watch, cast);
      if (checked.state === "unknown" && tries < MOST_TRIES) {
        await this.wait(AGAIN_MS);
        continue;
      }
      this.#checks.set(endOf(poll), checked);
      if (contradicts(checked)) await watch.contradicted(`ballot_${checked.reason}`, receipt);
      return this.changed();
    }
  }
}

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((done) => void setTimeout(done, ms));
