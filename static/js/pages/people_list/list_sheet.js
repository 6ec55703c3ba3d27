/** The sheet for reviewing a pasted list before its accounts are created. */

import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { count, t } from "../../lib/words.js";
import { fieldView, previewView } from "./list_view.js";
import { PeopleList } from "./list.js";
import { pastedCells } from "./pasted_cells.js";

/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */

/** The list of the closed sheet, restored when the sheet opens again. @type {PeopleList | null} */
let kept = null;

/** Whether a pasted text is a list rather than one name. @param {string} text */
export function isList(text) {
  const { table, lines } = pastedCells(text);
  return lines.length > 1 || (table && lines.length > 0);
}

/** @param {Opened} sheet */
function focusResult({ element }) {
  const place = element.querySelector(".list-made") ?? element.querySelector(".people-list");
  if (place instanceof HTMLElement) place.focus();
}

/** @param {PeopleList} list @param {Opened} sheet @param {string} text */
function review(list, sheet, text) {
  list.read(text);
  focusResult(sheet);
}

/** @param {PeopleList} list */
async function undoLater(list) {
  await list.undo();
  for (const sentence of list.undone) toast(sentence);
}

/** @param {PeopleList} list @param {Opened} sheet */
async function create(list, sheet) {
  await list.create();
  if (sheet.element.open) return focusResult(sheet);
  // The sheet was closed meanwhile, so the result is shown as a toast.
  if (list.made.length) toast(count("people_list.created", list.made.length), { action: { label: t("ui.undo"), run: () => void undoLater(list) } });
  return undefined;
}

/** @param {PeopleList} list @param {Opened} sheet */
function footerView(list, sheet) {
  const finish = () => {
    kept = null;
    sheet.close();
  };
  if (!list.rows.length) return html`<button type="button" class="btn ink" @click=${() => review(list, sheet, list.text)}>${t("people_list.look_over")}</button>`;
  const n = list.counted.length;
  const { busy, creation } = list;
  const verb = busy === "creating" && creation ? t("people_list.creating", { done: creation.done, n: creation.total }) : count(list.sent ? "people_list.retry" : "people_list.create", n);
  return html`${list.sent
      ? html`<button type="button" class="btn ${list.listed.length ? "plain" : "ink"}" ?disabled=${busy !== ""} @click=${finish}>${t("ui.done")}</button>`
      : html`<button type="button" class="btn plain" ?disabled=${busy !== ""} @click=${() => list.clear()}>${t("people_list.other")}</button>`}
    ${list.sent && !list.listed.length && busy !== "creating"
      ? nothing
      : html`<button type="button" class="btn ink num" ?disabled=${!n || !list.accounts || busy !== ""} @click=${() => create(list, sheet)}>${verb}</button>`}`;
}

/** @param {PeopleList} list @param {Opened} sheet */
function bodyView(list, sheet) {
  if (!list.rows.length) return fieldView(list, (text) => review(list, sheet, text));
  return html`${!list.notLoaded
    ? nothing
    : html`<p class="notice not-loaded">${icon("refresh-cw")}<span class="grow">${t("people_list.not_loaded")}</span><button type="button" class="btn plain" @click=${() => list.load()}>${t("people_list.load")}</button></p>`}
    ${previewView(list)}`;
}

/**
 * @param {import("./list.js").Listener} listener
 * @param {string} [text] text pasted into another field
 */
export function openPeopleList(listener, text = "") {
  if (!kept || text) kept = new PeopleList(listener);
  const list = kept;
  if (text) list.read(text);
  const sheet = openSheet({
    title: t("people_list.title"),
    size: "full list-sheet",
    body: (opened) => bodyView(list, opened),
    footer: (opened) => footerView(list, opened),
  });
  list.redraw = sheet.redraw;
  if (!list.busy) void list.load();
}
