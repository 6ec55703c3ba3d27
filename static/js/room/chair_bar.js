/** The bar of the chair or secretary: the features' parts, one primary next step, and a dialog with all other actions. */
import { html, nothing } from "lit-html";
import { openSheet } from "../lib/ui/dialog.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { canBeRun } from "../live/view_model.js";

/** @typedef {import("./feature.js").RoomContext} RoomContext */

/** @param {RoomContext} context */
export function chairBar(context) {
  const step = context.chairStep();
  return html`<section class="strip ${step?.tone ?? ""}" ?inert=${context.behind} aria-label=${t("room.running")}>
    ${step?.bar?.() ?? context.parts("chairBar")}
    ${canBeRun(context.room) ? html`<button type="button" class="btn plain tall icon-only" aria-haspopup="dialog" aria-label=${t("room.more")} ?disabled=${context.waits} @click=${() => openRunSheet(context)}>${icon("ellipsis")}</button>` : nothing}
    ${step?.button?.() ?? nothing}
  </section>`;
}

/** @param {RoomContext} context Opens the dialog with the less frequent actions. */
function openRunSheet(context) {
  context.keepDrawn(openSheet({
    title: t("room.running"),
    body: ({ close }) => html`<div class="run-sheet">${context.parts("runSheet", close)}</div>`,
  }));
}
