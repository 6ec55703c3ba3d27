/** The frame of every page for users: the account menu and the end of a session. */

import { html } from "lit-html";
import { onPasswordNeeded, SIGNED_OUT } from "../lib/api.js";
import { boot, href, root } from "../lib/boot.js";
import { openDialog } from "../lib/ui/dialog.js";
import { openMenu } from "../lib/ui/menu.js";
import { sayProblem } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { leftInk, mayLeave } from "../ink/sync/unsent_notes.js";
import { RoomCache } from "../offline/room_cache.js";
import { askOwnPassword } from "../session/own_password.js";
import { openPageStore, storeName } from "../viewer/page_store.js";
import { endSession, forgetPerson, leavePage } from "../session/sign_out.js";

/** Returns the URL of the sign-in page that leads back to this page. */
function signInAgain() {
  const here = location.pathname.slice(href("").length) + location.search;
  return `${href("/sign-in")}?next=${encodeURIComponent(here)}`;
}

export async function signOut() {
  try {
    if (boot.user && !(await mayLeave(await leftInk(boot.user.id)))) return;
    if (!(await endSession())) return;
    // The next user of this device must not find documents, votes or notes of this user.
    if (boot.user) {
      await (await openPageStore(storeName(root, boot.user.id))).erase();
      await forgetPerson(boot.user.id);
    }
    leavePage();
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {HTMLElement} button */
export function openAccountMenu(button) {
  openMenu(button, [
    { label: t("account.title"), icon: "circle-user", href: href("/account") },
    null,
    { label: t("ui.sign_out"), icon: "log-out", run: signOut },
  ]);
}

let asked = false;

function askToSignIn() {
  if (asked) return;
  asked = true;
  openDialog({
    title: t("ui.signed_out_title"),
    body: () => html`
      <div class="said"><p>${t("ui.signed_out_text")}</p></div>
      <div class="btn-row"><a class="btn ink" data-first href=${signInAgain()}>${t("sign_in.do")}</a></div>`,
  }).closed.then(() => (asked = false));
}

/** Stores the user that the server authenticated, on every page from the server, and deletes the rooms of other users. */
export function notePerson() {
  if (boot.seen_at) return; // The page was loaded without a network.
  void new RoomCache(root).personIs(boot.user ? { userId: boot.user.id, lang: boot.lang } : null);
}

/** Call once on every page. */
export function startFrame() {
  notePerson();
  onPasswordNeeded(askOwnPassword);
  const button = document.getElementById("account-menu");
  button?.addEventListener("click", () => openAccountMenu(button));
  addEventListener(SIGNED_OUT, () => {
    if (boot.user) void new RoomCache(root).forget(boot.user.id);
    askToSignIn();
  });
}
