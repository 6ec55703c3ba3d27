/** The paging row below the page: fit, previous, "7 / 42", the slider, next. It never covers the page. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { pill } from "../viewer/page_field.js";
import { scrubber } from "../viewer/scrubber.js";

/** @typedef {import("./feature.js").ReadingContext} ReadingContext */

/** @param {ReadingContext} context */
export function pagingBar(context) {
  const shown = context.reading.shown;
  if (!shown) return nothing;
  const page = shown.place.page;
  const count = context.reading.viewer.count;
  return html`<nav class="foot" ?inert=${context.behind} aria-label=${t("room.paging")}>
    ${fitButton(context.reading.viewer.viewport)}
    <span class="foot-turn">
      <button type="button" class="btn icon-only" aria-label=${t("room.previous_page")} ?disabled=${page <= 1} @click=${() => context.reading.turnPage(-1)}>${icon("chevron-left")}</button>
      ${pill({ page: context.reading.hover ?? page, count, typing: context.reading.typing, type: (typing) => context.reading.typePage(typing), go: (to) => context.reading.goTo(to) })}
      ${scrubber({ page, count, hover: context.reading.hover, source: context.reading.source, refOf: (at) => context.reading.viewer.ref(at), move: (at) => context.reading.hoverOver(at), go: (to) => context.reading.goTo(to) })}
      <button type="button" class="btn icon-only" aria-label=${t("room.next_page")} ?disabled=${page >= count} @click=${() => context.reading.turnPage(1)}>${icon("chevron-right")}</button>
    </span>
    <span class="foot-end"><span class="foot-zoom">
      <button type="button" class="btn icon-only" aria-label=${t("room.smaller")} @click=${() => context.reading.viewer.viewport.zoomStep(-1)}>${icon("zoom-out")}</button>
      <button type="button" class="btn icon-only" aria-label=${t("room.larger")} @click=${() => context.reading.viewer.viewport.zoomStep(1)}>${icon("zoom-in")}</button>
    </span>
    ${context.parts("pagingBar")}</span>
  </nav>`;
}

/** @param {import("../viewer/viewport.js").Viewport} viewport Toggles between the fits; where both are equal, toggles the double size. */
function fitButton(viewport) {
  if (viewport.fitsCoincide) {
    const [words, iconName] = viewport.zoomed ? [t("room.fit_page"), "scan"] : [t("room.enlarge"), "maximize-2"];
    return sizeButton(words, iconName, () => viewport.toggleFit());
  }
  const other = viewport.fit === "width" ? "page" : "width";
  return sizeButton(t(`room.fit_${other}`), other === "page" ? "scan" : "move-horizontal", () => viewport.setFit(other));
}

/** @param {string} words @param {string} iconName @param {() => void} run */
function sizeButton(words, iconName, run) {
  return html`<button type="button" class="btn plain fit-button" @click=${run}>
    ${icon(iconName)}<span class="wide">${words}</span><span class="for-reader narrow">${words}</span></button>`;
}
