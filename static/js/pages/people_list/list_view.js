/** Templates of a pasted list: the input field, the preview of the rows, and the result. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { live } from "lit-html/directives/live.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { secretsView } from "../people/secrets.js";
import { capitalRows, writeInNormalCase } from "./draft.js";
import { inNormalCase } from "./person_lines.js";

/**
 * @typedef {import("./list.js").PeopleList} PeopleList
 * @typedef {import("./draft.js").Row} Row
 * @typedef {import("./draft.js").Facts} Facts
 */

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {PeopleList} list @param {(text: string) => void} read */
export function fieldView(list, read) {
  /** @param {ClipboardEvent} event */
  const paste = (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (list.text.trim() || !text.trim()) return;
    event.preventDefault();
    read(text);
  };
  return html`<div class="field"><label for="people-list">${t("people_list.field")}</label>
    <p class="hint" id="people-list-hint">${t("people_list.field_hint")}</p>
    <textarea class="input people-list-field" id="people-list" data-first rows="10" spellcheck="false" .value=${live(list.text)} aria-describedby="people-list-hint people-list-wrong"
      aria-invalid=${list.wrong ? "true" : "false"} @paste=${paste} @input=${(/** @type {Event} */ event) => (list.text = valueOf(event))}></textarea>
    <p class="wrong" id="people-list-wrong" role="alert">${list.wrong ? html`${icon("circle-alert", "small")}${list.wrong}` : nothing}</p></div>`;
}

/** A row with an unanswered request is repeated unchanged, so it is not editable. @param {PeopleList} list @param {Row} row */
const isFixed = (list, row) => Boolean(list.busy || row.attempt || row.made);

/** @param {PeopleList} list @param {Row} row @param {"name" | "position"} key @param {boolean} faulty */
function cellField(list, row, key, faulty) {
  /** @param {Event} event */
  const input = (event) => {
    row[key] = valueOf(event);
    list.redraw();
  };
  return html`<label class="for-reader" for="row-${key}-${row.number}">${t(`people_list.${key}_of_line`, { n: row.number })}</label>
    <input class="input" id="row-${key}-${row.number}" .value=${live(row[key])} placeholder=${t(`people.${key}`)} autocomplete="off" spellcheck="false" aria-invalid=${faulty ? "true" : "false"}
      aria-describedby="row-said-${row.number}" ?disabled=${isFixed(list, row)} @input=${input} />`;
}

