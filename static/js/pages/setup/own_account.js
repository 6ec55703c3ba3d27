/** The administrator's account at the first run. */

import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { SHORTEST_PASSWORD } from "../account.js";
import { passwordField } from "../../lib/ui/password_field.js";
import { proposeUsername } from "../people/usernames.js";

/**
 * @typedef {{display_name: string, username: string, password: string, ownName: boolean}} Account
 * @typedef {{account: Account, wrong: Record<string, string>, busy: boolean}} Holder
 */

/** @param {Account} account @returns {Record<string, string>} field → message */
export function accountWrong({ display_name, username, password }) {
  /** @type {Record<string, string>} */
  const wrong = {};
  if (!display_name.trim()) wrong.display_name = t("people.name_missing");
  if (!username.trim()) wrong.username = t("setup.username_missing");
  if (password.length < SHORTEST_PASSWORD) wrong.password = t("account.too_short", { n: SHORTEST_PASSWORD });
  return wrong;
}

/** @param {Holder} holder @param {() => void} redraw @param {"display_name" | "username"} name @param {string} autocomplete */
function field({ account, wrong }, redraw, name, autocomplete) {
  /** @param {Event} event */
  const input = (event) => {
    account[name] = /** @type {HTMLInputElement} */ (event.target).value;
    if (name === "username") account.ownName = account.username !== "";
    else if (!account.ownName) account.username = proposeUsername(account.display_name);
    redraw();
  };
  return html`<div class="field"><label for=${name}>${t(`people.${name}`)}</label>
    <input class="input" id=${name} .value=${account[name]} autocomplete=${autocomplete} maxlength="200" spellcheck="false" autocapitalize=${name === "username" ? "none" : "words"}
      aria-invalid=${wrong[name] ? "true" : "false"} aria-describedby="${name}-note" @input=${input} />
    ${wrong[name] ? html`<p class="wrong" id="${name}-note">${wrong[name]}</p>` : nothing}</div>`;
}

/** @param {Holder} holder @param {() => void} redraw @param {(event: SubmitEvent) => void} submit @param {() => void} back */
export function ownAccountView(holder, redraw, submit, back) {
  const { account, wrong, busy } = holder;
  return html`<form class="form" novalidate @submit=${submit}>
    <h1 tabindex="-1">${t("setup.account_title")}</h1><p class="quiet">${t("setup.account_text")}</p>
    ${wrong.said ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${wrong.said}</span></p>` : nothing}
    ${field(holder, redraw, "display_name", "name")} ${field(holder, redraw, "username", "username")}
    ${passwordField({
      id: "password", label: t("sign_in.password"), autocomplete: "new-password", value: account.password, wrong: wrong.password,
      hint: t("account.password_hint", { n: SHORTEST_PASSWORD }), changed: (value) => (account.password = value),
    })}
    <div class="btn-row"><button type="button" class="btn plain" @click=${back}>${t("ui.back")}</button>
      <button class="btn ink ${busy ? "busy" : ""}"><span>${t("setup.create_account")}</span></button></div>
  </form>`;
}
