/** The part of the account page for the second factor: set up with an authenticator app, recovery codes, removal, passkeys. */

import { html, nothing, svg } from "lit-html";
import { api, Problem } from "../lib/api.js";
import { boot, href } from "../lib/boot.js";
import { copyText } from "../lib/clipboard.js";
import { confirmStep, openDialog } from "../lib/ui/dialog.js";
import { icon } from "../lib/ui/icon.js";
import { sayProblem, toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { loadPasskeys, passkeysView } from "./passkeys.js";

/** @typedef {import("../lib/schemas.js").SecondFactorView} State */
/** @typedef {import("../lib/schemas.js").SecondFactorStart} Start */

const part = {
  /** @type {State | null} */
  state: null,
};

/** @type {() => void} */
let draw = () => {};

async function load() {
  part.state = await api.get("/session/second-factor");
  draw();
  if (part.state?.enabled) await loadPasskeys(draw);
}

/** Reads the state and draws the page again. @param {() => void} redraw */
export function startSecondFactor(redraw) {
  draw = redraw;
  load().catch(sayProblem);
}

/** @param {Start} start */
const qrView = ({ qr, size }) => html`<svg class="qr" viewBox="-4 -4 ${size + 8} ${size + 8}" role="img" aria-label=${t("factor.qr")}>${svg`<rect x="-4" y="-4" width=${size + 8} height=${size + 8} fill="#fff"></rect><path d=${qr} fill="#000"></path>`}</svg>`;

async function setUp() {
  /** @type {Start} */
  let start;
  try {
    start = await api.post("/session/second-factor");
  } catch (error) {
    sayProblem(error);
    return;
  }
  let code = "";
  let wrong = "";
  openDialog({
    title: t("factor.set_up"),
    body: (dialog) => {
      const send = async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        try {
          const { recovery_codes } = await api.put("/session/second-factor", { code });
          dialog.close();
          await load();
          if (recovery_codes) showCodes(recovery_codes);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          wrong = error.message;
          dialog.redraw();
        }
      };
      return html`<form class="form factor" novalidate @submit=${send}>
        <ol class="steps"><li>${t("factor.step_app")}</li><li>${t("factor.step_scan")}</li><li>${t("factor.step_code")}</li></ol>
        ${qrView(start)}
        <p class="quiet">${t("factor.by_hand")} <code class="password">${start.secret}</code></p>
        <div class="field"><label for="factor-code">${t("factor.code")}</label>
          <input class="input num" id="factor-code" inputmode="numeric" autocomplete="one-time-code" .value=${code} aria-invalid=${wrong ? "true" : "false"} @input=${(/** @type {any} */ event) => { code = event.target.value; }} />
          ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}</div>
        <div class="btn-row"><button type="button" class="btn plain" @click=${() => dialog.close()}>${t("ui.back")}</button>
          <button class="btn ink"><span>${t("factor.put_in_force")}</span></button></div></form>`;
    },
  });
}

/** @param {string[]} codes */
function showCodes(codes) {
  openDialog({
    title: t("factor.recovery_title"),
    body: (dialog) => html`<div class="recovery"><p>${t("factor.recovery_text")}</p>
      <ol class="recovery-codes">${codes.map((code) => html`<li><code class="password">${code}</code></li>`)}</ol>
      <div class="btn-row"><button type="button" class="btn plain" @click=${() => print()}>${icon("printer")}${t("factor.print")}</button>
        <button type="button" class="btn plain" @click=${() => void copy(codes)}>${icon("copy")}${t("factor.copy")}</button>
        <button type="button" class="btn ink" @click=${() => dialog.close()}>${t("factor.kept")}</button></div></div>`,
  }).closed.then(() => {
    if (boot.pending) location.assign(href(boot.next ?? "/"));
  });
}

/** @param {string[]} codes */
async function copy(codes) {
  if (await copyText(codes.join("\n"))) toast(t("ui.copied"));
}

async function newCodes() {
  try {
    const { recovery_codes } = await api.post("/session/second-factor/recovery-codes");
    await load();
    if (recovery_codes) showCodes(recovery_codes);
  } catch (error) {
    sayProblem(error);
  }
}

async function remove() {
  const sure = await confirmStep({ title: t("factor.remove"), text: html`<p>${t("factor.remove_text")}</p>`, verb: t("factor.remove_do") });
  if (!sure) return;
  try {
    await api.del("/session/second-factor");
    await load();
  } catch (error) {
    sayProblem(error);
  }
}

export function secondFactorView() {
  const { state } = part;
  if (!state) return nothing;
  return html`<section class="card part" id="second-factor"><h2>${t("factor.title")}</h2>
    <p class="quiet">${t(state.enabled ? "factor.on" : "factor.off")}</p>
    ${state.enabled ? html`<p class="quiet">${t("factor.codes_left", { n: state.codes_left })}</p>` : nothing}
    <div class="btn-row">${state.enabled
      ? html`<button type="button" class="btn plain" @click=${() => void newCodes()}>${t("factor.new_codes")}</button>
          <button type="button" class="btn plain" @click=${() => void setUp()}>${t("factor.other_phone")}</button>
          ${state.required ? nothing : html`<button type="button" class="btn danger" @click=${() => void remove()}>${t("factor.remove")}</button>`}`
      : html`<button type="button" class="btn plain" @click=${() => void setUp()}>${icon("shield-check")}${t("factor.set_up")}</button>`}</div></section>
    ${state.enabled ? passkeysView() : nothing}`;
}
