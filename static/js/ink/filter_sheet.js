/** Whose notes are shown on the paper on the desk: only mine, some people's, none. */
import { html, nothing } from "lit-html";
import { openSheet } from "../lib/dialog.js";
import { icon } from "../lib/icon.js";
import { count, t } from "../lib/words.js";
import { live } from "../voting/live_dialog.js";
import { withPerson, writers } from "./mark_list.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function openFilterSheet(app) {
  return live(app, openSheet({ size: "low", title: t("ink.filter"), body: () => filterView(app) }));
}

/** @param {RoomApp} app */
function filterView(app) {
  const { ink } = app;
  const people = writers(ink.here, ink.shows, app.room.me.user_id);
  if (!people.length) return html`<div class="empty"><h3>${t("ink.no_notes")}</h3><p>${t("ink.no_notes_why")}</p></div>`;
  const { onlyMine, none } = ink.shows;
  const others = people.filter((one) => !one.me);
  return html`<div class="filter">
    <label class="choice filter-all"><input type="checkbox" ?checked=${onlyMine && !none} .checked=${onlyMine && !none} ?disabled=${none}
      @change=${(/** @type {Event} */ event) => ink.show({ ...ink.shows, onlyMine: /** @type {HTMLInputElement} */ (event.target).checked })}>
      <span>${t("ink.only_mine")}</span></label>
    <label class="choice filter-all"><input type="checkbox" .checked=${none}
      @change=${(/** @type {Event} */ event) => ink.show({ ...ink.shows, none: /** @type {HTMLInputElement} */ (event.target).checked })}>
      <span>${t("ink.hide_all")}</span></label>
    <h3>${t("ink.people_here")}</h3>
    <ul class="rows writers">${people.map((one) => html`<li class="row ${one.hidden ? "off" : ""}">
      <i class="writer-dot" style="--color:${one.color}"></i>
      <span class="grow"><b>${one.me ? t("ink.me") : one.name}</b><small class="quiet num">${count("ink.notes", one.count)}${one.hidden ? ` · ${t("ink.hidden")}` : ""}</small></span>
      ${one.me ? nothing : html`<button type="button" class="btn quiet" ?disabled=${none || onlyMine} @click=${() => ink.show(withPerson(ink.shows, one.user_id, !one.hidden))}>
        ${icon(one.hidden ? "eye" : "eye-off")}<span>${t(one.hidden ? "ink.show" : "ink.hide")} <span class="for-reader">${t("ink.notes_of", { name: one.name })}</span></span></button>`}</li>`)}</ul>
    ${others.length ? nothing : html`<p class="quiet">${t("ink.only_own_here")}</p>`}
  </div>`;
}
