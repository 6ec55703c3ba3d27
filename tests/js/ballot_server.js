/**
 * A server of ballots for tests, as unreliable as a hall's network: requests get lost, answers get
 * lost, requests arrive late, it fails before or after it has done its work. What it does, it does as
 * the real one promises: once for each key, one ballot a person, changes only where they are allowed.
 */

/** As lib/api.js throws it. */
export class Problem extends Error {
  /** @param {number} status @param {string} code @param {number} [retryAfter] */
  constructor(status, code, retryAfter = 0) {
    super(`in words: ${code}`);
    this.name = "Problem";
    Object.assign(this, { status, code, detail: this.message, retryAfter });
  }
}

const offline = () => new Problem(0, "offline");

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
        return this.#meet("post", () => this.#once(key, choice), signal);
      },
      /** @param {string} path @param {any} options */
      get: (path, { signal }) => {
        this.asked.push("ask");
        return this.#meet("ask", () => ({ ballot: this.ballot && { ...this.ballot, channel: "tablet" } }), signal);
      },
    };
  }

  /**
   * @param {"post"|"ask"} kind @param {() => any} work @param {AbortSignal} signal
   * @returns {Promise<any>}
   */
  async #meet(kind, work, signal) {
    await null;
    const quietly = () => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    };
    const until = () => new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("late", "AbortError")));
    });
    switch (this.fate(kind)) {
      case "lost": throw offline();
      case "answer lost": quietly(); throw offline();
      case "fails": throw new Problem(503, "unavailable");
      case "fails after": quietly(); throw new Problem(500, "internal_error");
      case "too many": throw new Problem(429, "too_many_requests", 1);
      case "no json": throw new SyntaxError("<html>");
      case "late": this.late.push(quietly); throw offline();
      case "hangs": return until();
      case "hangs after": quietly(); return until();
      case "signed out": throw new Problem(401, "session_expired");
      default: return structuredClone(work());
    }
  }
}

export const FATES = ["fine", "lost", "answer lost", "fails", "fails after", "too many", "no json", "late", "hangs", "hangs after"];
