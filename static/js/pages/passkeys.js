/** The part of the account page for passkeys, which stand for the code of the second step: list, add, rename, remove. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { api, Problem } from "../lib/api.js";
import { moment } from "../lib/format.js";
import { createPasskey, hasPasskeys } from "../lib/passkeys.js";
import { confirmStep, openDialog } from "../lib/ui/dialog.js";
import { icon } from "../lib/ui/icon.js";
import { sayProblem, toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("../lib/schemas.js").PasskeyList} List */
/** @typedef {import("../lib/schemas.js").PasskeyView} Passkey */

const LONGEST_NAME = 60;

const part = {
  /** @type {List | null} */
  list: null,
  busy: false,
};

/** @type {() => void} */
let draw = () => {};

async function reload() {
  part.list = await api.get("/session/passkeys");
  draw();
}

/** Reads the list and draws the page again. @param {() => void} redraw */
export async function loadPasskeys(redraw) {
  draw = redraw;
  await reload();
}

/** @param {() => Promise<void>} act runs alone; a refusal is shown */
async function run(act) {
  if (part.busy) return;
  part.busy = true;
  draw();
  try {
    await act();
  } catch (error) {
    sayProblem(error);
  } finally {
    part.busy = false;
    draw();
  }
}

async function add() {
  const credential = await created();
  if (!credential) return;
  const { name } = await api.post("/session/passkeys", { credential });
  await reload();
  toast(t("passkeys.added", { name }));
}

async function created() {
  try {
    const made = await createPasskey(await api.post("/session/passkeys/options"));
    if (!made) toast(t("passkeys.cancelled"), { tone: "bad" });
    return made;
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
    toast(t("passkeys.known"), { tone: "bad" });
    return null;
  }
}

/** @param {Passkey} passkey */
function rename(passkey) {
  let name = passkey.name;
  let wrong = "";
  openDialog({
    title: t("passkeys.rename_named", { name: passkey.name }),
    body: (dialog) => {
      const send = async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        if (!name.trim()) return;
        try {
          await api.patch(`/session/passkeys/${passkey.id}`, { name: name.trim() });
          dialog.close();
          await reload();
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          wrong = error.message;
          dialog.redraw();
        }
      };
      return html`<form class="form" novalidate @submit=${send}>
        <div class="field"><label for="passkey-name">${t("passkeys.name")}</label>
          <input class="input" id="passkey-name" data-first maxlength=${LONGEST_NAME} autocomplete="off" .value=${name} aria-invalid=${wrong ? "true" : "false"} @input=${(/** @type {any} */ event) => { name = event.target.value; }} />
          ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}</div>
        <div class="btn-row"><button type="button" class="btn plain" @click=${() => dialog.close()}>${t("ui.back")}</button>
          <button class="btn ink"><span>${t("ui.save")}</span></button></div></form>`;
    },
  });
}

/** @param {Passkey} passkey */
async function remove(passkey) {
  const title = t("passkeys.remove_named", { name: passkey.name });
  if (!(await confirmStep({ title, text: html`<p>${t("passkeys.remove_text")}</p>`, verb: t("passkeys.remove") }))) return;
  await api.del(`/session/passkeys/${passkey.id}`);
  await reload();
}

/** @param {Passkey} passkey */
function passkeyView(passkey) {
  const { name, rp_id, last_used_at } = passkey;
  const used = last_used_at ? t("passkeys.used", { when: moment(last_used_at) }) : t("passkeys.never_used");
  const elsewhere = rp_id === location.hostname ? "" : ` · ${t("passkeys.elsewhere", { host: rp_id })}`;
  return html`<li class="row sign-in-row">
    ${icon("key-round")}
    <div class="grow"><p><b>${name}</b></p><p class="quiet num">${used}${elsewhere}</p></div>
    <button type="button" class="btn plain" aria-label=${t("passkeys.rename_named", { name })} @click=${() => rename(passkey)}>${t("passkeys.rename")}</button>
    <button type="button" class="btn plain" aria-label=${t("passkeys.remove_named", { name })} @click=${() => void run(() => remove(passkey))}>${t("passkeys.remove")}</button>
  </li>`;
}

/** Nothing where the account has none and this page cannot add one. */
export function passkeysView() {
  const { list, busy } = part;
  const addable = Boolean(list?.available) && hasPasskeys();
  if (!list || (!addable && list.items.length === 0)) return nothing;
  return html`<section class="card part" id="passkeys"><h2>${t("passkeys.title")}</h2>
    <p class="quiet">${t("passkeys.text")}</p>
    <ul class="rows">${repeat(list.items, (one) => one.id, passkeyView)}</ul>
    ${addable ? html`<div class="btn-row"><button type="button" class="btn plain ${busy ? "busy" : ""}" @click=${() => void run(add)}>${icon("plus")}<span>${t("passkeys.add")}</span></button></div>` : nothing}</section>`;
}
