/** Notes on earlier versions of a document: the list of their pages, and the bar while an earlier version is shown. */
import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { earlier } from "../model/mark_list.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../model/mark_list.js").Earlier} Earlier */

/** @param {InkContext} context Lists the pages with notes of each earlier version; a row opens its page. */
export function openEarlier(context) {
  const paper = context.reading.shown?.paper;
  if (!paper) return;
  const versions = earlier(context.ink.seen.all, context.ink.past.current);
  openSheet({
    size: "low",
    title: t("ink.earlier_title"),
    body: ({ close }) => html`<p>${t("ink.earlier_why")}</p>
      ${versions.map((one) => html`<h3>${t("ink.version", { n: one.version })} · ${count("ink.notes", one.count)}</h3>
        <ul class="rows earlier-pages">${one.pages.map(({ page, count: n }) => html`<li><button type="button" class="row" @click=${() => { close(); void context.ink.past.open(one.version, page); }}>
          <span class="grow"><b class="num">${t("room.page", { page })}</b></span><span class="quiet num">${count("ink.notes", n)}</span>${icon("chevron-right", "small")}</button></li>`)}</ul>`)}`,
  });
}

/** @param {InkContext} context "Đang xem bản trước (bản 1) · Về bản hiện hành"; null: the current version is shown */
export function pastBar(context) {
  const shown = context.reading.shown;
  if (!shown || !context.ink.past.version) return null;
  const pages = earlier(context.ink.seen.all, context.ink.past.current).find((one) => one.version === shown.place.version)?.pages ?? [];
  const next = pages.find((one) => one.page > shown.place.page) ?? pages[0];
  return html`<section aria-label=${t("room.state")} class="state-bar amber past-bar">
    <span class="bar-text">${icon("history", "small")}<b>${t("ink.reading_past", { n: shown.place.version })}</b></span>
    <span class="bar-buttons">
      ${pages.length > 1 && next && next.page !== shown.place.page ? html`<button type="button" class="btn plain" @click=${() => context.reading.goTo(next.page)}>${t("ink.next_notes", { page: next.page })}</button>` : nothing}
      <button type="button" class="btn ink" @click=${() => context.ink.past.leave()}>${t("ink.to_current")}</button></span>
  </section>`;
}
