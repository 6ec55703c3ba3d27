/** The bar at the marks that are selected. It keeps beside them and out of the way while they move. */
import { html, nothing, render } from "lit-html";
import { t } from "../lib/words.js";
import { marksButtons, marksHead, selectionIn } from "./mark_actions.js";
import { placed } from "./popover.js";

/** @typedef {import("./feature.js").InkContext} InkContext */
/** @typedef {import("./types.js").Annotation} Annotation */

export class SelectionBar {
  /** @type {import("./popover.js").Edges|null} */ #at = null;
  /** @type {string[]} */ #ids = [];

  /** @param {InkContext} context */
  constructor(context) {
    this.context = context;
    this.element = document.createElement("section");
    this.element.className = "popover selection-bar";
    this.element.setAttribute("aria-label", t("ink.selection"));
    this.element.hidden = true;
    document.body.append(this.element);
    context.afterDraw.add(() => this.draw());
  }

  /** @param {string[]} ids @param {import("./popover.js").Edges|null} at CSS pixels of the window; null: hides it */
  show(ids, at) {
    this.#ids = ids;
    this.#at = at;
    this.draw();
  }

  draw() {
    const marks = this.#ids.flatMap((id) => this.context.ink.find(id) ?? []);
    const selection = this.#at && selectionIn(this.context, marks);
    const covered = this.context.covered || this.context.behind;
    this.element.hidden = !selection || covered;
    if (!selection || !this.#at || covered) {
      if (this.element.hasChildNodes()) render(nothing, this.element);
      return;
    }
    render(html`${marksHead(this.context, selection)}${marksButtons(this.context, marks, () => {})}`, this.element);
    const size = { width: this.element.offsetWidth, height: this.element.offsetHeight };
    const { left, top } = placed(this.#at, size, { width: innerWidth, height: innerHeight }, "above");
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}
