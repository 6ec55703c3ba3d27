/**
 * Whether two plain values (as JSON has them) say the same; the fields of an object in any order.
 * @param {unknown} a @param {unknown} b @returns {boolean}
 */
export function same(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => Object.hasOwn(b, key) && same(/** @type {any} */ (a)[key], /** @type {any} */ (b)[key]));
}
