/** "24/27 đang theo · 2 xem riêng · 1 mất kết nối"; names only of who lost the connection. */
import { html, nothing } from "lit-html";
import { openSheet } from "../lib/dialog.js";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { quorumLine } from "./quorum_line.js";
import { peopleCounts } from "./view_model.js";

/** @typedef {import("../live/types.js").Room} Room */

/** @param {Room} room @returns {string} */
export function countsInWords(room) {
  const counts = peopleCounts(room);
  if (!counts) return t("room.counts_unknown");
  const { following, joined, apart, lost } = counts;
  const said = [t("room.counts_following", { following, joined })];
  if (apart) said.push(t("room.counts_apart", { n: apart }));
  if (lost) said.push(t("room.counts_lost", { n: lost }));
  return said.join(" · ");
}

/** @param {Room} room */
export function peopleSummary(room) {
  const counts = peopleCounts(room);
  return html`<p class="counts num">${countsInWords(room)}</p>
    ${counts?.names.length ? html`<ul class="lost-names">${counts.names.map((name) => html`<li>${icon("wifi-off", "small")}${name}</li>`)}</ul>` : nothing}`;
}

/** @param {Room} room */
export function openPeopleSheet(room) {
  const counts = peopleCounts(room);
  openSheet({
    title: t("room.people"),
    body: () => html`${quorumLine(room)}<dl class="facts people-facts">
      <dt>${t("room.people_joined")}</dt><dd>${counts?.joined ?? 0}</dd>
      <dt>${t("room.people_following")}</dt><dd>${counts?.following ?? 0}</dd>
      <dt>${t("room.people_apart")}</dt><dd>${counts?.apart ?? 0}</dd>
      <dt>${t("room.people_lost")}</dt><dd>${counts?.lost ?? 0}</dd></dl>
      ${counts?.names.length ? html`<h3>${t("room.people_lost_names")}</h3><ul class="lost-names">${counts.names.map((name) => html`<li>${icon("wifi-off", "small")}${name}</li>`)}</ul>` : nothing}`,
  });
}
