/** The bar on top: the item now, the state in words, time left of the item, the clock. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { itemInHeader, peopleCounts, presentsNow, runsMeeting, secondsLeft, stateOf, underWay } from "../live/view_model.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function topBar(app) {
  const current = itemInHeader(app.room);
  return html`<header class="top" ?inert=${app.behind}>
    <button type="button" class="btn icon-only" aria-label=${t(app.ui.drawer ? "room.close_agenda" : "room.open_agenda")}
      aria-expanded=${app.ui.drawer} aria-controls="agenda" @click=${() => app.toggleDrawer()}>${icon("menu")}</button>
    <h1 class="top-item"><span>${current ? `${current.number}. ${current.item.title}` : app.room.meeting.title}</span></h1>
    ${presentsNow(app.room) ? presenterState(app) : stateChip(app)}
    ${runsMeeting(app.room) && underWay(app.room) ? followingChip(app) : nothing}
    <p class="top-times">${times(app)}</p>
  </header>`;
}

/** @param {RoomApp} app */
function stateChip(app) {
  const state = stateOf(app);
  if (!state) return nothing;
  return html`<span class="chip state ${state.tone}">
    ${state.key === "room.offline" ? icon("wifi-off", "small") : html`<i class="dot"></i>`}
    <span class="wide">${t(state.key)}</span><span class="narrow">${t(`${state.key}.short`)}</span></span>`;
}

/** @param {RoomApp} app What the presenter sees of presenting: for how many, and the way to leaf alone. */
function presenterState(app) {
  const state = stateOf(app);
  if (!state || state.key !== "room.presenting") return stateChip(app);
  const counts = peopleCounts(app.room);
  const n = counts && counts.following;
  return html`<span class="chip state presenting"><i class="dot"></i>
      <span class="wide">${n === null ? t("room.presenting") : t("room.presenting_for", { n })}</span><span class="narrow num">${n ?? ""}</span></span>
    <button type="button" class="btn plain preview-button" title=${t("room.preview_hint")} @click=${() => app.preview()}>
      ${icon("eye")}<span class="wide">${t("room.preview")}</span><span class="for-reader narrow">${t("room.preview")}</span></button>`;
}

/** @param {RoomApp} app How the hall follows, in numbers; pressed, the whole sentence and who was lost. */
function followingChip(app) {
  const counts = peopleCounts(app.room);
  if (!counts) return nothing;
  const tone = counts.lost ? "amber" : "jade";
  return html`<button type="button" class="btn quiet people-button ${tone}" @click=${() => app.showPeople()}>
    ${icon("users")}<span class="num">${counts.presented ? `${counts.following}/${counts.audience}` : counts.online}</span>
    <span class="for-reader widest">${t(counts.presented ? "room.following_short" : "room.here_short")}</span></button>`;
}

/** @param {RoomApp} app What is left of the item, and the hall's clock. */
export function times(app) {
  return html`${timeLeft(app)}<time class="top-clock num">${app.hall.wall()}</time>`;
}

/** @param {RoomApp} app */
function timeLeft(app) {
  const left = secondsLeft(app.room, app.hall.now());
  if (left === null) return nothing;
  const minutes = Math.max(1, Math.round(Math.abs(left) / 60));
  const words = left < 0 ? t("room.time_over", { minutes }) : t("room.time_left", { minutes });
  return html`<span class="top-left num ${left < 0 ? "late" : ""}">${words}</span>`;
}
