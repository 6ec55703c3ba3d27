/** Chance that can be had again: the same seed gives the same run. */

/** @param {number} seed @returns {() => number} like Math.random (mulberry32) */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @template T @param {() => number} random @param {T[]} choices @returns {T} */
export const oneOf = (random, choices) => /** @type {T} */ (choices[Math.floor(random() * choices.length)]);
