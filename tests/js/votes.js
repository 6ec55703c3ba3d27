/** Votes for the tests. */

const RULE = {
  id: "hdnd_resolution", version: 1, title: { vi: "Nghị quyết", en: "Resolution" }, formula: { vi: "quá nửa", en: "more than half" },
  citation: { vi: "Luật", en: "Law" }, confirmed: false, line: null,
};
const USUAL = [{ key: "for", label: "Tán thành" }, { key: "against", label: "Không tán thành" }, { key: "abstain", label: "Không biểu quyết" }];

/** @param {string} id @param {Partial<import("../../static/js/lib/schemas.js").PollView>} [more] @returns {import("../../static/js/lib/schemas.js").PollView} */
export const poll = (id, more = {}) => ({
  id, meeting_id: "m", position: 1, title: id, question: id, method: "named", rule_id: RULE.id, rule: RULE, options: USUAL,
  agenda_item_id: null, document_id: null, version: null, allow_change: false, timer_seconds: null, repeats: null, status: "draft",
  opened: null, closed_at: null, result: null,
  ending: { ruling: null, announced_at: null, announced_by: null, cancelled_at: null, cancelled_by: null, cancel_reason: null }, ...more,
});

/** @param {string} id @param {object} [more] */
export const openPoll = (id, more = {}) =>
  poll(id, /** @type {any} */ ({ status: "open", opened: { at: "2026-11-24T02:00:00Z", n: 3, present: 2, voters: ["a", "b"], override_reason: null }, ...more }));

/** @param {string} id @param {object} [more] @param {string} [verdict] */
export const closedPoll = (id, more = {}, verdict = "adopted") =>
  poll(id, /** @type {any} */ ({ status: "closed", closed_at: "2026-11-24T02:05:00Z", result: { at: "2026-11-24T02:05:00Z", verdict }, ...more }));
