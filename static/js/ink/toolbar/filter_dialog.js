/** The dialog that filters the notes on the shown document: all, only mine, none, or without those of some people. */
import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { withPerson, writers } from "../model/mark_list.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */

/** @param {InkContext} context */
export function openFilterSheet(context) {
  return context.keepDrawn(openSheet({ size: "low", title: t("ink.filter"), body: () => filterView(context) }));
}

/** @param {InkContext} context */
function filterView(context) {
  const { seen } = context.ink;
  const people = writers(seen.here, seen.shows, context.room.me.user_id);
  if (!people.length) return html`<div class="empty"><h3>${t("ink.no_notes")}</h3><p>${t("ink.no_notes_why")}</p></div>`;
  const { onlyMine, none } = seen.shows;
  const others = people.filter((one) => !one.me);
  return html`<div class="filter">
    ${choice(t("ink.only_mine"), onlyMine && !none, none, (on) => { seen.shows = { ...seen.shows, onlyMine: on }; })}
    ${choice(t("ink.hide_all"), none, false, (on) => { seen.shows = { ...seen.shows, none: on }; })}
    <h3>${t("ink.people_here")}</h3>
    <ul class="rows writers">${people.map((one) => html`<li class="row ${one.hidden ? "off" : ""}">
      <i class="writer-dot" style="--color:${one.color}"></i>
      <span class="grow"><b>${one.me ? t("ink.me") : one.name}</b><small class="quiet num">${count("ink.notes", one.count)}${one.hidden ? ` · ${t("ink.hidden")}` : ""}</small></span>
      ${one.me ? nothing : html`<button type="button" class="btn quiet" ?disabled=${none || onlyMine} @click=${() => { seen.shows = withPerson(seen.shows, one.user_id, !one.hidden); }}>
        ${icon(one.hidden ? "eye" : "eye-off")}<span>${t(one.hidden ? "ink.show" : "ink.hide")} <span class="for-reader">${t("ink.notes_of", { name: one.name })}</span></span></button>`}</li>`)}</ul>
    ${others.length ? nothing : html`<p class="quiet">${t("ink.only_own_here")}</p>`}
  </div>`;
}

/** @param {string} words @param {boolean} on @param {boolean} disabled @param {(on: boolean) => void} choose */
const choice = (words, on, disabled, choose) => html`<label class="choice filter-all"><input type="checkbox" .checked=${on} ?disabled=${disabled}
  @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLInputElement} */ (event.target).checked)}><span>${words}</span></label>`;
