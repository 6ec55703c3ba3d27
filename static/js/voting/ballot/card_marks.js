/**
 * Unsent state of the vote card: choices, collapsed cards, dismissed results. Stored for this tab, so that a
 * reload restores the card.
 */

/**
 * @typedef {{chosen: Record<string, string>, changing: string[], small: Record<string, boolean>, gone: string[]}} Kept
 */

export class CardMarks {
  /** @param {import("../../lib/web_storage.js").WebStorage} memory of this tab @param {string} meetingId */
  constructor(memory, meetingId) {
    this.memory = memory;
    this.place = `votes:${meetingId}`;
    /** @type {Kept} */
    this.kept = { chosen: {}, changing: [], small: {}, gone: [], ...JSON.parse(memory.get(this.place) ?? "{}") };
  }

  /** @param {string} pollId @returns {{chosen: string|null, changing: boolean}} */
  of(pollId) {
    return { chosen: this.kept.chosen[pollId] ?? null, changing: this.kept.changing.includes(pollId) };
  }

  /** @param {string} pollId @param {string|null} key null: clears the choice */
  choose(pollId, key) {
    const { [pollId]: _before, ...others } = this.kept.chosen;
    this.#keep({ chosen: key === null ? others : { ...others, [pollId]: key } });
  }

  /** @param {string} pollId @param {boolean} changing whether a new choice is being made to replace the recorded one */
  change(pollId, changing) {
    const others = this.kept.changing.filter((id) => id !== pollId);
    this.#keep({ changing: changing ? [...others, pollId] : others });
  }

  /** @param {string} pollId @returns {boolean|null} null: never set */
  isSmall(pollId) {
    return this.kept.small[pollId] ?? null;
  }

  /** @param {string} pollId @param {boolean} small */
  putSmall(pollId, small) {
    this.#keep({ small: { ...this.kept.small, [pollId]: small } });
  }

  /** @param {string} pollId */
  isGone(pollId) {
    return this.kept.gone.includes(pollId);
  }

  /** @param {string} pollId dismisses its result */
  putAway(pollId) {
    if (!this.isGone(pollId)) this.#keep({ gone: [...this.kept.gone, pollId] });
  }

  /** @param {Partial<Kept>} change */
  #keep(change) {
    this.kept = { ...this.kept, ...change };
    this.memory.set(this.place, JSON.stringify(this.kept));
  }
}
