/** The quorum and the counts of the roll, in words. */
import { html, nothing } from "lit-html";
import { quorumOf } from "../live/quorum.js";
import { icon } from "../lib/ui/icon.js";
import { count, lang, t } from "../lib/words.js";
import { rollNumbersOf } from "./roll_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/**
 * @typedef {{meeting: {quorum_rule: import("../lib/schemas.js").QuorumRuleView,
 *   participants: {entitled_to_vote: boolean, attendance?: string|null}[]}}} Seen  the part of a room that the quorum needs
 */

/** In reading order: present, not present, not yet called. */
const COUNTED = ["present", "late", "excused", "absent", "left", "unsaid"];

/** @param {{vi: string, en: string}} words */
export const said = (words) => (lang === "en" ? words.en : words.vi);

/** @param {Seen} room @returns {string} "đủ số đại biểu theo quy định: 27/31 (tối thiểu 21)" */
export function quorumInWords(room) {
  const rule = room.meeting.quorum_rule;
  const { met, entitled, ...numbers } = quorumOf(rule, room.meeting.participants);
  const facts = { ...numbers, entitled, voters: said(rule.voters) };
  if (!entitled) return t("roll.quorum_of_nobody", facts);
  return t(met ? "roll.quorum_met" : "roll.quorum_missing", facts);
}

/** @param {Seen} room */
export function quorumLine(room) {
  const { met } = quorumOf(room.meeting.quorum_rule, room.meeting.participants);
  return html`<p class="quorum num ${met ? "met" : "missing"}">${icon(met ? "check" : "circle-alert", "small")}<span>${quorumInWords(room)}</span></p>`;
}

/** @param {Room} room Counts of the people entitled to vote by attendance status; they add up to all of them. */
export function rollNumbers(room) {
  const { said: counts, here, others } = rollNumbersOf(room);
  return html`<ul class="roll-numbers">${COUNTED.map((key) => {
    const n = counts[/** @type {keyof typeof counts} */ (key)];
    return html`<li class=${n ? "" : "none"}><b class="num">${n}</b> <span>${t(`roll.said_${key}`)}</span></li>`;
  })}</ul>
  ${here ? html`<p class="quiet num">${count("roll.unsaid_here", here)}</p>` : nothing}
  ${others ? html`<p class="quiet num">${count("roll.unsaid_others", others)}</p>` : nothing}`;
}

/** @param {Room} room The rule of the quorum. */
export function quorumRule(room) {
  const { formula, citation } = room.meeting.quorum_rule;
  return html`<details class="quorum-rule"><summary>${icon("chevron-right", "small")}<span class="grow">${t("roll.rule")}</span></summary>
    <p>${said(formula)}.</p><p class="quiet">${said(citation)}.</p></details>`;
}
