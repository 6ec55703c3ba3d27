/**
 * Sign-out: ends the server's session and deletes the user's data on this device. Without a network the data is
 * deleted immediately and the session ends when the network returns (also sign_out_early.js).
 */
import { html, render } from "lit-html";
import { api, Problem } from "../lib/api.js";
import { boot, href, root } from "../lib/boot.js";
import { confirmStep } from "../lib/ui/dialog.js";
import { sayProblem } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { eraseInk } from "../ink/sync/storage.js";
import { forgetSentInk } from "../ink/sync/unsent_notes.js";
import { RoomCache } from "../offline/room_cache.js";
import { eraseShell } from "../offline/shell.js";
import { eraseBallots } from "../voting/model/storage.js";

const PENDING_KEY = `dienhong:${root}:sign-out-owed`;
const AGAIN_MS = 3000;
let pending = false;

/** @param {boolean} now whether the server's session must still be ended */
function setPending(now) {
  pending = now;
  try {
    if (now) localStorage.setItem(PENDING_KEY, boot.user?.id ?? "-");
    else localStorage.removeItem(PENDING_KEY);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // Storage is not available: only this page has the flag.
  }
}

/** @returns {Promise<boolean>} whether the user's data is to be deleted now; false: the user stays signed in */
export async function endSession() {
  try {
    await api.del("/session");
    return true;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "offline") {
      sayProblem(error);
      return false;
    }
  }
  const text = html`<p>${t("offline.sign_out_text")}</p>`;
  if (!(await confirmStep({ title: t("offline.sign_out_question"), text, verb: t("ui.sign_out") }))) return false;
  setPending(true);
  return true;
}

/** Deletes all data of a user on this device except document pages. @param {string} userId */
export async function forgetPerson(userId) {
  await Promise.all([new RoomCache(root).forget(userId), eraseShell(), eraseBallots(root, userId), eraseInk(root, userId)]);
}

/**
 * The session was revoked: deletes the user's ballots and loaded annotations on this device; unsent ones are kept for
 * their author. @param {string} userId
 */
export async function forgetRevoked(userId) {
  await Promise.all([eraseBallots(root, userId), forgetSentInk(userId)]);
}

/** Goes to the sign-in page. While the session must still be ended, shows a message until the request succeeds. */
export function leavePage() {
  if (!pending) return location.assign(href("/sign-in"));
  for (const one of [...document.body.children]) one.remove();
  document.body.className = "on-desk";
  render(html`<main class="page narrow error-page">
    <h1>${t("offline.signed_out")}</h1>
    <p role="status">${t("offline.signed_out_text")}</p>
  </main>`, document.body);
  const retry = async () => {
    try {
      await api.del("/session");
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) return;
    }
    setPending(false);
    location.replace(href("/sign-in"));
  };
  addEventListener("online", () => void retry());
  setInterval(() => void retry(), AGAIN_MS);
}
