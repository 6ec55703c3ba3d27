/**
 * Whether enough of the entitled are here, in whole numbers; says what the server's quorum_rules.py
 * says. Pure.
 */

/** @typedef {import("../lib/schemas.d.ts").ParticipantView} Participant */
/** @typedef {import("../lib/schemas.d.ts").QuorumRuleView} QuorumRule */
/** @typedef {import("../lib/schemas.d.ts").AttendanceStatus} Said */
/** @typedef {import("../lib/schemas.d.ts").Quorum} Quorum */

/** What the roll call can say of a person, in the order of its buttons. @type {Said[]} */
export const SAYINGS = ["present", "late", "excused", "absent", "left"];

/** @param {string|null|undefined} attendance who came late is here; who left early is not */
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
 * @returns {Quorum} never met where nobody is entitled
 */
export function quorumOf(rule, people) {
  const voters = people.filter((one) => one.entitled_to_vote);
  const present = voters.filter((one) => isHere(one.attendance)).length;
  const required = least(rule, voters.length);
  return { present, entitled: voters.length, required, met: present >= required, missing: Math.max(0, required - present) };
}

/**
 * How many of these people the roll says what of; `unsaid`: nothing yet.
 * @param {Pick<Participant, "attendance">[]} people
 * @returns {Record<Said|"unsaid", number>}
 */
export function rollCounts(people) {
  const counts = { present: 0, late: 0, excused: 0, absent: 0, left: 0, unsaid: 0 };
  for (const { attendance } of people) {
    if (attendance === null) counts.unsaid += 1;
    // A newer server may know more words than this page.
    else if (Object.hasOwn(counts, attendance)) counts[/** @type {Said} */ (attendance)] += 1;
  }
  return counts;
}
