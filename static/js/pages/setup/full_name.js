/** The name of a body without abbreviations, as printed in official documents. The server uses the same rule. */

/** @type {Record<string, string>} */
const SPELLED_OUT = { HĐND: "Hội đồng nhân dân", UBND: "Ủy ban nhân dân", MTTQ: "Mặt trận Tổ quốc", TP: "thành phố" };
const SHORT = new RegExp(`(?<![\\p{L}\\p{N}_])(?:TP\\.|(?:${Object.keys(SPELLED_OUT).join("|")})(?![\\p{L}\\p{N}_]))\\s*`, "gu");

/** @param {string} name "HĐND xã Tân Phú" @returns {string} "Hội đồng nhân dân xã Tân Phú" */
export function fullUnitName(name) {
  return name.replace(SHORT, (found) => `${SPELLED_OUT[found.trim().replace(/\.$/, "")]} `).trim();
}
