/** Administration of voting rules: the rules of each body, and custom rule packs. */

import { html, nothing, render } from "lit-html";
import { moment } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { copySource, loadChoices, loadPacks, lookAt, onChange, putBack, rules, sourceOf, withdraw } from "./data.js";
import { nextVersionOf } from "./drafts.js";
import { openEditor } from "./editor.js";
import { openSource } from "./source_sheet.js";
import { offeredTable, packsTable, withdrawnList } from "./table.js";

/** @typedef {import("./data.js").Pack} Pack */

/** Runs an action and shows its error. @param {() => Promise<void>} run */
async function showingErrors(run) {
  try {
    await run();
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {Pack} pack */
function added(pack) {
  toast(t("rules.added", { title: pack.title }));
  document.querySelector(`[data-pack="${pack.id}"]`)?.scrollIntoView({ block: "start" });
}

/** @param {Pack} pack */
const restore = (pack) => showingErrors(async () => {
  await putBack(pack);
  toast(t("rules.back", { title: pack.title }));
});

/** @param {Pack} pack */
const downloadRules = (pack) => showingErrors(async () => {
  await withdraw(pack);
  toast(t("rules.gone", { title: pack.title }), { action: { label: t("ui.undo"), run: () => void restore(pack) } });
});

/** @param {Pack} pack */
const copy = (pack) => showingErrors(async () => openEditor(added, { text: await copySource(pack), unitId: pack.unit_id }));

/** @param {Pack} pack */
const change = (pack) => showingErrors(async () => openEditor(added, { text: nextVersionOf(await sourceOf(pack.id ?? "")), unitId: pack.unit_id }));

/** @param {Pack} pack */
const read = (pack) => showingErrors(async () => openSource(pack, await sourceOf(pack.id ?? "")));

/** @param {HTMLElement} button @param {Pack} pack */
function menu(button, pack) {
  const own = [
    { label: t("rules.new_version"), icon: "pencil", run: () => void change(pack) },
    { label: t("rules.copy"), icon: "copy", run: () => void copy(pack) },
  ];
  const end = [null, { label: t("rules.withdraw"), icon: "x", danger: true, run: () => void downloadRules(pack) }];
  openMenu(button, [...(pack.own ? own : []), { label: t("rules.read"), icon: "file-text", run: () => void read(pack) }, ...(pack.own ? end : [])]);
}

/** @type {import("./table.js").Doings} */
const doings = { copy, menu, putBack: restore };

/** @param {Pack[]} own */
function ownView(own) {
  const inUse = own.filter((pack) => !pack.withdrawn_at);
  const withdrawn = own.filter((pack) => pack.withdrawn_at);
  return html`<section class="packs"><h2>${t("rules.own")}</h2>
    ${inUse.length
      ? packsTable(inUse, doings, t("rules.own"))
      : html`<div class="empty"><h3>${t("rules.none_title")}</h3><p>${t("rules.none_text")}</p>
          <button type="button" class="btn plain" @click=${() => openEditor(added)}>${icon("plus")}${t("rules.add")}</button></div>`}
    ${withdrawn.length ? withdrawnList(withdrawn, doings) : nothing}</section>`;
}

function packsView() {
  if (!rules.packs) return nothing;
  const builtIn = rules.packs.filter((pack) => !pack.own);
  return html`${ownView(rules.packs.filter((pack) => pack.own))}
    <section class="packs"><h2>${t("rules.built_in")}</h2><p class="quiet">${t("rules.built_in_note")}</p>${packsTable(builtIn, doings, t("rules.built_in"))}</section>`;
}

function offeredView() {
  const meeting = rules.meetings.find((one) => one.id === rules.meetingId);
  if (!meeting || !rules.offered) return nothing;
  return html`<section class="packs"><h2>${meeting.title}</h2><p class="quiet">${moment(meeting.starts_at)}. ${t("rules.offered_note")}</p>
    ${offeredTable(rules.offered, meeting.title)}</section>`;
}

function choiceView() {
  if (!rules.meetings.length) return nothing;
  return html`<div class="field look-at"><label for="look-at">${t("rules.look_at")}</label><div class="pick">
    <select class="input" id="look-at" @change=${(/** @type {Event} */ event) => void lookAt(/** @type {HTMLSelectElement} */ (event.target).value)}>
      <option value="">${t("rules.all_packs")}</option>
      ${rules.meetings.map((one) => html`<option value=${one.id}>${one.title} · ${moment(one.starts_at)}</option>`)}
    </select>${icon("chevron-down")}</div></div>`;
}

/** Whether a lawyer has checked all citations of a pack. @param {Pack} pack */
const isChecked = (pack) => pack.rules.every((rule) => rule.confirmed && rule.quorum.confirmed);

function toCheckView() {
  const titles = (rules.packs ?? []).filter((pack) => !pack.withdrawn_at && !isChecked(pack)).map((pack) => pack.title);
  if (!titles.length) return nothing;
  return html`<p class="notice">${icon("circle-alert")}<span><b>${t("rules.check_title")}.</b> ${t("rules.check_text", { titles: titles.join(", ") })}</span></p>`;
}

/** @param {HTMLElement} view */
function renderVoteRules(view) {
  render(
    html`<header class="page-head"><h1>${t("rules.title")}</h1>
        <button type="button" class="btn ink" @click=${() => openEditor(added)}>${icon("plus")}${t("rules.add")}</button></header>
      <div class="rules-body"><p class="lead">${t("rules.lead")}</p>${toCheckView()}${choiceView()} ${rules.meetingId ? offeredView() : packsView()}</div>`,
    view,
  );
}

export function startVoteRules() {
  const view = document.getElementById("view");
  if (!view) throw new Error("no #view on the page");
  onChange(() => renderVoteRules(view));
  renderVoteRules(view);
  void loadPacks();
  void loadChoices();
}
