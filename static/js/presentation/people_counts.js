/** "24/27 đang theo · 2 xem riêng · 1 mất kết nối"; names only of people whose connection was lost. */
import { keepNamesUnbroken } from "../lib/ui/nonbreaking.js";
import { html, nothing } from "lit-html";
import { openSheet } from "../lib/ui/dialog.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { live } from "../lib/ui/live_dialog.js";
import { peopleCounts, presenterOf } from "../live/view_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("./feature.js").PresentationContext} PresentationContext */

/** @param {Room} room @returns {string} */
export function countsInWords(room) {
  const counts = peopleCounts(room);
  if (!counts) return t("room.counts_unknown");
  const { presented, online, audience, following, apart, lost } = counts;
  // Without a presentation there is nothing to follow or to read apart from.
  const said = [presented ? t("room.counts_following", { following, joined: audience }) : t("room.counts_here", { n: online })];
  if (presented && apart) said.push(t("room.counts_apart", { n: apart }));
  if (lost) said.push(t("room.counts_lost", { n: lost }));
  return said.join(" · ");
}

/** @param {Room} room The presenter, in a sentence. */
export function holderInWords(room) {
  const holder = presenterOf(room);
  if (!holder) return t("room.nobody_presents");
  if (holder.me) return t("room.you_present");
  return t(holder.here ? "room.presents" : "room.presents_away", { name: keepNamesUnbroken(holder.name) });
}

/** @param {string[]} names */
const lostNames = (names) => html`<ul class="lost-names">${names.map((name) => html`<li>${icon("wifi-off", "small")}${name}</li>`)}</ul>`;

/** @param {Room} room */
export function peopleSummary(room) {
  const names = peopleCounts(room)?.names ?? [];
  return html`<p class="counts num">${countsInWords(room)}</p>${names.length ? lostNames(names) : nothing}`;
}

/** @param {PresentationContext} context The dialog updates as people join and leave. */
export function openPeopleSheet(context) {
  context.keepDrawn(openSheet({ title: t("room.people"), body: () => html`${context.parts("peopleSheet")}${peopleInRoom(context.room)}` }));
}

/** @param {Room} room */
function peopleInRoom(room) {
  const counts = peopleCounts(room);
  const rows = counts && [
    ["joined", counts.joined],
    ...(counts.presented ? [["following", counts.following], ["apart", counts.apart]] : [["here", counts.online]]),
    ["lost", counts.lost],
  ];
  return html`<p class="people-holder">${holderInWords(room)}</p>
    <dl class="facts people-facts">${rows?.map(([key, n]) => html`<dt>${t(`room.people_${key}`)}</dt><dd>${n}</dd>`)}</dl>
    ${counts?.names.length ? html`<h3>${t("room.people_lost_names")}</h3>${lostNames(counts.names)}` : nothing}`;
}
