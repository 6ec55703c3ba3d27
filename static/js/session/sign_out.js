/**
 * Signing out: the server's session ends and this device forgets the person. Without a network the device
 * forgets at once, and the session ends as soon as there is a network (also entries/sign_out_early.js).
 */
import { html, render } from "lit-html";
import { api, Problem } from "../lib/api.js";
import { boot, href, root } from "../lib/boot.js";
import { confirmStep } from "../lib/ui/dialog.js";
import { sayProblem } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { eraseInk } from "../ink/sync/storage.js";
import { RoomCache } from "../offline/room_cache.js";
import { eraseShell } from "../offline/shell.js";
import { eraseBallots } from "../voting/model/storage.js";

const OWED = `dienhong:${root}:sign-out-owed`;
const AGAIN_MS = 3000;
let owed = false;

/** @param {boolean} now whether the end of the server's session is still to come */
function owe(now) {
  owed = now;
  try {
    if (now) localStorage.setItem(OWED, boot.user?.id ?? "-");
    else localStorage.removeItem(OWED);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // The browser keeps nothing: this page alone remembers it.
  }
}

/** @returns {Promise<boolean>} whether this device is to forget the person now; false: the person stays */
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
  owe(true);
  return true;
}

/** Nothing of this person's stays, the pages of papers aside. @param {string} userId */
export async function forgetPerson(userId) {
  await Promise.all([new RoomCache(root).forget(userId), eraseShell(), eraseBallots(root, userId), eraseInk(root, userId)]);
}

/** To the sign-in page; while the session's end is owed, words in place of the page until it is paid. */
export function leavePage() {
  if (!owed) return location.assign(href("/sign-in"));
  for (const one of [...document.body.children]) one.remove();
  document.body.className = "on-desk";
  render(html`<main class="page narrow error-page">
    <h1>${t("offline.signed_out")}</h1>
    <p role="status">${t("offline.signed_out_text")}</p>
  </main>`, document.body);
  const pay = async () => {
    try {
      await api.del("/session");
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) return;
    }
    owe(false);
    location.replace(href("/sign-in"));
  };
  addEventListener("online", () => void pay());
  setInterval(() => void pay(), AGAIN_MS);
}
