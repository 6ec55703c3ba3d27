/**
 * The bars of the reading position under the top bar: return to the room's page, the preview, a newer version,
 * a document to open. Null: no bar.
 */
import { html } from "lit-html";
import { paperById } from "../live/documents.js";
import { distance } from "../live/follow.js";
import { placeOf } from "../live/presentation.js";
import { itemNow, paperToOpen } from "../live/view_model.js";
import { presentsNow, underWay } from "../live/meeting_state.js";
import { t } from "../lib/words.js";

/** @typedef {import("./feature.js").ReadingContext} ReadingContext */

/** @param {ReadingContext} context During a preview; the room stays on its page. */
export function previewBar(context) {
  if (context.reading.follow.mode !== "previewing") return null;
  const live = placeOf(context.room.live);
  const same = live && distance(context.reading.follow, live);
  const theirs = live ? t("room.page", { page: live.page }) : "";
  const where = same && same.kind === "paper" ? `${paperById(context.room, live.document_id)?.title ?? ""}, ${theirs}` : theirs;
  return html`<section aria-label=${t("room.state")} class="state-bar amber">
    <span class="bar-text"><b>${t("room.previewing")}</b><span class="bar-more">${live ? html` · ${t("room.room_stays")} <b class="num">${where}</b>` : ""}</span></span>
    <span class="bar-buttons">
      ${live ? html`<button type="button" class="btn plain" @click=${() => context.reading.back()}>${t("room.stop_preview")}</button>` : ""}
      <button type="button" class="btn room" ?disabled=${!context.reading.follow.place || !context.online} @click=${() => context.reading.model.presentThis()}>${t("room.present_this")}</button>
    </span>
  </section>`;
}

/** @param {ReadingContext} context "Đang xem trang 7 · Trình chiếu ở trang 12 — Về trang 12" */
export function returnBar(context) {
  if (!underWay(context.room)) return null;
  const live = placeOf(context.room.live);
  const apart = context.reading.follow.mode === "apart" ? distance(context.reading.follow, live) : null;
  if (!apart) return null;
  if (apart.kind === "page") {
    return html`<section aria-label=${t("room.state")} class="state-bar amber">
      <span>${t("room.reading")} <b class="num unbroken">${t("room.page", { page: apart.mine })}</b><span class="bar-more"> · ${t("room.presented_at")}
        <b class="num unbroken">${t("room.page", { page: apart.theirs })}</b></span></span>
      <button type="button" class="btn ink" @click=${() => context.reading.back()}>${t("room.back_to_page", { page: apart.theirs })}</button>
    </section>`;
  }
  if (apart.kind === "version") {
    return html`<section aria-label=${t("room.state")} class="state-bar amber">
      <span class="bar-text">${t("room.reading")} <b class="num unbroken">${t("vote.version", { version: apart.mine })}</b><span class="bar-more"> · ${t("room.presented_version")}
        <b class="num unbroken">${t("vote.version", { version: apart.theirs })}, ${t("room.page", { page: apart.page })}</b></span></span>
      <button type="button" class="btn ink" @click=${() => context.reading.back()}>${t("room.back_to_page", { page: apart.page })}</button>
    </section>`;
  }
  if (apart.kind === "paper") {
    const title = paperById(context.room, apart.document_id)?.title ?? "";
    return html`<section aria-label=${t("room.state")} class="state-bar amber">
      <span class="bar-text"><span class="bar-more">${t("room.presented_paper")} </span><b>${title}</b>, <span class="num unbroken">${t("room.page", { page: apart.page })}</span></span>
      <button type="button" class="btn ink" @click=${() => context.reading.back()}>${t("room.back_to_paper")}</button>
    </section>`;
  }
  return html`<section aria-label=${t("room.state")} class="state-bar amber"><span>${t(context.room.live.hidden ? "room.hidden_note" : "room.reading_apart")}</span>
    <button type="button" class="btn plain" @click=${() => context.reading.back()}>${t("room.close_paper")}</button></section>`;
}

/** @param {ReadingContext} context The document was replaced: the room stays on the old version until the presenter opens the new one. */
export function renewedBar(context) {
  if (!underWay(context.room)) return null;
  const paper = context.reading.model.renewed;
  if (!paper) return null;
  const presents = presentsNow(context.room);
  const version = t("vote.version", { version: paper.current_version });
  return html`<section aria-label=${t("room.state")} class="state-bar amber renewed-bar">
    <span class="bar-text"><b>${t(presents ? "room.renewed_presenter" : "room.renewed", { version })}</b><span class="bar-more"> · ${paper.title}</span></span>
    <button type="button" class="btn ${presents ? "room" : "ink"}" ?disabled=${presents && !context.online} @click=${() => context.reading.model.openRenewed()}>${t(presents ? "room.present_renewed" : "room.view")}</button>
  </section>`;
}

/** @param {ReadingContext} context Offers the presenter the item's first document. */
export function offerBar(context) {
  const paper = paperToOpen(context.room);
  if (!paper || context.reading.declined === context.room.meeting.current_item_id) return null;
  const number = itemNow(context.room)?.number ?? 0;
  return html`<section aria-label=${t("room.state")} class="state-bar calm">
    <span class="bar-text"><span class="bar-more">${t("room.item", { number })} · </span><b>${paper.title}</b></span>
    <span class="bar-buttons">
      <button type="button" class="btn quiet" @click=${() => context.reading.decline()}>${t("room.not_now")}</button>
      <button type="button" class="btn room" ?disabled=${!context.online} @click=${() => context.reading.open(paper.id)}>${t("room.present_paper")}</button>
    </span></section>`;
}
