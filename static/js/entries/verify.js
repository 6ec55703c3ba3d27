/** Entry point of the page that checks an archive without a server; static/verify_page.mjs builds it into one file. */
import { VerifyPage } from "../verifier/page/page.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(prefers-contrast: more)");

/** The colours of the app, as the system wants them. */
function dress() {
  document.documentElement.dataset.theme = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
}

dress();
dark.addEventListener("change", dress);
contrast.addEventListener("change", dress);
document.addEventListener("DOMContentLoaded", () => {
  new VerifyPage(/** @type {HTMLElement} */ (document.getElementById("page"))).start();
});
