/**
 * Which kept things go when there are too many: the ones not used for longest.
 *
 * @typedef {{key:string, bytes:number, used:number}} Kept `used` in milliseconds, later is younger
 */

/** @param {Kept[]} kept @param {number} limit bytes @returns {string[]} keys to let go, oldest first */
export function victims(kept, limit) {
  let total = kept.reduce((sum, one) => sum + one.bytes, 0);
  /** @type {string[]} */
  const gone = [];
  for (const one of [...kept].sort((a, b) => a.used - b.used)) {
    if (total <= limit) break;
    gone.push(one.key);
    total -= one.bytes;
  }
  return gone;
}
