/** The result of the server's check of a draft. */

import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { knownKinds } from "./data.js";
import { draft } from "./draft.js";
import { beginning } from "./guide.js";
import { packSaid } from "./said.js";
import { pointAt } from "./text_field.js";

/** @param {import("./draft.js").Wrong} wrong @param {import("../../lib/ui/dialog.js").Opened} sheet */
function wrongView({ line, place, message }, sheet) {
  return html`<div class="notice bad">${icon("circle-alert")}<div><b>${place}</b><p>${message}</p></div></div>
    ${line === null ? nothing : html`<button type="button" class="btn plain" @click=${() => pointAt(sheet.element, line)}>${t("rules.to_line", { line })}</button>`}`;
}

/** @param {import("../../lib/ui/dialog.js").Opened} sheet @param {() => void} again repeats the check */
export function verdict(sheet, again) {
  if (draft.empty) return beginning();
  if (draft.wrong) return wrongView(draft.wrong, sheet);
  if (draft.unasked) {
    return html`<p class="notice bad">${icon("circle-alert")}<span>${draft.unasked}</span></p>
      <button type="button" class="btn plain" @click=${again}>${icon("refresh-cw")}${t("rules.check_again")}</button>`;
  }
  if (!draft.pack) return html`<p class="quiet">${t("rules.checking")}</p>`;
  return html`<h3 class="usable">${icon("check")}${t("rules.usable")}</h3>${packSaid(draft.pack, knownKinds())}`;
}
