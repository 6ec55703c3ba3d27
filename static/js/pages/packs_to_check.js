/** The notice that rule packs are unchecked. It is shown to an administrator once for the same set of packs. */

import { boot } from "../lib/boot.js";
import { WebStorage } from "../lib/web_storage.js";

const KEPT_AS = "packs_to_check";

export function askToCheckPacks() {
  const notice = document.getElementById("packs-to-check");
  if (!notice) return;
  const kept = new WebStorage(() => localStorage);
  const asked = boot.packs_to_check.map((/** @type {{id: string}} */ pack) => pack.id).join(" ");
  notice.hidden = kept.get(KEPT_AS) === asked;
  notice.querySelector("button")?.addEventListener("click", () => {
    kept.set(KEPT_AS, asked);
    notice.hidden = true;
  });
}
