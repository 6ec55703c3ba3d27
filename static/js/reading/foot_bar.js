/** The row at the foot: fit, previous, "7 / 42", the slider, next. Never over the page. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { writeButton } from "../ink/tray_view.js";
import { pill } from "../viewer/pill.js";
import { scrubber } from "../viewer/scrubber.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function footBar(app) {
  const shown = app.shown;
  if (!shown) return nothing;
  const page = shown.place.page;
  const count = app.viewer.count;
  return html`<nav class="foot" ?inert=${app.behind} aria-label=${t("room.paging")}>
    ${fitButton(app.viewer.viewport)}
    <span class="foot-turn">
      <button type="button" class="btn icon-only" aria-label=${t("room.previous_page")} ?disabled=${page <= 1} @click=${() => app.turn(-1)}>${icon("chevron-left")}</button>
      ${pill({ page: app.ui.hover ?? page, count, typing: app.ui.typing, type: (typing) => app.typePage(typing), go: (to) => app.goTo(to) })}
      ${scrubber({ page, count, hover: app.ui.hover, source: app.source, refOf: (at) => app.viewer.ref(at), move: (at) => app.hover(at), go: (to) => app.goTo(to) })}
      <button type="button" class="btn icon-only" aria-label=${t("room.next_page")} ?disabled=${page >= count} @click=${() => app.turn(1)}>${icon("chevron-right")}</button>
    </span>
    <span class="foot-end"><span class="foot-zoom">
      <button type="button" class="btn icon-only" aria-label=${t("room.smaller")} @click=${() => app.viewer.viewport.zoomStep(-1)}>${icon("zoom-out")}</button>
      <button type="button" class="btn icon-only" aria-label=${t("room.larger")} @click=${() => app.viewer.viewport.zoomStep(1)}>${icon("zoom-in")}</button>
    </span>
    ${writeButton(app)}</span>
  </nav>`;
}

/** @param {import("../viewer/viewport.js").Viewport} viewport To the other fit; where that would change nothing, to twice the size and back. */
function fitButton(viewport) {
  if (viewport.fitsCoincide) {
    const [words, sign] = viewport.zoomed ? [t("room.fit_page"), "scan"] : [t("room.enlarge"), "maximize-2"];
    return sizeButton(words, sign, () => viewport.toggleFit());
  }
  const other = viewport.fit === "width" ? "page" : "width";
  return sizeButton(t(`room.fit_${other}`), other === "page" ? "scan" : "move-horizontal", () => viewport.setFit(other));
}

/** @param {string} words @param {string} sign @param {() => void} run */
function sizeButton(words, sign, run) {
  return html`<button type="button" class="btn plain fit-button" @click=${run}>
    ${icon(sign)}<span class="wide">${words}</span><span class="for-reader narrow">${words}</span></button>`;
}
