/** Initial passwords, shown once, for copying or for saving as a list. */

import { html, nothing } from "lit-html";
import { copyText } from "../../lib/clipboard.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";

/** @typedef {Pick<import("../../lib/schemas.js").UserAdded, "display_name" | "username" | "initial_password">} Secret */

/** @param {string} text */
async function copy(text) {
  if (await copyText(text)) toast(t("ui.copied"));
  else toast(t("ui.not_copied"), { tone: "bad" });
}

/** Quotes a CSV cell and escapes formulas (CSV injection). @param {string} text */
const cell = (text) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** @param {Secret[]} secrets */
function save(secrets) {
  const head = [t("people.name"), t("people.username"), t("people.initial_password")];
  const lines = [head, ...secrets.map((one) => [one.display_name, one.username, one.initial_password ?? ""])];
  // The byte order mark makes spreadsheets read the file as UTF-8.
  const text = `\uFEFF${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: t("people.passwords_file") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** @param {Secret[]} secrets newest first */
export function secretsView(secrets) {
  const shown = secrets.filter((one) => one.initial_password);
  if (!shown.length) return nothing;
  return html`<section class="secrets">
    <h2>${t("people.just_added")}</h2>
    <p class="quiet">${t("people.passwords_once")}</p>
    <ul class="rows">${shown.map((one) => html`<li class="secret">
      <span class="grow"><b>${one.display_name}</b> <span class="quiet">${one.username}</span></span>
      <code class="password">${one.initial_password}</code>
      <button type="button" class="btn icon-only" aria-label=${t("people.copy_password", { name: one.display_name })} @click=${() => copy(one.initial_password ?? "")}>${icon("copy", "small")}</button>
    </li>`)}</ul>
    ${shown.length > 1 ? html`<button type="button" class="text-btn" @click=${() => save(shown)}>${t("people.save_passwords")}</button>` : nothing}
  </section>`;
}
