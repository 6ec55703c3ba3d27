/** Tables of the page: rules by body, or the rules of one meeting. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { date } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { confirmedMark, effective, kindNames, sharedQuorum, tieWords } from "./said.js";

/** @typedef {import("./data.js").Rule} Rule */
/** @typedef {import("./data.js").Pack} Pack */
/** @typedef {import("./data.js").Quorum} Quorum */
/** @typedef {{copy: (pack: Pack) => void, menu: (button: HTMLElement, pack: Pack) => void, putBack: (pack: Pack) => void}} Doings */

const head = () => html`<thead><tr>
  <th scope="col">${t("rules.rule")}</th><th scope="col">${t("rules.formula")}</th><th scope="col">${t("rules.tie")}</th>
  <th scope="col">${t("rules.citation")}</th><th scope="col">${t("rules.effective")}</th></tr></thead>`;

/** A long id breaks between its words. @param {string} id */
const breakable = (id) => id.split("_").map((word, at) => (at ? html`_<wbr>${word}` : word));

/** @param {string} words @param {string} example */
const formulaView = (words, example) => html`<p>${words}</p><p class="quiet">${example}</p>`;

/** @param {string} citation @param {boolean} confirmed */
const citationView = (citation, confirmed) => html`<p>${citation}</p>${confirmedMark(confirmed)}`;

/** @param {Quorum} quorum */
const quorumPart = (quorum) => html`<p class="own-quorum"><b>${t("rules.quorum")}</b></p>${formulaView(quorum.formula, quorum.example)}`;

/** @param {Rule} rule @param {{usual?: boolean, quorum?: boolean}} [more] quorum: show it in this row, because it has no separate row */
function ruleRow(rule, { usual = false, quorum = false } = {}) {
  return html`<tr class="rule">
    <th scope="row"><span>${rule.title}</span>
      <p class="quiet">${breakable(rule.id)}</p><p class="quiet">${t("rules.version", { n: rule.version })}</p>
      ${usual ? html`<span class="chip small">${t("rules.usual")}</span>` : nothing}</th>
    <td data-name=${t("rules.formula")}>${formulaView(rule.formula, rule.example)}${quorum ? quorumPart(rule.quorum) : nothing}</td>
    <td data-name=${t("rules.tie")}>${tieWords(rule)}</td>
    <td data-name=${t("rules.citation")}>${citationView(rule.citation, rule.confirmed)}${quorum ? html`<p class="own-quorum"><b>${t("rules.quorum")}</b></p>${citationView(rule.quorum.citation, rule.quorum.confirmed)}` : nothing}</td>
    <td data-name=${t("rules.effective")} class="num">${effective(rule)}</td>
  </tr>`;
}

/** @param {Quorum} quorum */
function quorumRow(quorum) {
  return html`<tr class="rule quorum">
    <th scope="row">${t("rules.quorum")}</th>
    <td data-name=${t("rules.formula")}>${formulaView(quorum.formula, quorum.example)}</td><td></td>
    <td data-name=${t("rules.citation")}>${citationView(quorum.citation, quorum.confirmed)}</td><td></td>
  </tr>`;
}

/** Unit, id, kinds and author of a pack. @param {Pack} pack */
function packFacts(pack) {
  const facts = [t("rules.id_and_version", { id: pack.pack_id, version: pack.version })];
  if (pack.own) facts.unshift(pack.unit_name ?? t("rules.everybody"));
  if (pack.kinds.length) facts.push(t("rules.used_for", { kinds: kindNames(pack.kinds) }));
  if (pack.added_at) facts.push(t("rules.added_by", { name: pack.added_by ?? "", date: date(pack.added_at) }));
  return facts.join(" · ");
}

/** @param {Pack} pack @param {Doings} doings */
function packActions(pack, doings) {
  return html`${pack.own ? nothing : html`<button type="button" class="btn plain" @click=${() => doings.copy(pack)}>${icon("copy", "small")}${t("rules.copy")}</button>`}
    <button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("rules.menu_of", { title: pack.title })}
      @click=${(/** @type {Event} */ event) => doings.menu(/** @type {HTMLElement} */ (event.currentTarget), pack)}>${icon("ellipsis")}</button>`;
}

/** @param {Pack} pack @param {Doings} doings */
function packBody(pack, doings) {
  const quorum = sharedQuorum(pack.rules);
  return html`<tbody data-pack=${pack.id ?? ""}>
    <tr class="pack"><th scope="rowgroup" colspan="5"><div class="pack-head">
      <div class="grow"><h3>${pack.title}</h3><p class="quiet">${packFacts(pack)}</p></div>
      <div class="pack-do">${packActions(pack, doings)}</div></div>
      ${pack.problem ? html`<p class="notice bad">${icon("circle-alert")}<span>${t("rules.left_out", { why: pack.problem })}</span></p>` : nothing}</th></tr>
    ${pack.rules.map((rule) => ruleRow(rule, { quorum: quorum === null }))}
    ${quorum ? quorumRow(quorum) : nothing}
  </tbody>`;
}

/** @param {Pack[]} packs @param {Doings} doings @param {string} name */
export function packsTable(packs, doings, name) {
  return html`<div class="card table-card"><table class="rules-table"><caption class="for-reader">${name}</caption>
    ${head()}${repeat(packs, (pack) => pack.id, (pack) => packBody(pack, doings))}</table></div>`;
}

/** Rules that a meeting can use, default rule first. @param {Rule[]} offered @param {string} name */
export function offeredTable(offered, name) {
  const quorum = sharedQuorum(offered);
  return html`<div class="card table-card"><table class="rules-table"><caption class="for-reader">${name}</caption>
    ${head()}<tbody>${offered.map((rule, at) => ruleRow(rule, { usual: at === 0, quorum: quorum === null }))}
      ${quorum ? quorumRow(quorum) : nothing}</tbody></table></div>`;
}

/** Withdrawn packs, kept for the record. @param {Pack[]} packs @param {Doings} doings */
export function withdrawnList(packs, doings) {
  return html`<details class="withdrawn"><summary>${t("rules.withdrawn", { n: packs.length })}</summary>
    <ul class="rows">${repeat(packs, (pack) => pack.id, (pack) => html`<li class="row">
      <div class="grow"><b>${pack.title}</b><p class="quiet">${packFacts(pack)} · ${t("rules.withdrawn_by", { name: pack.withdrawn_by ?? "", date: date(pack.withdrawn_at ?? "") })}</p></div>
      <button type="button" class="btn plain" @click=${() => doings.putBack(pack)}>${t("rules.put_back")}</button></li>`)}</ul></details>`;
}
