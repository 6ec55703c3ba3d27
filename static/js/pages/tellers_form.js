/** The form of the tellers' record: the chair or secretary enters facts of a count that only people know, for the printed reports. */
import { html } from "lit-html";
import { api } from "../lib/api.js";
import { boot } from "../lib/boot.js";
import { openSheet } from "../lib/ui/dialog.js";
import { sayProblem, toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

/** @typedef {Omit<import("../lib/schemas.js").TellersRecord, "started_at"|"ended_at"|"copies">} Record */

/**
 * Fields and their number of lines; names are one per line.
 * @type {["number"|"symbol"|"place"|"tellers"|"witnesses"|"complaints"|"handling"|"conclusion", number][]}
 */
const FIELDS = [["number", 1], ["symbol", 1], ["place", 1], ["tellers", 3], ["witnesses", 2], ["complaints", 2], ["handling", 2], ["conclusion", 3]];

/** Binds the button of the result page, if it exists. */
export function watchTellers() {
  document.getElementById("write-record")?.addEventListener("click", () => void write());
}

async function write() {
  const path = `/polls/${boot.shown.poll.id}/tellers-record`;
  /** @type {Record} */ let record;
  try {
    record = await api.get(path);
  } catch (error) {
    return sayProblem(error);
  }
  let busy = false;
  const sheet = openSheet({
    title: t("tellers.title"),
    body: () => html`<p class="quiet">${t("tellers.how")}</p><form id="tellers" class="tellers-form" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${FIELDS.map(([name, rows]) => field(name, rows, record))}</form>`,
    footer: ({ close }) => html`<button type="button" class="btn plain" @click=${() => close()}>${t("ui.close")}</button>
      <button type="button" class="btn ink" ?disabled=${busy} @click=${() => void save()}>${t("ui.save")}</button>`,
  });

  const save = async () => {
    busy = true;
    sheet.redraw();
    try {
      await api.put(path, written(record));
      sheet.close();
      toast(t("tellers.kept"));
    } catch (error) {
      sayProblem(error);
      busy = false;
      sheet.redraw();
    }
  };
}

/** @param {typeof FIELDS[number][0]} name @param {number} rows @param {Record} record */
function field(name, rows, record) {
  const value = record[name];
  const text = Array.isArray(value) ? value.join("\n") : value;
  return html`<div class="field"><label for="tellers-${name}">${t(`tellers.${name}`)}</label>
    ${rows === 1 ? html`<input class="input" id="tellers-${name}" name=${name} maxlength="300" autocomplete="off" .value=${text}>`
      : html`<textarea class="input" id="tellers-${name}" name=${name} rows=${rows} maxlength="5000" .value=${text}></textarea>`}</div>`;
}

/** @param {Record} before values without a field are kept */
function written(before) {
  const form = new FormData(/** @type {HTMLFormElement} */ (document.getElementById("tellers")));
  const lines = (/** @type {string} */ text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
  const said = FIELDS.map(([name]) => {
    const text = String(form.get(name) ?? "");
    return [name, Array.isArray(before[name]) ? lines(text) : text.trim()];
  });
  return { ...before, ...Object.fromEntries(said) };
}
