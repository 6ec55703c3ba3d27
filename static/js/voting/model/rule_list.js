/** The rules available to a meeting, fetched once: the usual one first. */
import { api } from "../../lib/api.js";

/** @typedef {import("../../lib/schemas.js").VoteRule} VoteRule */

export class RuleList {
  /** @type {VoteRule[]} */ items = [];
  /** @type {Promise<void>|null} */ #asked = null;

  /** @param {string} meetingId @param {() => void} changed */
  constructor(meetingId, changed) {
    this.path = `/vote-rules?meeting_id=${encodeURIComponent(meetingId)}`;
    this.changed = changed;
  }

  /** Fetches the rules unless they are loaded; after a failure the next call fetches again. */
  load() {
    this.#asked ??= this.#ask();
    return this.#asked;
  }

  async #ask() {
    try {
      this.items = (await api.get(this.path)).items;
      this.changed();
    } catch (error) {
      this.#asked = null;
      throw error;
    }
  }

  /** @param {string|null|undefined} id @returns {VoteRule|undefined} */
  named(id) {
    return this.items.find((rule) => rule.id === id);
  }

  /** @returns {VoteRule|undefined} */
  get usual() {
    return this.items[0];
  }
}
