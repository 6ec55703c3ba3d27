/** The account page: password, signed-in devices, theme, text size and language. */

import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { api, Problem } from "../lib/api.js";
import { boot, href } from "../lib/boot.js";
import { moment } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { passwordField } from "../lib/ui/password_field.js";
import { chooseLanguage, chooseTextSize, chooseTheme, chosenTextSize, chosenTheme, dimPages, dimsPages, TEXT_SIZES, THEMES } from "../lib/ui/theme.js";
import { sayProblem, toast } from "../lib/ui/toast.js";
import { lang, t } from "../lib/words.js";
import { signOut } from "./frame.js";
import { secondFactorView, startSecondFactor } from "./second_factor.js";

/** @typedef {import("../lib/schemas.js").SignInView} SignIn */

const LANGUAGES = [["vi", "Tiếng Việt"], ["en", "English"]];
export const SHORTEST_PASSWORD = 10;

const page = {
  /** @type {SignIn[] | null} */
  signIns: null,
  before: "",
  after: "",
  /** @type {Record<string, string>} */
  wrong: {},
  busy: false,
};

async function loadSignIns() {
  try {
    page.signIns = (await api.get("/sessions")).items;
    renderAccount();
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {SignIn} signIn */
async function revoke(signIn) {
  try {
    await api.del(`/sessions/${signIn.id}`);
    toast(t("account.revoked", { device: signIn.device }));
    await loadSignIns();
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {SubmitEvent} event */
async function changePassword(event) {
  event.preventDefault();
  page.wrong = {};
  if (!page.before) page.wrong.before = t("account.current_missing");
  if (page.after.length < SHORTEST_PASSWORD) page.wrong.after = t("account.too_short", { n: SHORTEST_PASSWORD });
  renderAccount();
  if (page.wrong.before || page.wrong.after || page.busy) return;
  page.busy = true;
  renderAccount();
  try {
    await api.post("/session/password", { current_password: page.before, new_password: page.after });
    Object.assign(page, { before: "", after: "" });
    if (boot.pending === "password") location.assign(href(boot.next ?? "/"));
    toast(t("account.password_changed"));
    await loadSignIns();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    page.wrong.said = error.message;
  } finally {
    page.busy = false;
    renderAccount();
  }
}

function passwordView() {
  return html`<section class="card part"><h2>${t("account.password")}</h2>
    <form class="form" novalidate @submit=${changePassword}>
      <input class="for-reader" type="text" autocomplete="username" .value=${boot.user?.username ?? ""} readonly tabindex="-1" aria-hidden="true" />
      ${passwordField({
        id: "current-password", label: t("account.current_password"), autocomplete: "current-password", value: page.before, wrong: page.wrong.before,
        changed: (value) => (page.before = value),
      })}
      ${passwordField({
        id: "new-password", label: t("account.new_password"), autocomplete: "new-password", value: page.after, wrong: page.wrong.after,
        hint: t("account.password_hint", { n: SHORTEST_PASSWORD }), changed: (value) => (page.after = value),
      })}
      ${page.wrong.said ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${page.wrong.said}</span></p>` : nothing}
      <div class="btn-row"><button class="btn plain ${page.busy ? "busy" : ""}"><span>${t("account.change_password")}</span></button></div>
    </form></section>`;
}

/** @param {SignIn} signIn */
function signInView(signIn) {
  return html`<li class="row sign-in-row">
    ${icon("monitor")}
    <div class="grow"><p><b>${signIn.device}</b></p>
      <p class="quiet num">${signIn.current ? t("account.this_device") : t("account.last_seen", { when: moment(signIn.last_seen_at) })}</p></div>
    ${signIn.current
      ? html`<button type="button" class="btn plain" @click=${signOut}>${t("ui.sign_out")}</button>`
      : html`<button type="button" class="btn plain" aria-label=${t("account.revoke_device", { device: signIn.device })} @click=${() => revoke(signIn)}>${t("account.revoke")}</button>`}
  </li>`;
}

function signInsView() {
  return html`<section class="card part"><h2>${t("account.sign_ins")}</h2>
    <p class="quiet">${t("account.sign_ins_note")}</p>
    <ul class="rows">${repeat(page.signIns ?? [], (one) => one.id, signInView)}</ul></section>`;
}

/** @param {string} language */
async function changeLanguage(language) {
  try {
    await chooseLanguage(language);
    location.reload();
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {string} name @param {string} legend @param {string[][]} choices @param {string} chosen @param {(value: string) => void} choose */
function segments(name, legend, choices, chosen, choose) {
  return html`<fieldset class="field"><legend class="label">${legend}</legend><div class="segments">
    ${choices.map(([value = "", text]) => html`<label lang=${name === "language" ? value : nothing}><input type="radio" name=${name} value=${value} .checked=${value === chosen} @change=${() => choose(value)} /><span>${text}</span></label>`)}
  </div></fieldset>`;
}

/** @param {Event} event */
const dim = (event) => dimPages(/** @type {HTMLInputElement} */ (event.target).checked);

function appearanceView() {
  const themes = THEMES.map((theme) => [theme, t(`theme.${theme}`)]);
  const choose = (/** @type {string} */ theme) => chooseTheme(/** @type {import("../lib/ui/theme.js").Theme} */ (theme)).catch(sayProblem);
  const sizes = TEXT_SIZES.map((size) => [size, t(`text_size.${size}`)]);
  const enlarge = (/** @type {string} */ size) => chooseTextSize(/** @type {import("../lib/ui/theme.js").TextSize} */ (size)).catch(sayProblem);
  return html`<section class="card part form"><h2>${t("account.looks")}</h2>
    ${segments("theme", t("account.theme"), themes, chosenTheme(), choose)}
    <label class="choice"><input type="checkbox" .checked=${dimsPages()} @change=${dim} /><span>${t("account.dim_pages")}</span></label>
    ${segments("text-size", t("account.text_size"), sizes, chosenTextSize(), enlarge)}
    ${segments("language", t("account.language"), LANGUAGES, lang, changeLanguage)}</section>`;
}

/** What comes first on this account stands alone. */
function pendingView() {
  if (boot.pending === "password") return html`<p class="notice" role="alert">${icon("key-round")}<span>${t("account.change_first")}</span></p>${passwordView()}`;
  if (boot.pending === "second_factor") return html`<p class="notice" role="alert">${icon("shield-check")}<span>${t("account.factor_first")}</span></p>${secondFactorView()}`;
  return html`${appearanceView()} ${passwordView()} ${secondFactorView()} ${signInsView()}`;
}

function renderAccount() {
  const view = document.getElementById("view");
  if (!view) throw new Error("no #view on the page");
  render(
    html`<header><h1>${boot.user?.display_name}</h1><p class="quiet">${t("account.signed_in_as", { username: boot.user?.username ?? "" })}</p></header>
      ${pendingView()}`,
    view,
  );
}

export function startAccount() {
  renderAccount();
  startSecondFactor(renderAccount);
  void loadSignIns();
}
