/**
 * The page that checks an archive without a server: one big field for the archive, optional ones for what it is
 * compared with, and the result. Everything stays in this page.
 */
import { html, nothing, render } from "lit-html";
import { Unusable } from "../faults.js";
import { runInSlices } from "../run_in_slices.js";
import { unusable, verify } from "../verify.js";
import { nameOfText } from "../receipts.js";
import { readArchive, readSmall } from "./chosen_files.js";
import { pageWord, sizeIn } from "./page_words.js";
import { failureView, reportView, resultView } from "./result_view.js";

/** @typedef {import("../words.js").Language} Language */
/** @typedef {"receipts"|"kept"} Extra */

export class VerifyPage {
  /** @type {Language} */
  #language = "vi";
  /** @type {File|null} */
  #archive = null;
  /** @type {Record<Extra, File[]>} */
  #extra = { receipts: [], kept: [] };
  /** Texts of printed receipts. @type {string[]} */
  #texts = [];
  #key = "";
  /** @type {import("../verify.js").Answer|null} */
  #answer = null;
  /** @type {import("./result_view.js").Compared} */
  #compared = { key: false, receipts: 0, kept: 0 };
  #failure = "";
  /** @type {import("../interfaces.js").Progress|null} */
  #progress = null;
  #checking = false;
  /** Number of the newest check; an older one stops. */
  #run = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  start() {
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#chooseArchive(event.dataTransfer?.files);
    });
    this.#render();
  }

  /** @param {FileList|null|undefined} files */
  #chooseArchive(files) {
    const [file] = files ?? [];
    if (!file) return;
    this.#archive = file;
    void this.#check();
  }

  /** @param {Extra} kind @param {File[]} files */
  #setExtra(kind, files) {
    this.#extra = { ...this.#extra, [kind]: files };
    void this.#check();
  }

  /** @param {string[]} texts */
  #setTexts(texts) {
    this.#texts = texts;
    void this.#check();
  }

  /** Adds what is in the field: by its button, and when the field is left. @param {Event} event */
  #addText(event) {
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (this.root.querySelector("textarea[name=slip]"));
    const text = field.value.trim();
    field.value = "";
    if (text) this.#setTexts([...this.#texts.filter((one) => one !== text), text]);
  }

  /** Checks what is chosen now; the result of a check under way is not shown. */
  async #check() {
    const archive = this.#archive;
    this.#run += 1;
    const run = this.#run;
    this.#answer = null;
    this.#progress = null;
    this.#failure = "";
    this.#checking = archive !== null;
    this.#render();
    if (!archive) return;
    const { receipts, kept } = this.#extra;
    const compared = { key: this.#key !== "", receipts: receipts.length + this.#texts.length, kept: kept.length };
    const { answer, failure } = await this.#answerFor(archive, run);
    if (run !== this.#run) return;
    this.#answer = answer;
    this.#failure = failure;
    this.#compared = compared;
    this.#checking = false;
    this.#render();
    this.root.querySelector(".result")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {File} archive @param {number} run */
  async #answerFor(archive, run) {
    try {
      return { answer: await this.#verified(archive, run), failure: "" };
    } catch (error) {
      if (error instanceof Unusable) return { answer: unusable(error), failure: "" };
      console.error(error);
      return { answer: null, failure: String(error) };
    }
  }

  /** @param {File} archive @param {number} run Throws Unusable. */
  async #verified(archive, run) {
    const key = this.#key === "" ? null : this.#key;
    const [kept, files] = await Promise.all([readSmall(this.#extra.kept), readSmall(this.#extra.receipts)]);
    const receipts = [...files, ...this.#texts];
    const steps = verify({ archive: await readArchive(archive), kept, receipts, key });
    return runInSlices(steps, (progress) => {
      if (run !== this.#run) return false;
      this.#progress = progress;
      this.#render();
      return true;
    });
  }

  /** @param {string} key @param {Record<string, string|number>} [facts] */
  #word(key, facts) {
    return pageWord(this.#language, key, facts);
  }

  #render() {
    document.documentElement.lang = this.#language;
    document.title = `${this.#word("title")} · Diên Hồng`;
    render(html`${this.#head()}<main>${this.#archiveField()}${this.#result()}${this.#extras()}
      ${this.#answer?.story ? this.#report(this.#answer) : nothing}</main>${this.#foot()}`, this.root);
  }

  #head() {
    const other = this.#language === "vi" ? "en" : "vi";
    return html`<header>
      <p class="bar"><span>Diên Hồng</span><button class="plain" lang=${other} @click=${() => this.#speak(other)}>
        ${this.#word("other_language")}</button></p>
      <h1>${this.#word("title")}</h1>
      <p class="lead">${this.#word("lead")}</p>
      <p class="private">${this.#word("private")}</p>
    </header>`;
  }

  /** @param {Language} language */
  #speak(language) {
    this.#language = language;
    this.#render();
  }

  #archiveField() {
    const file = this.#archive;
    const shown = file && this.#word("file", { name: file.name, size: sizeIn(this.#language, file.size) });
    return html`<label class="drop ${file ? "chosen" : ""}">
      <input type="file" name="archive" accept=".zip,application/zip"
        @change=${(/** @type {Event} */ event) => this.#chooseArchive(chosen(event))}>
      <span class="ask">${this.#word(file ? "choose_another" : "choose")}</span>
      <span class="how">${shown ?? this.#word("choose_how")}</span>
    </label>`;
  }

  #result() {
    return html`<section class="result" aria-live="polite" aria-busy=${this.#checking}>
      ${this.#checking ? this.#progressView() : nothing}
      ${this.#failure ? failureView(this.#failure, this.#language) : nothing}
      ${this.#answer ? resultView(this.#answer, this.#compared, this.#language) : nothing}
    </section>`;
  }

  #progressView() {
    const progress = this.#progress;
    const text = this.#word(progress ? `stage_${progress.stage}` : "reading");
    return html`<p class="work"><span>${text}</span><progress max="1" .value=${progress?.part ?? 0}></progress></p>`;
  }

  /** @param {import("../verify.js").Answer} answer */
  #report(answer) {
    return html`<section class="report">
      <div class="bar"><h2>${this.#word("report")}</h2>
        <button class="plain" @click=${() => print()}>${this.#word("print")}</button></div>
      ${reportView(answer, this.#language)}
    </section>`;
  }

  #extras() {
    return html`<section class="extras"><h2>${this.#word("compare")}</h2><p class="how">${this.#word("compare_how")}</p>
      <label class="field"><span class="name">${this.#word("key")}</span>
        <span class="how">${this.#word("key_how")}</span>
        <input type="text" name="key" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.#key}
          @change=${(/** @type {Event} */ event) => this.#setKey(event)}></label>
      ${this.#filesField("receipts", ".json,application/json,.txt,text/plain", this.#textField())}
      ${this.#filesField("kept", "")}
    </section>`;
  }

  /** @param {Event} event */
  #setKey(event) {
    this.#key = /** @type {HTMLInputElement} */ (event.currentTarget).value.trim();
    void this.#check();
  }

  /** @param {Extra} kind @param {string} accept @param {unknown} [more] */
  #filesField(kind, accept, more = nothing) {
    const files = this.#extra[kind];
    const without = (/** @type {File} */ file) => this.#setExtra(kind, files.filter((one) => one !== file));
    const add = (/** @type {Event} */ event) => this.#setExtra(kind, [...files, ...chosen(event) ?? []]);
    return html`<div class="field"><span class="name">${this.#word(kind)}</span>
      <span class="how">${this.#word(`${kind}_how`)}</span>
      <ul>${files.map((file) => this.#given(file.name, () => without(file)))}</ul>
      <label class="pick"><input type="file" name=${kind} multiple accept=${accept} @change=${add}>
        <span>${this.#word(`add_${kind}`)}</span></label>${more}
    </div>`;
  }

  /** The field for the text of a printed receipt. */
  #textField() {
    const texts = this.#texts;
    const add = (/** @type {Event} */ event) => this.#addText(event);
    const without = (/** @type {string} */ text) => this.#setTexts(texts.filter((one) => one !== text));
    return html`<form class="typed" @submit=${add}>
      <label><span class="how">${this.#word("slip_how")}</span>
        <textarea name="slip" rows="3" autocomplete="off" autocapitalize="off" spellcheck="false"
          placeholder="DHR1:…" @change=${add}></textarea></label>
      <ul>${texts.map((text) => this.#given(nameOfText(text), () => without(text)))}</ul>
      <button>${this.#word("add_slip")}</button></form>`;
  }

  /** @param {string} name @param {() => void} remove */
  #given(name, remove) {
    return html`<li><span>${name}</span>
      <button type="button" class="plain" aria-label=${this.#word("remove", { name })} @click=${remove}>✕</button></li>`;
  }

  #foot() {
    return html`<footer><p>${this.#word("origin")}</p></footer>`;
  }
}

/** The files that a field was given; the same file may be chosen again. @param {Event} event */
function chosen(event) {
  const field = /** @type {HTMLInputElement} */ (event.currentTarget);
  const transfer = new DataTransfer();
  for (const file of field.files ?? []) transfer.items.add(file);
  field.value = "";
  return transfer.files;
}
