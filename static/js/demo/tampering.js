/** Changes one ballot in a copy of the vote log and shows the verification of the original and of the copy. */
import { html, render } from "lit-html";
import { boot } from "../lib/boot.js";
import { t } from "../lib/words.js";

/** @typedef {{sound: boolean, lines: string[]}} Checked */
/** @typedef {{index: number, before: string, after: string, untouched: Checked, changed: Checked}} Tampered */

/** Binds the button and its dialog. */
export function watchTampering() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("tamper"));
  const output = /** @type {HTMLElement} */ (document.getElementById("tamper-said"));
  const now = /** @type {HTMLButtonElement} */ (document.getElementById("tamper-now"));
  document.getElementById("show-tamper")?.addEventListener("click", () => dialog.showModal());
  now.addEventListener("click", async () => {
    now.disabled = true;
    render(html`<p class="quiet">${t("demo.tamper_checking")}</p>`, output);
    try {
      render(await tamper(), output);
    } finally {
      now.disabled = false;
    }
  });
}

async function tamper() {
  let answer;
  try {
    answer = await fetch("/demo/tamper", { method: "POST", headers: { "X-CSRF-Token": boot.csrf_token } });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return html`<p>${t("error.offline")}</p>`;
  }
  if (answer.status === 404) return html`<p>${t("demo.tamper_first_vote")}</p>`;
  const found = await answer.json();
  return answer.ok ? resultView(found) : html`<p>${found.detail}</p>`;
}

/** @param {Tampered} found */
function resultView(found) {
  return html`
    <p>${t("demo.tamper_changed", { index: found.index, before: choice(found.before), after: choice(found.after) })}</p>
    <section class="demo-check sound"><h3>${t("demo.tamper_original")}</h3>${lines(found.untouched)}</section>
    <section class="demo-check ${found.changed.sound ? "sound" : "broken"}"><h3>${t("demo.tamper_copy")}</h3>${lines(found.changed)}</section>`;
}

/** @param {string} key */
const choice = (key) => (["for", "against", "abstain"].includes(key) ? t(`demo.choice_${key}`) : key);

/** @param {Checked} checked */
const lines = (checked) => html`<pre>${checked.lines.slice(-4).join("\n")}</pre>`;
