/** "Ghi chú của tôi": search of all annotations and notes of the user, with links to their pages. */
import { html, nothing, render } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import { newId } from "../../ink/model/ids.js";
import { docxPath, pdfPath } from "../../ink/toolbar/export_dialog.js";
import { api } from "../../lib/api.js";
import { boot, href } from "../../lib/boot.js";
import { folded, moment } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { noteCard } from "../../notes/note_card.js";
import { NoteStore } from "../../notes/note_book.js";
import { NoteWriting } from "../../notes/note_writing.js";
import { entryView } from "./entry.js";
import { filtersView, searching } from "./filters.js";
import { entriesOf, groupsOf } from "./groups.js";
import { FREE, filtersFrom, searchOf, Written } from "./written.js";

/** @typedef {import("../../ink/sync/outbox.js").InkOutbox} InkOutbox */
/** @typedef {import("../../notes/shown_notes.js").ShownNote} ShownNote */
/** @typedef {import("./groups.js").Group} Group */
/** @typedef {import("./groups.js").PaperGroup} PaperGroup */
/** @typedef {import("./written.js").Filters} Filters */

/** Interval of re-rendering while the outbox has unsent changes, to show their state. */
const REFRESH_MS = 2000;

export class NotesPage {
  #drawing = 0;
  #narrow = (/** @type {Partial<Filters>} */ filters) => void this.narrow(filters);
  #typed = searching(this.#narrow);
  /** @type {Map<string, {title: string|null, starts_at: string|null}>} */ #meetings = new Map();

  /** @param {HTMLElement} place @param {InkOutbox} outbox */
  constructor(place, outbox) {
    this.place = place;
    const changed = () => this.renderNotes();
    this.written = new Written({ api, filters: filtersFrom(location.search), changed });
    this.noteStore = new NoteStore({ outbox, api, newId, changed, meetingOf: (id) => this.#meetingOf(id) });
    this.writing = new NoteWriting({ noteStore: this.noteStore, changed, removed: (note) => this.#sayRemoved(note) });
  }

  start() {
    this.renderNotes();
    void this.written.load();
    void this.written.loadPapers();
    void this.noteStore.start();
    setInterval(() => this.noteStore.outbox.waiting && this.renderNotes(), REFRESH_MS);
    addEventListener("pagehide", () => void this.writing.keepAll());
    addEventListener("beforeunload", (event) => {
      if (this.writing.unkept) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.writing.keepAll();
      else void this.#reload();
    });
    addEventListener("online", () => void this.#reload());
  }

  /** Loads changes that the user made on other devices. */
  #reload() {
    return Promise.all([this.written.load(), this.written.loadPapers(), this.noteStore.load()]);
  }

  /** Renders in the next frame; multiple calls render once. */
  renderNotes() {
    this.#drawing ||= requestAnimationFrame(() => {
      this.#drawing = 0;
      render(this.#view(), this.place);
    });
  }

  /** @param {Partial<Filters>} filters */
  narrow(filters) {
    const loading = this.written.narrow(filters);
    history.replaceState(null, "", location.pathname + searchOf(this.written.filters, location.search));
    this.renderNotes();
    return loading;
  }

  /** @param {string|null} meetingId */
  beginNote(meetingId) {
    const id = this.writing.begin(meetingId);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const field = /** @type {HTMLElement|null} */ (this.place.querySelector(`[data-note="${id}"] textarea`));
      field?.focus();
      field?.scrollIntoView({ block: "center" });
    }));
  }

  /** @param {ShownNote} note */
  remove(note) {
    const fresh = note.revision === 0 && !this.noteStore.shown.some(({ id }) => id === note.id);
    const text = this.writing.textOf(note);
    this.writing.close(note.id);
    if (fresh) return;
    void this.noteStore.remove(note);
    this.#sayRemoved({ ...note, text: text.trim() || note.text });
  }

