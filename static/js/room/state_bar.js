/**
 * The one bar under the top bar, when there is something to say: the way back to the room's page,
 * the preview, a paper to open, a pause, the end. At most one at a time, the most pressing first.
 */
import { html } from "lit-html";
import { paperById } from "../live/documents.js";
import { distance } from "../live/follow.js";
import { placeOf } from "../live/presentation.js";
import { pastBar } from "../ink/old_version.js";
import { clock, moment } from "../lib/format.js";
import { t } from "../lib/words.js";
import { isToday } from "../agenda/pause_times.js";
import { canReopen, isOver, itemNow, paperToOpen, presentsNow, underWay } from "../live/view_model.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function stateBar(app) {
  const past = pastBar(app);
  if (past) return past;
  if (app.follow.mode === "previewing") return previewBar(app);
  if (underWay(app.room)) {
    const bar = presenterBar(app) ?? returnBar(app) ?? renewedBar(app);
    if (bar) return bar;
  }
  if (app.room.meeting.status === "paused") return pausedBar(app);
  if (isOver(app.room)) return overBar(app);
  return offerBar(app);
}

/** @param {RoomApp} app Nobody presents: whoever runs the meeting is told, and can take over. */
function presenterBar(app) {
  const words = app.online ? app.presenterWatch.words(app.room, performance.now()) : null;
  if (!words) return null;
  const later = () => {
    app.presenterWatch.dismiss(app.room);
    app.draw();
  };
  return html`<section aria-label=${t("room.state")} class="state-bar amber presenter-bar">
    <span class="bar-text">${words}</span>
    <span class="bar-buttons">
      <button type="button" class="btn quiet" @click=${later}>${t("room.not_now")}</button>
      <button type="button" class="btn room" ?disabled=${app.actions.busy} @click=${() => void app.actions.handPresentation(app.room.me.user_id, "")}>${t("room.take_presentation")}</button>
    </span></section>`;
}

/** @param {RoomApp} app "Đang xem trang 7 · Trình chiếu ở trang 12 — Về trang 12" */
export function returnBar(app) {
  const live = placeOf(app.room.live);
  const apart = app.follow.mode === "apart" ? distance(app.follow, live) : null;
  if (!apart) return null;
  if (apart.kind === "page") {
    return html`<section aria-label=${t("room.state")} class="state-bar amber">
      <span>${t("room.reading")} <b class="num unbroken">${t("room.page", { page: apart.mine })}</b><span class="bar-more"> · ${t("room.presented_at")}
        <b class="num unbroken">${t("room.page", { page: apart.theirs })}</b></span></span>
      <button type="button" class="btn ink" @click=${() => app.back()}>${t("room.back_to_page", { page: apart.theirs })}</button>
    </section>`;
  }
  if (apart.kind === "version") {
    return html`<section aria-label=${t("room.state")} class="state-bar amber">
      <span class="bar-text">${t("room.reading")} <b class="num unbroken">${t("vote.version", { version: apart.mine })}</b><span class="bar-more"> · ${t("room.presented_version")}
        <b class="num unbroken">${t("vote.version", { version: apart.theirs })}, ${t("room.page", { page: apart.page })}</b></span></span>
      <button type="button" class="btn ink" @click=${() => app.back()}>${t("room.back_to_page", { page: apart.page })}</button>
    </section>`;
  }
  if (apart.kind === "paper") {
    const title = paperById(app.room, apart.document_id)?.title ?? "";
    return html`<section aria-label=${t("room.state")} class="state-bar amber">
      <span class="bar-text"><span class="bar-more">${t("room.presented_paper")} </span><b>${title}</b>, <span class="num unbroken">${t("room.page", { page: apart.page })}</span></span>
      <button type="button" class="btn ink" @click=${() => app.back()}>${t("room.back_to_paper")}</button>
    </section>`;
  }
  return html`<section aria-label=${t("room.state")} class="state-bar amber"><span>${t(app.room.live.hidden ? "room.hidden_note" : "room.reading_apart")}</span>
    <button type="button" class="btn plain" @click=${() => app.back()}>${t("room.close_paper")}</button></section>`;
}

