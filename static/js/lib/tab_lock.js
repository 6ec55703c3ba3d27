/** Runs work in one browser tab at a time, where the browser supports locks. */

/** Maximum wait for a lock: a tab that was suspended during its work does not block others for longer. */
const TIMEOUT_MS = 15_000;

/**
 * Runs `work` under a lock. Without lock support (plain HTTP, older browsers) and after the timeout it runs unlocked, so it must
 * be idempotent.
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
