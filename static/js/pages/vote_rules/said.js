/** Descriptions of rules, shared by the table and the preview of a new pack. */

import { html, nothing } from "lit-html";
import { t } from "../../lib/words.js";
import { dayText } from "../../lib/typed_dates.js";
import { kindName } from "../meeting_body.js";

/** @typedef {import("./data.js").Rule} Rule */
/** @typedef {import("./data.js").Pack} Pack */

/** @param {string[]} kinds */
export const kindNames = (kinds) => kinds.map(kindName).join(", ");

/** The period of validity. @param {Rule} rule */
export function effective({ effective_from, effective_to }) {
  if (effective_from && effective_to) return t("rules.from_to", { from: dayText(effective_from), to: dayText(effective_to) });
  if (effective_from) return t("rules.from", { from: dayText(effective_from) });
  if (effective_to) return t("rules.to", { to: dayText(effective_to) });
  return t("rules.always");
}

/** The consequence of a tie. @param {Rule} rule */
export const tieWords = (rule) => t(`rules.tie.${rule.tie}`, { chair: rule.chair });

/** Whether a lawyer has checked a citation. @param {boolean} confirmed */
export function confirmedMark(confirmed) {
  return html`<span class="chip small ${confirmed ? "jade" : "amber"}">${t(confirmed ? "rules.confirmed" : "rules.unconfirmed")}</span>`;
}

/** The common quorum of some rules; null when they differ. @param {Rule[]} some */
export function sharedQuorum([first, ...others]) {
  if (!first) return null;
  const alike = others.every((one) => one.quorum.formula === first.quorum.formula && one.quorum.citation === first.quorum.citation);
  return alike ? first.quorum : null;
}

/** @param {import("./data.js").Quorum} quorum */
function quorumView(quorum) {
  return html`<dt>${t("rules.quorum")}</dt><dd>${quorum.formula}. ${quorum.example}</dd>
    <dt>${t("rules.quorum_citation")}</dt><dd>${quorum.citation} ${confirmedMark(quorum.confirmed)}</dd>`;
}

/** A rule, for comparison with the regulations. @param {Rule} rule @param {boolean} quorum include it here, not once for all rules */
function ruleView(rule, quorum) {
  return html`<article class="rule-said">
    <h4>${rule.title}</h4>
    <p>${rule.formula}.</p>
    <dl>
      <dt>${t("rules.for_example")}</dt><dd>${rule.example}</dd>
      <dt>${t("rules.tie")}</dt><dd>${tieWords(rule)}</dd>
      <dt>${t("rules.who")}</dt><dd>${rule.entitled}</dd>
      <dt>${t("rules.citation")}</dt><dd>${rule.citation} ${confirmedMark(rule.confirmed)}</dd>
      <dt>${t("rules.effective")}</dt><dd class="num">${effective(rule)}</dd>
      ${quorum ? quorumView(rule.quorum) : nothing}
    </dl>
  </article>`;
}

/** Preview of a pack before it is added. @param {Pack} pack @param {Set<string>} known existing kinds of meetings */
export function packSaid(pack, known) {
  const quorum = sharedQuorum(pack.rules);
  const strange = pack.kinds.filter((kind) => !known.has(kind));
  return html`<p>${t("rules.used_for", { kinds: kindNames(pack.kinds) })}</p>
    ${strange.length ? html`<p class="notice"><span>${t("rules.kind_unknown", { kinds: kindNames(strange) })}</span></p>` : nothing}
    ${pack.rules.map((rule) => ruleView(rule, quorum === null))}
    ${quorum ? html`<article class="rule-said"><dl>${quorumView(quorum)}</dl></article>` : nothing}`;
}
