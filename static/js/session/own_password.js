/** Asks for the person's own password again, before an act on somebody else's account. */

import { html, nothing } from "lit-html";
import { api, Problem } from "../lib/api.js";
import { boot } from "../lib/boot.js";
import { openDialog } from "../lib/ui/dialog.js";
import { icon } from "../lib/ui/icon.js";
import { passwordField } from "../lib/ui/password_field.js";
import { t } from "../lib/words.js";

/** Resolves to true once the server has accepted the password, to false when the dialog is closed. @returns {Promise<boolean>} */
export async function askOwnPassword() {
  let password = "";
  let wrong = "";
  let busy = false;
  const dialog = openDialog({
    title: t("account.confirm_title"),
    body: (opened) => {
      const send = async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        if (busy) return;
        wrong = password ? "" : t("account.current_missing");
        busy = Boolean(password);
        opened.redraw();
        if (!password) return;
        try {
          await api.post("/session/confirmation", { password });
          opened.close(true);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          wrong = error.message;
        } finally {
          busy = false;
          opened.redraw();
        }
        // What is typed next replaces the wrong password.
        if (wrong) /** @type {HTMLInputElement | null} */ (opened.element.querySelector("#own-password"))?.select();
      };
      return html`<form class="form" novalidate @submit=${send}><p>${t("account.confirm_text")}</p>
        <input class="for-reader" type="text" autocomplete="username" .value=${boot.user?.username ?? ""} readonly tabindex="-1" aria-hidden="true" />
        ${passwordField({ id: "own-password", label: t("account.current_password"), autocomplete: "current-password", value: password, changed: (value) => (password = value) })}
        ${wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${wrong}</span></p>` : nothing}
        <div class="btn-row"><button type="button" class="btn plain" @click=${() => opened.close(false)}>${t("ui.back")}</button>
          <button class="btn ink ${busy ? "busy" : ""}"><span>${t("account.confirm_do")}</span></button></div></form>`;
    },
  });
  /** @type {HTMLElement | null} */ (dialog.element.querySelector("#own-password"))?.focus();
  return Boolean(await dialog.closed);
}
