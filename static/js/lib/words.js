/**
 * The interface's sentences. They come from the same catalogues as the server's, in a classic
 * script loaded before the modules; a missing key shows itself instead of breaking the page.
 */

const words = /** @type {{DIENHONG_WORDS?: Record<string, string>}} */ (globalThis).DIENHONG_WORDS ?? {};

/** "vi" or "en". */
export const lang = globalThis.document?.documentElement.lang || "vi";

/** @param {string} key */
export function has(key) {
  return key in words;
}

/**
 * The text of a key with its {placeholders} filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 */
export function t(key, params) {
  const text = words[key] ?? key;
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/**
 * The text for a count. English needs a singular: its key ends in ".one"; Vietnamese needs none.
 * @param {string} key
 * @param {number} n
 * @param {Record<string, string | number>} [params]
 */
export function count(key, n, params) {
  const one = `${key}.one`;
  return t(n === 1 && has(one) ? one : key, { n, ...params });
}
