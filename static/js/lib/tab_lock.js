/** Work that only one tab of the browser does at a time, where the browser can see to that. */

/** A tab that was put to sleep in the middle of its work holds nobody up for longer. */
const TIMEOUT_MS = 15_000;

/**
 * Without locks (plain HTTP, older browsers) and after a wait too long the work is done all the same: it
 * has to be harmless twice.
 * @template T
 * @param {string} name @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function oneAtATime(name, work) {
  if (!("locks" in navigator)) return work();
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
  let begun = false;
  try {
    return await navigator.locks.request(name, { signal: timeout.signal }, () => {
      begun = true;
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (begun || !timeout.signal.aborted) throw error;
    return work();
  } finally {
    clearTimeout(timer);
  }
}
