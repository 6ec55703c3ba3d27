/** Note markers of a page: a button at each note, labelled with the note's text. */
import { html, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {Annotation & {geometry: import("../../lib/schemas.js").At}} Note */

/** Length of the text in the accessible label. */
const SAID = 120;

/** @param {Annotation} annotation @returns {annotation is Note} */
const isNote = (annotation) => markTypeOf(annotation).button === true;

/** @param {string} text */
const beginning = (text) => (text.length > SAID ? `${text.slice(0, SAID)}…` : text);

export class NoteMarkers {
  /** @type {Note[]} */ #shown = [];

  /** @param {HTMLElement} place @param {(note: Annotation) => void} opened */
  constructor(place, opened) {
    this.place = place;
    this.opened = opened;
  }

  /** @param {Annotation[]} annotations of the page */
  show(annotations) {
    const notes = annotations.filter(isNote);
    if (notes.length === this.#shown.length && notes.every((note, at) => note === this.#shown[at])) return;
    this.#shown = notes;
    render(repeat(notes, (note) => note.id, (note) => this.#marker(note)), this.place);
  }

  /** @param {string[]} ids @param {number} dx @param {number} dy offset in fractions of the page */
  shift(ids, dx, dy) {
    for (const id of ids) {
      const marker = /** @type {HTMLElement|null} */ (this.place.querySelector(`[data-mark="${CSS.escape(id)}"]`));
      marker?.style.setProperty("--dx", String(dx));
      marker?.style.setProperty("--dy", String(dy));
    }
  }

  /** @param {Note} note */
  #marker(note) {
    const [x, y] = note.geometry.at;
    const label = t("ink.note_by", { name: note.author_name, text: beginning(note.text ?? "") });
    return html`<button type="button" class="ink-note" data-mark=${note.id} data-audience=${note.audience}
      style="--x: ${x}; --y: ${y}; --colour: ${note.style.color}" aria-label=${label}
      @click=${() => this.opened(note)}>${icon("message-square-text")}</button>`;
  }
}
