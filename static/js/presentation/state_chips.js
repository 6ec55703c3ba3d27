/** Chips on the top bar: how this person follows or presents, and how the room follows. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { peopleCounts, stateOf } from "../live/view_model.js";
import { presentsNow, runsMeeting, underWay } from "../live/meeting_state.js";
import { openPeopleSheet } from "./people_counts.js";

/** @typedef {import("./feature.js").PresentationContext} PresentationContext */

/** @param {PresentationContext} context */
export const presentationState = (context) => (presentsNow(context.room) ? presenterState(context) : stateChip(context));

/** @param {PresentationContext} context */
export const followingState = (context) => (runsMeeting(context.room) && underWay(context.room) ? followingChip(context) : nothing);

/** @param {PresentationContext} context */
const stateNow = ({ room, online, reading }) => stateOf({ room, online, follow: reading.follow });

/** @param {PresentationContext} context */
function stateChip(context) {
  const state = stateNow(context);
  if (!state) return nothing;
  return html`<span class="chip state ${state.tone}">
    ${state.key === "room.offline" ? icon("wifi-off", "small") : html`<i class="dot"></i>`}
    <span class="wide">${t(state.key)}</span><span class="narrow">${t(`${state.key}.short`)}</span></span>`;
}

/** @param {PresentationContext} context The presenter's chip: the number of followers, and the preview button. */
function presenterState(context) {
  const state = stateNow(context);
  if (!state || state.key !== "room.presenting") return stateChip(context);
  const counts = peopleCounts(context.room);
  const n = counts && counts.following;
  return html`<span class="chip state presenting"><i class="dot"></i>
      <span class="wide">${n === null ? t("room.presenting") : t("room.presenting_for", { n })}</span><span class="narrow num">${n ?? ""}</span></span>
    <button type="button" class="btn plain preview-button" title=${t("room.preview_hint")} @click=${() => context.reading.preview()}>
      ${icon("eye")}<span class="wide">${t("room.preview")}</span><span class="for-reader narrow">${t("room.preview")}</span></button>`;
}

/** @param {PresentationContext} context The numbers of followers; a press shows the full sentence and the people without a connection. */
function followingChip(context) {
  const counts = peopleCounts(context.room);
  if (!counts) return nothing;
  const tone = counts.lost ? "amber" : "jade";
  return html`<button type="button" class="btn quiet people-button ${tone}" @click=${() => openPeopleSheet(context)}>
    ${icon("users")}<span class="num">${counts.presented ? `${counts.following}/${counts.audience}` : counts.online}</span>
    <span class="for-reader widest">${t(counts.presented ? "room.following_short" : "room.here_short")}</span></button>`;
}