/** @param {RoomApp} app The document on the page was replaced: the room stays at the old version until its presenter goes on. */
function renewedBar(app) {
  const paper = app.reading.renewed;
  if (!paper) return null;
  const presents = presentsNow(app.room);
  const version = t("vote.version", { version: paper.current_version });
  return html`<section aria-label=${t("room.state")} class="state-bar amber renewed-bar">
    <span class="bar-text"><b>${t(presents ? "room.renewed_presenter" : "room.renewed", { version })}</b><span class="bar-more"> · ${paper.title}</span></span>
    <button type="button" class="btn ${presents ? "room" : "ink"}" ?disabled=${presents && !app.online} @click=${() => app.openRenewed()}>${t(presents ? "room.present_renewed" : "room.view")}</button>
  </section>`;
}

/** @param {RoomApp} app The presenter leafs alone; the room stays where it is. */
function previewBar(app) {
  const live = placeOf(app.room.live);
  const same = live && distance(app.follow, live);
  const theirs = live ? t("room.page", { page: live.page }) : "";
  const where = same && same.kind === "paper" ? `${paperById(app.room, live.document_id)?.title ?? ""}, ${theirs}` : theirs;
  return html`<section aria-label=${t("room.state")} class="state-bar amber">
    <span class="bar-text"><b>${t("room.previewing")}</b><span class="bar-more">${live ? html` · ${t("room.room_stays")} <b class="num">${where}</b>` : ""}</span></span>
    <span class="bar-buttons">
      ${live ? html`<button type="button" class="btn plain" @click=${() => app.back()}>${t("room.stop_preview")}</button>` : ""}
      <button type="button" class="btn room" ?disabled=${!app.follow.place || !app.online} @click=${() => app.presentThis()}>${t("room.present_this")}</button>
    </span>
  </section>`;
}

/** @param {RoomApp} app The papers to download are in the list. Ended by mistake: for ten minutes whoever runs the meeting can take it up again. */
function overBar(app) {
  const list = app.shown && !app.ui.drawer;
  const again = canReopen(app.room, app.hall.now());
  return html`<section aria-label=${t("room.state")} class="state-bar calm"><span>${t("room.over_bar")}</span>
    ${list || again ? html`<span class="bar-buttons">
      ${list ? html`<button type="button" class="btn plain" aria-controls="agenda" @click=${() => app.toggleDrawer()}>${t("room.over_documents")}</button>` : ""}
      ${again ? html`<button type="button" class="btn plain" ?disabled=${!app.online || app.actions.busy} @click=${() => void app.actions.resume()}>${t("room.reopen")}</button>` : ""}
    </span>` : ""}
  </section>`;
}

/** @param {RoomApp} app */
function pausedBar(app) {
  const until = app.room.meeting.resumes_at;
  const words = !until ? t("room.resumes_later")
    : isToday(until, app.hall.now()) ? t("room.resumes_at", { time: clock(until) }) : t("room.resumes_at", { time: moment(until) });
  return html`<section aria-label=${t("room.state")} class="state-bar calm"><b>${t("room.paused")}</b>
    <span>${words}</span></section>`;
}

/** @param {RoomApp} app The item's first paper, one tap away for who presents. */
function offerBar(app) {
  const paper = paperToOpen(app.room);
  if (!paper || app.ui.declined === app.room.meeting.current_item_id) return "";
  const number = itemNow(app.room)?.number ?? 0;
  return html`<section aria-label=${t("room.state")} class="state-bar calm">
    <span class="bar-text"><span class="bar-more">${t("room.item", { number })} · </span><b>${paper.title}</b></span>
    <span class="bar-buttons">
      <button type="button" class="btn quiet" @click=${() => app.decline()}>${t("room.not_now")}</button>
      <button type="button" class="btn room" ?disabled=${!app.online} @click=${() => app.openPaper(paper.id)}>${t("room.present_paper")}</button>
    </span></section>`;
}
