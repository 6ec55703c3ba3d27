/** The notice that rule packs are unchecked. It is shown to an administrator once for the same set of packs. */

import { boot } from "../lib/boot.js";
import { WebStorage } from "../lib/web_storage.js";

const STORAGE_KEY = "packs_to_check";

export function askToCheckPacks() {
  const notice = document.getElementById("packs-to-check");
  if (!notice) return;
  const storage = new WebStorage(() => localStorage);
  const packIds = boot.packs_to_check.map((/** @type {{id: string}} */ pack) => pack.id).join(" ");
  notice.hidden = storage.get(STORAGE_KEY) === packIds;
  notice.querySelector("button")?.addEventListener("click", () => {
    storage.set(STORAGE_KEY, packIds);
    notice.hidden = true;
  });
}
