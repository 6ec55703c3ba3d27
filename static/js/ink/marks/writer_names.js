/** Name labels: beside strokes in progress of other participants, and for the mark under the mouse. */
import { html, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { inViewport } from "../canvas/region.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../sync/remote_strokes.js").WetStroke} WetStroke */
/** @typedef {{key: string, name: string, color: string, left: number, top: number, fades: boolean}} Label in CSS pixels of the viewport */

const LINGERS_MS = 1600;
const BESIDE = 14;

export class WriterNames {
  /** By user id of the writer. @type {Map<string, Label>} */ #labels = new Map();
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */ #leaving = new Map();
  /** @type {Label|null} */ #hovered = null;

  /** @param {InkContext} context */
  constructor(context) {
    this.context = context;
    this.element = document.createElement("div");
    this.element.className = "wet-names";
    this.element.setAttribute("aria-hidden", "true");
    context.reading.viewer.element.append(this.element);
  }

  /** @param {WetStroke[]} strokes in progress of others on the page in the viewport */
  show(strokes) {
    const writing = new Set(strokes.map((one) => one.author));
    for (const stroke of strokes) this.#put(stroke);
    for (const author of this.#labels.keys()) if (!writing.has(author)) this.#fadeOut(author);
    this.#renderNames();
  }

  /** Removes all labels because another page is shown. */
  clear() {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
    this.#labels.clear();
    this.#hovered = null;
    this.#renderNames();
  }

  /** @param {import("../../lib/schemas.js").AnnotationView|null} mark @param {import("../sync/interfaces.js").Rect|null} box on screen */
  hover(mark, box) {
    const foreign = mark && box && mark.author !== this.context.room.me.user_id ? { mark, box } : null;
    const frame = this.element.getBoundingClientRect();
    this.#hovered = foreign && {
      key: "hovered", name: foreign.mark.author_name, color: foreign.mark.style.color, fades: false,
      left: foreign.box.left + foreign.box.width - frame.left, top: foreign.box.top - frame.top,
    };
    this.#renderNames();
  }

  /** @param {WetStroke} stroke The label follows its last point. */
  #put({ author, style, points }) {
    const last = points.at(-1);
    const name = this.context.room.meeting.participants.find((one) => one.user_id === author)?.display_name;
    if (!last || !name) return;
    clearTimeout(this.#leaving.get(author));
    this.#leaving.delete(author);
    const { left, top } = inViewport([last[0], last[1], last[0], last[1]], this.context.reading.viewer.viewport.transform);
    this.#labels.set(author, { key: author, name, color: style.color, left, top, fades: false });
  }

  /** @param {string} author */
  #fadeOut(author) {
    const label = this.#labels.get(author);
    if (!label || this.#leaving.has(author)) return;
    this.#labels.set(author, { ...label, fades: true });
    this.#leaving.set(author, setTimeout(() => {
      this.#leaving.delete(author);
      this.#labels.delete(author);
      this.#renderNames();
    }, LINGERS_MS));
  }

  #renderNames() {
    const labels = [...this.#labels.values(), ...(this.#hovered ? [this.#hovered] : [])];
    const { clientWidth: wide } = this.element;
    render(repeat(labels, (one) => one.key, (one) => html`<span class="wet-name ${one.fades ? "fades" : ""}"
      style="--color:${one.color};transform:translate(${Math.round(Math.min(one.left + BESIDE, Math.max(8, wide - 220)))}px, ${Math.round(Math.max(4, one.top - 36))}px)"><i></i>${one.name}</span>`), this.element);
  }
}
