/** The arithmetic of a vote in integers: required number, verdict, result. */

/** @typedef {Map<string, number>} Counts votes by option, in the order of options */
/** @typedef {{numerator: number, denominator: number, comparison: string}} Share */

const WITHOUT_PROPOSAL = new Set(["for", "against", "abstain"]);

/**
 * The smallest number, at least 1, that reaches (>=) or exceeds (>) the share of a base.
 * @param {Share} share @param {number} base
 */
export function required({ numerator, denominator, comparison }, base) {
  // The product may exceed 2^53.
  const [product, divisor] = [BigInt(numerator) * BigInt(base), BigInt(denominator)];
  const number = comparison === ">" ? product / divisor + 1n : (product + divisor - 1n) / divisor;
  return number < 1n ? 1 : Number(number);
}

/**
 * The deciding option: `for`, or in a poll without it the single leading one.
 * @param {Counts} counts @returns {string|null}
 */
function deciding(counts) {
  if (counts.has("for")) return "for";
  const proposals = [...counts].filter(([key]) => !WITHOUT_PROPOSAL.has(key));
  const most = Math.max(0, ...proposals.map(([, count]) => count));
  const leading = proposals.filter(([, count]) => count === most);
  return leading.length === 1 ? leading[0]?.[0] ?? null : null;
}

/**
 * The verdict, and how the chair's side decided a tie (null if it did not).
 * @param {any} rule @param {Counts} counts @param {number} needed
 * @param {string|null} side for or against, if the chair's ballot is readable and has one of these choices
 * @returns {[string, string|null]}
 */
function outcome(rule, counts, needed, side) {
  const measured = deciding(counts);
  if (measured !== null && (counts.get(measured) ?? 0) >= needed) return ["adopted", null];
  const [inFavour, against] = [counts.get("for") ?? 0, counts.get("against") ?? 0];
  if (rule.tie !== "chair_side" || inFavour !== against || inFavour === 0) return ["not_adopted", null];
  return side === null ? ["tie_needs_ruling", "ruling"] : [ruled(side), "chair_ballot"];
}

/** The verdict when the chair's side decides. @param {string} side */
export const ruled = (side) => (side === "for" ? "adopted" : "not_adopted");

/**
 * The expected `poll_closed` without `closed_by`. Objects in it are Maps, in whose order a fault shows them.
 * @param {any} opened @param {Counts} counts @param {{invalid: number, notReturned: number}} papers
 * @param {string|null} chairChoice
 * @returns {Record<string, any>}
 */
export function closing(opened, counts, { invalid, notReturned }, chairChoice) {
  const { rule, n, present } = opened;
  const voted = [...counts.values()].reduce((sum, count) => sum + count, 0) + invalid;
  const base = { entitled: n, present, cast: voted }[/** @type {"entitled"|"present"|"cast"} */ (rule.base)];
  const needed = required(rule, base);
  const side = chairChoice === "for" || chairChoice === "against" ? chairChoice : null;
  const [verdict, flow] = outcome(rule, counts, needed, side);
  const chair = opened.chair ? opened.chair.user_id : null;
  return {
    n,
    present,
    voted,
    invalid,
    not_returned: notReturned,
    not_sent: present - voted - notReturned,
    absent: n - present,
    counts,
    base: rule.base,
    base_number: base,
    required: needed,
    deciding: deciding(counts),
    verdict,
    tie: flow && new Map([["flow", flow], ["chair_user_id", chair], ["side", side]]),
  };
}
