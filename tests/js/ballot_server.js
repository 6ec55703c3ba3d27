/**
 * A server of ballots for tests, as unreliable as a hall's network: requests get lost, answers get
 * lost, requests arrive late, it fails before or after it has done its work. What it does, it does as
 * the real one promises: once for each key, one ballot a person, changes only where they are allowed.
 */
import { meet, Problem } from "./simulated_network.js";

export { FATES, Problem } from "./simulated_network.js";

export class BallotServer {
  /** @param {{allowChange?: boolean}} [options] */
  constructor({ allowChange = false } = {}) {
    this.allowChange = allowChange;
    this.status = "open";
    /** @type {any} */ this.ballot = null;
    /** @type {string[]} every choice that took effect, in order */ this.effects = [];
    /** @type {Map<string, any>} */ this.answers = new Map();
    /** @type {(kind: "post"|"ask") => string} what happens to a request */ this.fate = () => "fine";
    /** @type {(() => void)[]} requests that are still on their way */ this.late = [];
    /** @type {string[]} */ this.asked = [];
  }

  /** @param {string} choice this person's ballot, from whatever tablet */
  vote(choice) {
    if (this.status !== "open") throw new Problem(409, "poll_not_open");
    if (this.ballot?.choice === choice) return this.ballot;
    if (this.ballot && !this.allowChange) throw new Problem(409, "already_voted");
    const revision = (this.ballot?.revision ?? 0) + 1;
    const leaf_hash = String(revision).padStart(64, "0");
    this.ballot = { poll_id: "p1", choice, revision, receipt: { log_index: 10 + revision, leaf_hash } };
    this.effects.push(choice);
    return this.ballot;
  }

  /** @param {string} key @param {string} choice */
  #once(key, choice) {
    if (!this.answers.has(key)) this.answers.set(key, this.vote(choice));
    return this.answers.get(key);
  }

  /** What was on its way arrives. */
  deliver() {
    for (const arrive of this.late.splice(0)) arrive();
  }

  /** For lib/api.js. */
  get api() {
    return {
      /** @param {string} path @param {any} body @param {any} options */
      post: (path, { choice }, { key, signal }) => {
        this.asked.push(`post ${choice}`);
        return meet(this.fate("post"), this.late, () => this.#once(key, choice), signal);
      },
      /** @param {string} path @param {any} options */
      get: (path, { signal }) => {
        this.asked.push("ask");
        return meet(this.fate("ask"), this.late, () => ({ ballot: this.ballot && { ...this.ballot, channel: "tablet" } }), signal);
      },
    };
  }
}
