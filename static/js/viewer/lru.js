/**
 * Selects the least recently used entries to evict from a cache.
 *
 * @typedef {{key:string, bytes:number, used:number}} Kept `used`: time of the last use, milliseconds
 */

/** @param {Kept[]} kept @param {number} limit bytes @returns {string[]} keys to evict, least recently used first */
export function victims(kept, limit) {
  let total = kept.reduce((sum, one) => sum + one.bytes, 0);
  /** @type {string[]} */
  const evicted = [];
  for (const one of [...kept].sort((a, b) => a.used - b.used)) {
    if (total <= limit) break;
    evicted.push(one.key);
    total -= one.bytes;
  }
  return evicted;
}
