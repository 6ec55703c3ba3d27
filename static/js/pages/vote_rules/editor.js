/**
 * Editor of a rule pack, with text from a file, a copy or the keyboard. The server checks the text while it is
 * typed, and the editor shows a description of the pack before it is added.
 */

import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { whenTyped } from "../../lib/ui/typing.js";
import { t } from "../../lib/words.js";
import { addRulePack, check, copySource, rules } from "./data.js";
import { draft } from "./draft.js";
import { entries } from "./guide.js";
import { pickedFile, unitField } from "./editor_top.js";
import { textField, toTop } from "./text_field.js";
import { verdict } from "./verdict.js";

/** @typedef {import("./data.js").Pack} Pack */
/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */

const PAUSE = 450;
const LARGEST_FILE = 200_000;

class PackEditor {
  /** @param {(pack: Pack) => void} added */
  constructor(added) {
    this.added = added;
    this.asking = new AbortController();
    const askLater = whenTyped(() => void this.ask(), PAUSE);
    /** @param {InputEvent | CompositionEvent} event */
    this.typed = (event) => {
      draft.write(/** @type {HTMLTextAreaElement} */ (event.target).value);
      this.asking.abort();
      this.sheet.redraw();
      askLater(event);
    };
    this.sheet = openSheet({ title: t("rules.add"), size: "full pack-editor", body: (sheet) => this.view(sheet), footer: () => this.footer() });
    toTop(this.sheet.element);
    void this.sheet.closed.then(() => this.closed());
    void this.ask();
  }

  closed() {
    this.asking.abort();
    if (!draft.empty) toast(t("rules.kept"));
  }

  /** Requests a check of the current text. */
  async ask() {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    draft.forget();
    this.sheet.redraw();
    if (draft.empty) return;
    try {
      const pack = await check(draft.text, draft.unitId, signal);
      if (signal.aborted) return;
      draft.pack = pack;
    } catch (error) {
      if (signal.aborted) return;
      draft.refused(error);
    }
    this.sheet.redraw();
  }

  /** Replaces the text. @param {string} text */
  put(text) {
    const before = draft.text;
    draft.write(text);
    void this.ask();
    toTop(this.sheet.element);
    if (before.trim() && before !== text) toast(t("rules.replaced"), { action: { label: t("ui.undo"), run: () => this.put(before) } });
  }

  /** @param {File} file */
  async read(file) {
    if (file.size > LARGEST_FILE) return void toast(t("rules.file_too_large"), { tone: "bad" });
    try {
      this.put(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      toast(t("rules.file_not_text"), { tone: "bad" });
    }
  }

  /** @param {HTMLElement} button */
  chooseCopy(button) {
    const packs = (rules.packs ?? []).filter((pack) => pack.rules.length && !pack.withdrawn_at);
    openMenu(button, packs.map((pack) => ({ label: pack.title, run: () => void this.copy(pack) })));
  }

  /** @param {Pack} pack */
  async copy(pack) {
    try {
      this.put(await copySource(pack));
    } catch (error) {
      sayProblem(error);
    }
  }

  async save() {
    if (draft.busy || !draft.pack) return;
    draft.busy = true;
    this.sheet.redraw();
    try {
      const pack = await addRulePack(draft.text, draft.unitId, draft.key);
      draft.write("", null);
      this.sheet.close();
      this.added(pack);
    } catch (error) {
      draft.forget();
      draft.refused(error);
    } finally {
      draft.busy = false;
      if (this.sheet.element.open) this.sheet.redraw();
    }
  }

  /** @param {Opened} sheet */
  view(sheet) {
    return html`<div class="pack-from">
        ${unitField(() => void this.ask())}
        <div class="btn-row">${pickedFile((file) => void this.read(file))}
          <button type="button" class="btn plain" aria-haspopup="menu" aria-expanded="false"
            @click=${(/** @type {Event} */ event) => this.chooseCopy(/** @type {HTMLElement} */ (event.currentTarget))}>${icon("copy")}${t("rules.copy")}</button>
        </div>
      </div>
      <div class="pack-desk">
        <div class="field"><label for="pack-toml">${t("rules.toml")}</label>
          ${textField({ text: draft.text, wrongLine: draft.wrong?.line ?? null, typed: this.typed, dropped: (file) => void this.read(file) })}</div>
        <section class="pack-beside" tabindex="0" aria-label=${t("rules.verdict")}>
          <div class="pack-verdict" id="pack-verdict" aria-live="polite">${verdict(sheet, () => void this.ask())}</div>${entries()}
        </section>
      </div>`;
  }

  footer() {
    return html`<p class="quiet grow">${draft.pack ? t("rules.at_once") : nothing}</p>
      <button type="button" class="btn ink ${draft.busy ? "busy" : ""}" ?disabled=${!draft.pack} @click=${() => this.save()}><span>${t("rules.do_add")}</span></button>`;
  }
}

/**
 * @param {(pack: Pack) => void} added
 * @param {{text: string, unitId: string | null}} [from] initial text; by default the last draft
 */
export function openEditor(added, from) {
  const { text, unitId } = draft;
  if (from) draft.write(from.text, from.unitId);
  const editor = new PackEditor(added);
  if (!from || !text.trim() || text === from.text) return;
  const undo = () => {
    editor.put(text);
    draft.unitId = unitId;
  };
  toast(t("rules.replaced"), { action: { label: t("ui.undo"), run: undo } });
}
