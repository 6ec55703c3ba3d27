/** The bar with the actions on the selected marks. It is placed beside them and hidden while they move. */
import { html, nothing, render } from "lit-html";
import { place } from "../../lib/ui/floating.js";
import { t } from "../../lib/words.js";
import { marksButtons, marksHead, selectionIn } from "./mark_actions.js";

/** @typedef {import("../../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("../../lib/ui/floating.js").Rect} Rect */
/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */

export class SelectionBar {
  /** @type {Rect|null} */ #at = null;
  /** @type {string[]} */ #ids = [];

  /** @param {InkContext} context */
  constructor(context) {
    this.context = context;
    this.element = document.createElement("section");
    this.element.className = "popover selection-bar";
    this.element.setAttribute("aria-label", t("ink.selection"));
    this.element.hidden = true;
    document.body.append(this.element);
    context.afterDraw.add(() => this.renderMarks());
  }

  /** @param {string[]} ids @param {Rect|null} at null: hides it */
  show(ids, at) {
    this.#ids = ids;
    this.#at = at;
    this.renderMarks();
  }

  renderMarks() {
    const marks = this.#ids.flatMap((id) => this.context.ink.find(id) ?? []);
    const at = this.#at;
    const selection = at && selectionIn(this.context, marks);
    const covered = this.context.covered || this.context.behind;
    this.element.hidden = !selection || covered;
    if (!selection || !at || covered) {
      if (this.element.hasChildNodes()) render(nothing, this.element);
      return;
    }
    render(html`${marksHead(this.context, selection)}${marksButtons(this.context, marks, () => {})}`, this.element);
    void place(this.element, () => this.#at ?? at, "top");
  }
}
