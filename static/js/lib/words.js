/**
 * Texts of the interface. They come from the same catalogues as the server's, in a classic script that is
 * loaded before the modules. A missing key is shown as the key and does not break the page.
 */

const words = /** @type {{DIENHONG_WORDS?: Record<string, string>}} */ (globalThis).DIENHONG_WORDS ?? {};

/** "vi" or "en". */
export const lang = globalThis.document?.documentElement.lang || "vi";

/** @param {string} key */
export function has(key) {
  return key in words;
}

/**
 * Returns the text of a key with its {placeholders} replaced.
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 */
export function t(key, params) {
  const text = words[key] ?? key;
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/**
 * Returns the text for a count. The English singular has a key that ends in ".one"; Vietnamese has no singular.
 * @param {string} key
 * @param {number} n
 * @param {Record<string, string | number>} [params]
 */
export function count(key, n, params) {
  const one = `${key}.one`;
  return t(n === 1 && has(one) ? one : key, { n, ...params });
}
