/** The sheet with the text of a pack, for reading, copying and downloading. */

import { html } from "lit-html";
import { copyText } from "../../lib/clipboard.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";

/** @param {string} text */
async function copy(text) {
  if (await copyText(text)) toast(t("ui.copied"));
  else toast(t("ui.not_copied"), { tone: "bad" });
}

/** @param {string} text @param {string} name */
function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** @param {import("./data.js").Pack} pack @param {string} text */
export function openSource(pack, text) {
  openSheet({
    title: pack.title,
    size: "broad",
    body: () => html`<pre class="pack-source" tabindex="0">${text}</pre>`,
    footer: () => html`<button type="button" class="btn plain" @click=${() => copy(text)}>${icon("copy")}${t("rules.copy_text")}</button>
      <button type="button" class="btn plain" @click=${() => save(text, `${pack.pack_id}-${pack.version}.toml`)}>${icon("download")}${t("rules.save_file")}</button>`,
  });
}
