/** Parses page numbers. */

/**
 * Returns the typed number, clamped to the pages of the document.
 * @param {string} typed @param {number} count @returns {number|null} null: not a number
 */
export function pageFrom(typed, count) {
  const number = Number.parseInt(typed.trim(), 10);
  if (!Number.isFinite(number)) return null;
  return Math.min(count, Math.max(1, number));
}
