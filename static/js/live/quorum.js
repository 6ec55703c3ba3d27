/**
 * Whether the quorum is met, in whole numbers; the same rule as the server's quorum_rules.py. Pure.
 */

/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */
/** @typedef {import("../lib/schemas.js").QuorumRuleView} QuorumRule */
/** @typedef {import("../lib/schemas.js").AttendanceStatus} Said */
/** @typedef {import("../lib/schemas.js").Quorum} Quorum */

/** The attendance statuses of the roll call, in the order of its buttons. @type {Said[]} */
export const SAYINGS = ["present", "late", "excused", "absent", "left"];

/** @param {string|null|undefined} attendance "late" counts as here; "left early" does not */
export const isHere = (attendance) => attendance === "present" || attendance === "late";

/** @param {Pick<QuorumRule, "numerator"|"denominator"|"comparison">} share @param {number} base */
function least({ numerator, denominator, comparison }, base) {
  const product = numerator * base;
  const rest = product % denominator;
  const whole = (product - rest) / denominator;
  if (comparison === ">") return whole + 1;
  return Math.max(1, rest ? whole + 1 : whole);
}

/**
 * @param {Pick<QuorumRule, "numerator"|"denominator"|"comparison">} rule
 * @param {{entitled_to_vote: boolean, attendance?: string|null}[]} people
 * @returns {Quorum} never met when nobody is entitled to vote
 */
export function quorumOf(rule, people) {
  const voters = people.filter((one) => one.entitled_to_vote);
  const present = voters.filter((one) => isHere(one.attendance)).length;
  const required = least(rule, voters.length);
  return { present, entitled: voters.length, required, met: present >= required, missing: Math.max(0, required - present) };
}

/**
 * Counts people by attendance status; `unsaid`: no status yet.
 * @param {Pick<Participant, "attendance">[]} people
 * @returns {Record<Said|"unsaid", number>}
 */
export function rollCounts(people) {
  const counts = { present: 0, late: 0, excused: 0, absent: 0, left: 0, unsaid: 0 };
  for (const { attendance } of people) {
    if (attendance === null) counts.unsaid += 1;
    // A newer server may send statuses that this page does not know.
    else if (Object.hasOwn(counts, attendance)) counts[/** @type {Said} */ (attendance)] += 1;
  }
  return counts;
}
