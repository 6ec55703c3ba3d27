/** Entry point: the demo, four seats of one meeting in one window, and the steps to try. */

import { Hall } from "../demo/simulated_hall.js";
import { Steps } from "../demo/steps.js";
import { watchTampering } from "../demo/tampering.js";
import { boot } from "../lib/boot.js";
import { t } from "../lib/words.js";

const hall = new Hall(/** @type {HTMLElement} */ (document.getElementById("main")));
const phone = /** @type {HTMLDialogElement} */ (document.getElementById("phone"));
const qr = /** @type {HTMLImageElement} */ (document.getElementById("qr"));

for (const button of buttons("[data-enlarge]")) {
  button.addEventListener("click", () => hall.show(button.dataset.enlarge ?? ""));
}
for (const button of buttons("[data-all]")) button.addEventListener("click", () => hall.show(null));
for (const button of buttons("[data-cut]")) {
  button.addEventListener("click", () => cut(button.dataset.cut ?? ""));
}
document.getElementById("show-phone")?.addEventListener("click", () => phone.showModal());

const more = /** @type {HTMLButtonElement} */ (document.getElementById("show-more"));
more.addEventListener("click", () => {
  const shown = more.getAttribute("aria-expanded") !== "true";
  more.setAttribute("aria-expanded", String(shown));
  /** @type {HTMLElement} */ (document.getElementById("more-steps")).hidden = !shown;
});

watchTampering();

let link = "";
const steps = new Steps(/** @type {HTMLElement} */ (document.getElementById("steps")), (state) => {
  for (const button of buttons("[data-cut]")) {
    const isCut = state.cut.includes(button.dataset.cut ?? "");
    button.disabled = isCut;
    /** @type {HTMLElement} */ (button.querySelector("span")).textContent = t(isCut ? "demo.is_cut" : "demo.cut");
    button.closest("[data-seat]")?.classList.toggle("cut", isCut);
  }
  if (state.phone_path !== link) showLink(state.phone_path);
});
steps.start();

/** @param {string} path */
async function showLink(path) {
  link = path;
  qr.src = `/demo/qr.svg?for=${encodeURIComponent(path)}`;
  const answer = await fetch("/demo/phone-address");
  const { address } = await answer.json();
  /** @type {HTMLElement} */ (document.getElementById("phone-address")).textContent = address;
}

/** @param {string} seat */
async function cut(seat) {
  await fetch(`/demo/cut/${seat}`, { method: "POST", headers: { "X-CSRF-Token": boot.csrf_token } });
}

/** @param {string} which @returns {HTMLButtonElement[]} */
function buttons(which) {
  return [...document.querySelectorAll(which)].map((one) => /** @type {HTMLButtonElement} */ (one));
}
