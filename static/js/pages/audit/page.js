/** The audit page for administrators: filters, entries, sealed days, export and deletion of old entries. */

import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { date, isoDay } from "../../lib/format.js";
import { readDay, dayText } from "../../lib/typed_dates.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { t } from "../../lib/words.js";
import { audit, fileUrl, load, loadDays, loadMore, loadUsers, onChange } from "./data.js";
import { entryView } from "./entry.js";
import { openPrune } from "./prune.js";
import { daysView } from "./sealed_days.js";

const RANGES = ["today", "week", "month", "all", "days"];
const KINDS = ["", "sign_ins", "refused", "changes"];

/** @param {string} id @param {string} label @param {string} value @param {string[][]} options @param {(value: string) => void} choose */
function choice(id, label, value, options, choose) {
  return html`<div class="field"><label for=${id}>${label}</label><div class="pick">
    <select class="input" id=${id} @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([key = "", words = ""]) => html`<option value=${key} ?selected=${key === value}>${words}</option>`)}</select>${icon("chevron-down")}</div></div>`;
}

/** @param {"from" | "to"} name */
function dayField(name) {
  const given = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const day = readDay(field.value, isoDay(Date.now()), { past: true });
    void load({ [name]: day }, { [name]: Boolean(field.value.trim()) && !day });
  };
  const day = audit.filters[name];
  const wrong = audit.wrong[name];
  return html`<div class="field"><label for="audit-${name}">${t(`audit.${name}`)}</label>
    <input class="input" id="audit-${name}" inputmode="numeric" autocomplete="off" placeholder=${t("audit.day_hint")} value=${day ? dayText(day) : ""}
      aria-invalid=${wrong} aria-describedby="audit-${name}-note" @change=${given} />
    ${wrong ? html`<p class="wrong" role="alert" id="audit-${name}-note">${t("audit.day_wrong")}</p>` : nothing}</div>`;
}

function filtersView() {
  const { range, user, kind } = audit.filters;
  const people = audit.users.map((one) => [one.id, `${one.display_name} (${one.username})`]);
  return html`<search class="audit-filters">
    ${choice("audit-range", t("audit.range"), range, RANGES.map((one) => [one, t(`audit.range_${one}`)]), (value) => void load({ range: /** @type {import("./data.js").Range} */ (value) }))}
    ${range === "days" ? html`${dayField("from")}${dayField("to")}` : nothing}
    ${choice("audit-user", t("audit.user"), user, [["", t("audit.everybody")], ...people], (value) => void load({ user: value }))}
    ${choice("audit-kind", t("audit.kind"), kind, KINDS.map((one) => [one, t(`audit.kind_${one || "all"}`)]), (value) => void load({ kind: value }))}
  </search>`;
}

function entriesView() {
  const { entries, next } = audit;
  if (!entries) return nothing;
  if (!entries.length) return html`<div class="empty"><h2>${t("audit.none_title")}</h2><p>${t("audit.none_text")}</p></div>`;
  /** @type {Map<string, typeof entries>} */
  const days = new Map();
  for (const entry of entries) days.set(date(entry.at), [...(days.get(date(entry.at)) ?? []), entry]);
  return html`${repeat(days, ([day]) => day, ([day, some]) => html`<section class="audit-day"><h2 class="section-name num">${day}</h2>
      <ul class="card rows audit-rows">${repeat(some, (entry) => entry.id, entryView)}</ul></section>`)}
    ${next ? html`<button type="button" class="btn plain more-entries" @click=${loadMore}>${t("audit.more")}</button>` : nothing}`;
}

/** @param {HTMLElement} button */
function openActions(button) {
  openMenu(button, [
    { label: t("audit.download_csv"), icon: "download", href: fileUrl("csv") },
    { label: t("audit.download_jsonl"), icon: "file-text", href: fileUrl("jsonl") },
    null,
    { label: t("audit.prune"), icon: "trash-2", danger: true, run: openPrune },
  ]);
}

/** @param {HTMLElement} view */
function renderAudit(view) {
  const open = (/** @type {Event} */ event) => openActions(/** @type {HTMLElement} */ (event.currentTarget));
  render(
    html`<header class="page-head"><h1>${t("audit.title")}</h1>
        <div class="btn-row"><button type="button" class="btn plain" aria-haspopup="menu" aria-expanded="false" @click=${open}>${icon("ellipsis")}${t("audit.actions")}</button></div></header>
      <p class="quiet audit-lead">${t("audit.lead")}</p>
      ${filtersView()} ${daysView(audit.days)} ${entriesView()}`,
    view,
  );
}

export function startAudit() {
  const view = document.getElementById("view");
  if (!view) throw new Error("no #view on the page");
  onChange(() => renderAudit(view));
  renderAudit(view);
  void load();
  void loadUsers();
  void loadDays();
}
