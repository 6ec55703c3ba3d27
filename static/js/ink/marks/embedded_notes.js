/**
 * Comments embedded in the uploaded file, as read-only markers on the page. They are requested when a page has been
 * shown for a while, so that turning pages costs no request.
 */
import { html, nothing, render } from "lit-html";
import { api } from "../../lib/api.js";
import { ask } from "../../lib/fetch_with_timeout.js";
import { moment } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { openPopover } from "../../lib/ui/popover.js";
import { samePlace } from "../../live/follow.js";

/** @typedef {import("../../live/presentation.js").Place} Place */
/** @typedef {import("../../lib/schemas.js").PaperNote} PaperNote */

const RESTED_MS = 1500;
/** Random delay, so that clients following the presenter do not send their requests at the same time. */
const SPREAD_MS = 2000;
const REMEMBERED = 100;
/** Width below which a comment's marker is in its centre, in fractions of the page; else it is at its upper right corner. */
const SMALL = 0.06;
const SAID = 120;

export class EmbeddedNotes {
  /** @type {Place|null} */ #place = null;
  /** @type {Map<string, PaperNote[]>} */ #known = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #delay;

  /** @param {HTMLElement} pageElement the page element @param {() => number} random 0 to 1 */
  constructor(pageElement, random = Math.random) {
    this.random = random;
    this.element = document.createElement("div");
    this.element.className = "paper-notes";
    pageElement.append(this.element);
  }

  /** @param {Place|null} place in the viewport */
  show(place) {
    clearTimeout(this.#delay);
    this.#place = place;
    const known = place && this.#known.get(path(place));
    this.#renderMarkers(known ?? []);
    if (place && !known) this.#delay = setTimeout(() => void this.#fetch(place), RESTED_MS + this.random() * SPREAD_MS);
  }

  /** @param {Place} place */
  async #fetch(place) {
    const { answer } = await ask((signal) => api.get(path(place), { signal }));
    if (!answer) return;
    const notes = answer.notes.filter((/** @type {PaperNote} */ note) => note.text);
    this.#known.set(path(place), notes);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    if (samePlace(this.#place, place)) this.#renderMarkers(notes);
  }

  /** @param {PaperNote[]} notes */
  #renderMarkers(notes) {
    render(notes.map((note) => marker(note)), this.element);
  }
}

/** @param {Place} place */
const path = ({ document_id, version, page }) => `/documents/${encodeURIComponent(document_id)}/versions/${version}/pages/${page}/notes`;

/** @param {PaperNote} note */
function marker(note) {
  const [x0, y0, x1, y1] = note.box;
  const [x, y] = x1 - x0 < SMALL ? [(x0 + x1) / 2, (y0 + y1) / 2] : [x1, y0];
  const label = t("ink.paper_note_by", { name: note.author || t("ink.nobody_named"), text: note.text.slice(0, SAID) });
  return html`<button type="button" class="ink-note paper-note" style="--x: ${x}; --y: ${y}" aria-label=${label}
    @click=${(/** @type {Event} */ event) => openEmbeddedNote(note, /** @type {HTMLElement} */ (event.currentTarget))}>${icon("message-square-text")}</button>`;
}

/** @param {PaperNote} note @param {HTMLElement} anchor */
function openEmbeddedNote(note, anchor) {
  openPopover({
    at: () => anchor.getBoundingClientRect(),
    placement: () => "top",
    label: t("ink.paper_note"),
    name: "note-window",
    anchor,
    body: ({ close }) => html`<header class="note-head"><p class="marks-head">${note.author ? html`<b>${note.author}</b>` : nothing}
        ${note.date ? html`<span class="quiet num">${moment(note.date)}</span>` : nothing}
        <span class="chip small">${icon("file-text", "small")}${t("ink.paper_note")}</span></p>
        <button type="button" class="btn icon-only" aria-label=${t("ui.close")} data-first @click=${close}>${icon("x")}</button></header>
      <p class="note-words" tabindex="0">${note.text}</p>`,
  });
}
