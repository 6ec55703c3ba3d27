/** The bar under the top bar while there is no presenter. */
import { html } from "lit-html";
import { t } from "../lib/words.js";
import { underWay } from "../live/meeting_state.js";

/** @typedef {import("./feature.js").PresentationContext} PresentationContext */

/** @param {PresentationContext} context Shown to chair and secretary, who can take over. */
export function presenterBar(context) {
  if (!underWay(context.room)) return null;
  const words = context.online ? context.watch.words(context.room, performance.now()) : null;
  if (!words) return null;
  const later = () => {
    context.watch.dismiss(context.room);
    context.redraw();
  };
  return html`<section aria-label=${t("room.state")} class="state-bar amber presenter-bar">
    <span class="bar-text">${words}</span>
    <span class="bar-buttons">
      <button type="button" class="btn quiet" @click=${later}>${t("room.not_now")}</button>
      <button type="button" class="btn room" ?disabled=${context.requests.busy} @click=${() => void context.presenting.transfer(context.room.me.user_id, "")}>${t("room.take_presentation")}</button>
    </span></section>`;
}
