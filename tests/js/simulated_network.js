/**
 * A hall's network for the servers of tests: requests get lost, answers get lost, requests arrive
 * late, the server fails before or after it has done its work.
 */

/** As lib/api.js throws it. */
export class Problem extends Error {
  /** @param {number} status @param {string} code @param {number} [retryAfter] */
  constructor(status, code, retryAfter = 0) {
    super(`in words: ${code}`);
    this.name = "Problem";
    Object.assign(this, { status, code, detail: this.message, retryAfter });
  }
}

const offline = () => new Problem(0, "offline");

export const FATES = ["fine", "lost", "answer lost", "fails", "fails after", "too many", "no json", "late", "hangs", "hangs after"];

/**
 * What becomes of one request.
 * @param {string} fate of FATES; anything else goes well
 * @param {(() => void)[]} late takes what arrives after its sender has given up
 * @param {() => any} work of the server @param {AbortSignal} signal @returns {Promise<any>}
 */
export async function meet(fate, late, work, signal) {
  await null;
  const quietly = () => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  };
  const until = () => new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("late", "AbortError")));
  });
  switch (fate) {
    case "lost": throw offline();
    case "answer lost": quietly(); throw offline();
    case "fails": throw new Problem(503, "unavailable");
    case "fails after": quietly(); throw new Problem(500, "internal_error");
    case "too many": throw new Problem(429, "too_many_requests", 1);
    case "no json": throw new SyntaxError("<html>");
    case "late": late.push(quietly); throw offline();
    case "hangs": return until();
    case "hangs after": quietly(); return until();
    case "signed out": throw new Problem(401, "session_expired");
    default: return structuredClone(work());
  }
}
