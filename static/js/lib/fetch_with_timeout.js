/**
 * Asking the server with a limit of time: a network that swallows packets answers nothing
 * for many minutes. What went wrong comes back as a value; a fault of this program is still thrown.
 */

/**
 * @typedef {{code:string, status:number, detail:string, retryAfter:number}} Trouble `retryAfter`: seconds
 * @typedef {{answer:any, trouble:null}|{answer:null, trouble:Trouble}} Reply
 */

const LIMIT_MS = 10_000;
/** Answers after which the same question may well be answered later. */
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
  // A page that is no JSON comes from something between here and the server.
  if (error instanceof SyntaxError) return { code: "unreadable", status: 0, detail: "", retryAfter: 0 };
  if (!(error instanceof Error) || error.name !== "Problem") throw error;
  const { code, status, detail, retryAfter } = /** @type {Error & Trouble} */ (error);
  return { code, status, detail, retryAfter };
}

/** @param {Trouble} trouble Whether it says nothing about the question itself. */
export function isPassing(trouble) {
  return PASSING.includes(trouble.status) || trouble.status >= 500;
}