  /** @param {ShownNote} note */
  #sayRemoved(note) {
    toast(t("notes.deleted"), { action: { label: t("ui.undo"), run: () => void this.noteStore.addNote(note.text, note.meeting_id) } });
  }

  /** @param {string|null} id */
  #meetingOf(id) {
    const known = id === null ? undefined : this.#meetings.get(id);
    return id !== null && known ? { id, ...known } : null;
  }

  /** @returns {Group[]} */
  #groups() {
    const groups = groupsOf(this.written.marks, this.#notes());
    for (const { id, title, starts_at } of groups) if (id !== null && title !== null) this.#meetings.set(id, { title, starts_at });
    return groups;
  }

  /** @returns {ShownNote[]} notes that match the filters, and notes that are being edited */
  #notes() {
    const { q, kind, document } = this.written.filters;
    const { fresh } = this.writing;
    if (document || (kind && kind !== FREE)) return fresh;
    const words = folded(q).split(/\s+/).filter(Boolean);
    const found = this.noteStore.shown.filter((note) => {
      const text = folded(note.text);
      return this.writing.has(note.id) || words.every((word) => text.includes(word));
    });
    return [...fresh, ...found];
  }

  #view() {
    const { written, noteStore } = this;
    const groups = this.#groups();
    const trouble = written.trouble ?? noteStore.trouble;
    const isEmpty = written.loaded && !written.loading && noteStore.loaded && !groups.length && !written.filtered;
    return html`<header class="page-head"><div><h1>${t("notes.title")}</h1><p class="quiet notes-lead">${icon("lock", "small")}${t("notes.lead")}</p></div>
        <button type="button" class="btn ink" @click=${() => this.beginNote(null)}>${icon("plus")}${t("notes.add")}</button></header>
      ${isEmpty ? nothing : filtersView(written, this.#narrow, this.#typed)}
      ${trouble ? html`<div class="notice" role="alert">${icon("circle-alert")}<div class="grow"><p>${trouble}</p></div>
        <button type="button" class="btn plain" @click=${() => void this.#reload()}>${t("notes.try_again")}</button></div>` : nothing}
      <div class="notes-groups">${repeat(groups, (group) => group.id, (group) => this.#group(group))}</div>
      ${groups.length ? nothing : this.#nothing()}
      ${written.next ? html`<button type="button" class="btn plain more-notes" @click=${() => void written.more()}>${t("notes.more")}</button>` : nothing}`;
  }

  #nothing() {
    if (!this.written.loaded || this.written.loading || !this.noteStore.loaded) return this.written.trouble ? nothing : html`<p class="quiet" role="status">${t("notes.loading")}</p>`;
    if (this.written.filtered) {
      return html`<div class="empty" role="status"><h2>${t("notes.none_found")}</h2><p>${t("notes.none_found_text")}</p>
        <button type="button" class="btn plain" @click=${() => this.#unfiltered()}>${icon("x")}${t("notes.all_again")}</button></div>`;
    }
    return html`<div class="empty notes-empty"><h2>${t("notes.empty_title")}</h2><ul>
        <li>${icon("pencil")}<span>${t("notes.empty_papers")}</span></li><li>${icon("sticky-note")}<span>${t("notes.empty_free")}</span></li><li>${icon("lock")}<span>${t("notes.empty_private")}</span></li></ul>
      <div class="btn-row"><a class="btn ink" href=${href("/")}>${t("notes.to_meetings")}${icon("arrow-right")}</a><button type="button" class="btn plain" @click=${() => this.beginNote(null)}>${icon("plus")}${t("notes.add")}</button></div></div>`;
  }

  #unfiltered() {
    void this.narrow({ q: "", kind: "", document: "" });
    document.getElementById("notes-search")?.focus();
  }

  /** @param {Group} group */
  #group(group) {
    const { id, notes, papers } = group;
    return html`<section class="notes-group" aria-labelledby="group-${id ?? "none"}">
      <header class="group-head"><div class="grow"><h2 id="group-${id ?? "none"}">${id === null ? t("notes.no_meeting") : (group.title ?? t("notes.of_meeting"))}</h2>
          ${group.starts_at ? html`<p class="quiet">${moment(group.starts_at)}</p>` : nothing}</div>
        ${id === null ? nothing : html`<button type="button" class="btn quiet" @click=${() => this.beginNote(id)}>${icon("plus", "small")}${t("notes.add_to_meeting")}</button>`}</header>
      ${notes.length ? html`<div class="notes-cards" aria-label=${t("notes.kind_free")} role="group">
        ${repeat(notes, (note) => note.id, (note) => noteCard(note, { noteStore: this.noteStore, writing: this.writing, remove: (one) => this.remove(one) }))}</div>` : nothing}
      ${repeat(papers, (paper) => paper.id, (paper) => guard([paper.title, ...paper.marks], () => paperView(paper)))}
    </section>`;
  }
}

/** @param {PaperGroup} paper */
function paperView(paper) {
  return html`<div class="card notes-paper"><header><h3>${icon("file-text")}<span>${paper.title}</span></h3>
      <button type="button" class="btn icon-only quiet" aria-haspopup="menu" aria-expanded="false" aria-label=${t("notes.take", { title: paper.title })} 
        @click=${(/** @type {Event} */ event) => openExportMenu(/** @type {HTMLElement} */ (event.currentTarget), paper)}>${icon("download")}</button></header><ul class="rows">${entriesOf(paper.marks).map(entryView)}</ul></div>`;
}

/** Exports of a document with the user's and the room's current annotations. @param {HTMLElement} button @param {PaperGroup} paper */
function openExportMenu(button, paper) {
  const version = paper.marks[0]?.current_version ?? 1;
  openMenu(button, [
    { label: t("ink.take_docx"), icon: "file-text", href: href(docxPath(paper, version, "all")) },
    { label: t("ink.take_pdf"), icon: "download", href: href(pdfPath(paper, version, { whose: "all", flat: false })) },
  ]);
}

/** @param {InkOutbox} outbox */
export function startNotes(outbox) {
  const view = document.getElementById("view");
  if (!view || !boot.user) throw new Error("no #view on the page, or nobody is here");
  new NotesPage(view, outbox).start();
}
