/**
 * What this person did with the vote card on this tablet and has not sent: choices, cards put small,
 * results put away. Kept for this tab, so that a reload finds the card as it was.
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

  /** @param {string} pollId @param {string|null} key null: nothing is chosen any more */
  choose(pollId, key) {
    const { [pollId]: _before, ...others } = this.kept.chosen;
    this.#keep({ chosen: key === null ? others : { ...others, [pollId]: key } });
  }

  /** @param {string} pollId @param {boolean} changing whether another choice is being made instead of a recorded one */
  change(pollId, changing) {
    const others = this.kept.changing.filter((id) => id !== pollId);
    this.#keep({ changing: changing ? [...others, pollId] : others });
  }

  /** @param {string} pollId @returns {boolean|null} null: nobody touched it */
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

  /** @param {string} pollId its result was put away */
  putAway(pollId) {
    if (!this.isGone(pollId)) this.#keep({ gone: [...this.kept.gone, pollId] });
  }

  /** @param {Partial<Kept>} change */
  #keep(change) {
    this.kept = { ...this.kept, ...change };
    this.memory.set(this.place, JSON.stringify(this.kept));
  }
}