/** @param {PeopleList} list @param {Row} row */
function unitField(list, row) {
  const chosen = list.unitOf(row);
  return html`<label class="for-reader" for="row-unit-${row.number}">${t("people_list.unit_of_line", { n: row.number })}</label>
    <div class="pick"><select class="input" id="row-unit-${row.number}" ?disabled=${isFixed(list, row)} @change=${(/** @type {Event} */ event) => {
      row.unit = valueOf(event);
      list.redraw();
    }}>${list.unitNames.map((name) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`)}</select>${icon("chevron-down")}</div>`;
}

/** The messages under the fields of a row. @param {Row} row @param {Facts} facts */
function messagesOf(row, { fault, doubt, wanted }) {
  if (row.trouble) return html`<span class="wrong">${icon("circle-alert", "small")}<span>${row.trouble}${row.attempt || row.made ? ` ${t("people_list.sent_again")}` : ""}</span></span>`;
  if (fault) return html`<span class="wrong">${icon("circle-alert", "small")}<span>${t(fault)}</span></span>`;
  if (!doubt) return nothing;
  return html`<span class="doubt">${icon("circle-alert", "small")}<span>${t(doubt.key, doubt.params)}${doubt.asks && !wanted ? ` ${t(row.heading ? "people_list.tick_if_person" : "people_list.tick_if_two")}` : ""}</span></span>`;
}

/** @param {PeopleList} list @param {Row} row @param {Facts} facts @param {boolean} units */
function rowView(list, row, facts, units) {
  const tick = (/** @type {Event} */ event) => {
    row.wanted = /** @type {HTMLInputElement} */ (event.target).checked;
    list.redraw();
  };
  return html`<tr class=${facts.wanted ? "" : "left-out"}>
    <td class="tick"><label class="choice"><input type="checkbox" .checked=${live(facts.wanted)} ?disabled=${Boolean(list.busy)} aria-describedby="row-said-${row.number}" @change=${tick} />
      <span class="num"><span class="for-reader">${t("people_list.create_line")} </span>${row.number}</span></label></td>
    <td class="name">${cellField(list, row, "name", Boolean(facts.fault?.includes("name")))}<p class="row-said" id="row-said-${row.number}">${messagesOf(row, facts)}</p></td>
    <td class="position">${cellField(list, row, "position", Boolean(facts.fault?.includes("position")))}</td>
    ${units ? html`<td class="unit">${unitField(list, row)}</td>` : nothing}</tr>`;
}

/** @param {PeopleList} list */
function tableView(list) {
  const { facts, listed } = list;
  const units = list.unitNames.length > 1;
  if (!listed.length) return nothing;
  return html`<table class="list-table ${units ? "with-units" : ""}">
    <thead><tr><th scope="col">${t("people_list.line")}</th><th scope="col">${t("people.name")}</th><th scope="col">${t("people.position")}</th>${units ? html`<th scope="col">${t("people.unit")}</th>` : nothing}</tr></thead>
    <tbody>${repeat(listed, (row) => row.number, (row) => {
      const said = facts.get(row);
      return said ? rowView(list, row, said, units) : nothing;
    })}</tbody></table>`;
}

/** @param {PeopleList} list */
function capitalsView(list) {
  const rows = capitalRows(list.listed);
  const [first] = rows;
  if (!first) return nothing;
  const write = () => {
    writeInNormalCase(rows);
    list.redraw();
  };
  return html`<div class="list-offer"><p>${count("people_list.capitals", rows.length)}</p>
    <button type="button" class="btn plain" @click=${write}>${t("people_list.write_as", { name: inNormalCase(first.name) })}</button></div>`;
}

/** @param {PeopleList} list */
function newUnitsView(list) {
  const { newUnits } = list;
  if (!newUnits.length) return nothing;
  const change = (/** @type {Event} */ event) => {
    list.makeUnits = /** @type {HTMLInputElement} */ (event.target).checked;
    list.redraw();
  };
  return html`<label class="choice"><input type="checkbox" .checked=${list.makeUnits} @change=${change} />
    <span>${count("people_list.new_units", newUnits.length, { names: newUnits.join(", ") })}</span></label>`;
}

/** @param {PeopleList} list */
function madeView(list) {
  const { made } = list;
  if (!made.length || list.busy === "creating") return nothing;
  const { busy, creation } = list;
  const verb = busy === "undoing" && creation ? t("people_list.undoing", { done: creation.done, n: creation.total }) : t("ui.undo");
  return html`<div class="list-made" role="status" tabindex="-1">${icon("check")}<p class="grow">${count("people_list.created", made.length)}</p>
    <button type="button" class="btn plain num" ?disabled=${busy !== ""} @click=${() => list.undo()}>${verb}</button></div>`;
}

/** Reasons why some rows do not become accounts. @param {PeopleList} list */
function leftView(list) {
  const failed = list.listed.filter((row) => row.trouble).length;
  if (list.sent && failed) return html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${count("people_list.failed", failed)}</span></p>`;
  const { facts } = list;
  const asking = list.listed.filter((row) => facts.get(row)?.doubt?.asks && !facts.get(row)?.wanted).length;
  return asking && !list.sent ? html`<p class="notice">${icon("circle-alert")}<span>${count("people_list.left_out", asking)}</span></p>` : nothing;
}

/** @param {PeopleList} list */
export function previewView(list) {
  return html`<div class="people-list" tabindex="-1">
    ${list.undone.length ? html`<div class="notice undone" role="status">${icon("undo-2")}<div>${list.undone.map((sentence) => html`<p>${sentence}</p>`)}</div></div>` : nothing}
    ${list.sent ? nothing : html`<p class="quiet">${t("people_list.nothing_yet")}</p>`}
    ${madeView(list)} ${leftView(list)} ${capitalsView(list)} ${newUnitsView(list)} ${tableView(list)}
    ${list.busy === "creating" ? nothing : secretsView(list.made)}</div>`;
}
