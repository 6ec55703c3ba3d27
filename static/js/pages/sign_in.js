/** The sign-in form: shows errors, can reveal the password, takes a code or a passkey, and continues to `next`. */

import { api, Problem } from "../lib/api.js";
import { href } from "../lib/boot.js";
import { hasPasskeys, signWithPasskey } from "../lib/passkeys.js";
import { chooseLanguage } from "../lib/ui/theme.js";
import { sayProblem } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { notePerson } from "./frame.js";

/** @typedef {import("../lib/schemas.js").PasskeyRequest} Request */
/** @typedef {import("../lib/schemas.js").PasskeyAnswer} Answer */

const MAX_ATTEMPTS = 6;
const MAX_WAIT_SECONDS = 15;

/** Returns the page to open after sign-in. Only paths below the mount path are accepted, not "//elsewhere" or "https:". */
function nextPage() {
  const next = new URLSearchParams(location.search).get("next") ?? "/";
  const safe = next.startsWith("/") && !/^\/[/\\]/.test(next);
  return href(safe ? next : "/");
}

/** @param {string} id */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id} on the page`);
  return element;
}

/** @param {string} text empty: removes the message */
function showError(text) {
  const box = byId("refused");
  box.hidden = !text;
  /** @type {HTMLElement} */ (box.querySelector("span")).textContent = text;
}

/** @param {HTMLInputElement} username @param {HTMLInputElement} password */
function firstMissing(username, password) {
  if (!username.value.trim()) return { field: username, text: t("sign_in.username_missing") };
  if (!password.value) return { field: password, text: t("sign_in.password_missing") };
  return null;
}

/**
 * Repeats a sign-in that the server refuses as busy (`sign_in_busy`) when many users sign in at once, so that
 * users do not have to press the button again.
 * @param {() => Promise<any>} signIn
 */
async function retryWhenBusy(signIn) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await signIn();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "sign_in_busy" || attempt === MAX_ATTEMPTS) throw error;
      showError(t("sign_in.waiting"));
      const seconds = Math.min(error.retryAfter || 1, MAX_WAIT_SECONDS) * (0.5 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    }
  }
}

/** @param {SubmitEvent} event */
async function submit(event) {
  event.preventDefault();
  const username = /** @type {HTMLInputElement} */ (byId("username"));
  const password = /** @type {HTMLInputElement} */ (byId("password"));
  const missing = firstMissing(username, password);
  if (missing) {
    showError(missing.text);
    missing.field.focus();
    return;
  }
  const button = /** @type {HTMLButtonElement} */ (event.submitter ?? byId("sign-in").querySelector("[type=submit]"));
  await send(button, { code: codeField().value.trim() || undefined });
}

/** Ends waiting for a passkey. */
let waiting = new AbortController();

/** @param {HTMLElement} button @param {{code?: string, passkey?: Answer}} second the second step */
async function send(button, second) {
  if (button.classList.contains("busy")) return;
  button.classList.add("busy");
  waiting.abort();
  showError("");
  const password = /** @type {HTMLInputElement} */ (byId("password"));
  const username = /** @type {HTMLInputElement} */ (byId("username")).value.trim();
  try {
    await retryWhenBusy(() => api.post("/session", { username, password: password.value, ...second }));
    location.assign(nextPage());
  } catch (error) {
    button.classList.remove("busy");
    if (!(error instanceof Problem)) throw error;
    if (error.code === "code_needed" || error.code === "wrong_code") {
      const wrong = second.passkey ? t("sign_in.passkey_wrong") : error.message;
      askForCode(error.code === "wrong_code" ? wrong : "");
      if (error.members.passkey && hasPasskeys()) await askForPasskey(error.members.passkey);
      return;
    }
    showError(error.message);
    password.select();
    password.focus();
  }
}

/** The account has a passkey for this host name: uses it at once; the field for the code stays. @param {Request} options */
async function askForPasskey(options) {
  byId("passkey").hidden = false;
  waiting = new AbortController();
  const passkey = await signWithPasskey(options, waiting.signal);
  if (passkey) await send(byId("passkey"), { passkey });
}

const codeField = () => /** @type {HTMLInputElement} */ (byId("code"));

/** The password is right: shows the field for the code of the second factor. @param {string} wrong */
function askForCode(wrong) {
  byId("code-part").hidden = false;
  showError(wrong);
  codeField().select();
  codeField().focus();
}

/** @param {HTMLElement} button */
function togglePassword(button) {
  const field = /** @type {HTMLInputElement} */ (byId("password"));
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  field.focus();
}

/** @param {HTMLElement} button */
async function changeLanguage(button) {
  try {
    await chooseLanguage(button.dataset.language ?? "vi");
    location.reload();
  } catch (error) {
    sayProblem(error);
  }
}

export function startSignIn() {
  notePerson();
  const form = byId("sign-in");
  form.addEventListener("submit", submit);
  /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]")).disabled = false;
  // Without a code the server answers with a new challenge, which the passkey then signs.
  byId("passkey").addEventListener("click", () => send(byId("passkey"), {}));
  const show = byId("show-password");
  show.addEventListener("click", () => togglePassword(show));
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-language]"))) {
    button.addEventListener("click", () => changeLanguage(button));
  }
}
