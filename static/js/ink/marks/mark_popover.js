/** The popover of a tapped mark: its author and the actions on it. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { marksButtons, marksHead, selectionIn } from "./mark_actions.js";
import { openPopover } from "../../lib/ui/popover.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */

/**
 * @param {InkContext} context @param {Annotation} mark @param {() => import("../../lib/ui/floating.js").Rect} at
 * @param {(() => void)|null} edit opens the text editor; null: the mark has no text, or belongs to another person
 */
export function openMark(context, mark, at, edit) {
  const popover = openPopover({
    at,
    placement: () => "top",
    label: t("ink.mark"),
    name: "mark-window",
    closed: () => context.afterDraw.delete(draw),
    body: ({ close }) => {
      const now = context.ink.find(mark.id);
      const selection = now && selectionIn(context, [now]);
      if (!now || !selection) {
        queueMicrotask(close);
        return nothing;
      }
      return html`<header class="note-head">${marksHead(context, selection)}
          <button type="button" class="btn icon-only" aria-label=${t("ui.close")} data-first @click=${close}>${icon("x")}</button></header>
        ${edit && selection.changes ? html`<button type="button" class="btn plain wide" @click=${() => { close(); edit(); }}>${icon("pencil")}${t("ink.edit_text")}</button>` : nothing}
        ${marksButtons(context, [now], close)}`;
    },
  });
  const draw = () => popover.redraw();
  context.afterDraw.add(draw);
}
