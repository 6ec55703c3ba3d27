/**
 * Requests with a timeout: a network that drops packets gives no response for many minutes. Request failures
 * are returned as values; bugs are still thrown.
 */

/**
 * @typedef {{code:string, status:number, detail:string, retryAfter:number}} Trouble `retryAfter`: seconds
 * @typedef {{answer:any, trouble:null}|{answer:null, trouble:Trouble}} Reply
 */

const LIMIT_MS = 10_000;
/** Statuses after which a retry of the same request may succeed. */
const PASSING = [0, 408, 425, 429];

/**
 * @param {(signal: AbortSignal) => Promise<any>} question
 * @param {number} [limitMs]
 * @returns {Promise<Reply>}
 */
export async function ask(question, limitMs = LIMIT_MS) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    return { answer: await question(limit.signal), trouble: null };
  } catch (error) {
    return { answer: null, trouble: troubleFrom(error, limit.signal.aborted) };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {unknown} error @param {boolean} late @returns {Trouble} */
function troubleFrom(error, late) {
  if (late) return { code: "offline", status: 0, detail: "", retryAfter: 0 };
  // A body that is not JSON comes from a proxy in front of the server.
  if (error instanceof SyntaxError) return { code: "unreadable", status: 0, detail: "", retryAfter: 0 };
  if (!(error instanceof Error) || error.name !== "Problem") throw error;
  const { code, status, detail, retryAfter } = /** @type {Error & Trouble} */ (error);
  return { code, status, detail, retryAfter };
}

/** Whether a failure is transient: unrelated to the request itself. @param {Trouble} trouble */
export function isPassing(trouble) {
  return PASSING.includes(trouble.status) || trouble.status >= 500;
}
