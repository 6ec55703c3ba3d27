/** One entry of the audit as a row: time, who, what, to what, and the recorded details. */

import { html, nothing } from "lit-html";
import { clock } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";

/** @typedef {import("./data.js").Entry} Entry */

/** Facts that the row shows in its own words. */
const SHOWN_ELSEWHERE = new Set(["user_id", "times"]);

const REFUSED = "refused.";

/** The words of an action. @param {string} action */
const actionWords = (action) => action.startsWith(REFUSED) ? t(`audit.refused.${action.slice(REFUSED.length)}`) : t(`audit.action.${action}`);

/** @param {Entry} entry */
function actorName(entry) {
  if (entry.actor) return entry.actor;
  return entry.actor_id ? t("audit.deleted_person") : entry.action.startsWith(REFUSED) ? t("audit.not_signed_in") : t("audit.system");
}

/** What an action was about: the account that was tried, a meeting, a person. @param {Entry} entry */
function aboutText(entry) {
  const own = entry.thing_kind === "user" && entry.thing_id === entry.actor_id;
  const thing = own ? "" : entry.thing ?? String(entry.facts.title ?? entry.facts.name ?? entry.facts.username ?? "");
  return [thing, entry.person].filter(Boolean).join(" · ");
}

/** Facts with words of their own; the others are shown as they are recorded. */
const NAMED = new Set(["address", "asked", "device", "id", "request_id", "route", "since"]);

/** @param {string} name */
const factName = (name) => (NAMED.has(name) ? t(`audit.fact.${name}`) : name);

/** @param {unknown} value */
const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** @param {Entry} entry */
function detailsView(entry) {
  const facts = Object.entries(entry.facts).filter(([name]) => !SHOWN_ELSEWHERE.has(name));
  const rows = [
    ...facts.map(([name, value]) => [name, name === "since" ? clock(String(value)) : plain(value)]),
    ...(entry.address ? [["address", entry.address]] : []),
    ...(entry.request_id ? [["request_id", entry.request_id]] : []),
    ["id", String(entry.id)],
  ];
  return html`<dl class="audit-facts">${rows.map(([name, value]) => html`<dt>${factName(String(name))}</dt><dd>${value}</dd>`)}</dl>`;
}

/** @param {Entry} entry */
export function entryView(entry) {
  const refused = entry.action.startsWith(REFUSED);
  const times = Number(entry.facts.times ?? 1);
  const about = aboutText(entry);
  return html`<li class=${refused ? "refused" : ""}><details><summary class="row audit-row">
    <span class="num quiet audit-time">${clock(entry.at)}</span>
    ${refused ? icon("circle-alert") : nothing}
    <div class="grow"><p><b>${actorName(entry)}</b> <span>${actionWords(entry.action)}</span>${times > 1 ? html` <span class="mark">${t("audit.times", { n: times })}</span>` : nothing}</p>
      ${about ? html`<p class="quiet">${about}</p>` : nothing}</div>
    ${icon("chevron-down")}</summary>${detailsView(entry)}</details></li>`;
}
