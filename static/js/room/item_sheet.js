/** What lies on the desk while no paper does: the item being dealt with, or the meeting as a whole. */
import { html, nothing } from "lit-html";
import { placeOf } from "../live/presentation.js";
import { clock, dayAndDate } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { keptTogether } from "../lib/kept_together.js";
import { t } from "../lib/words.js";
import { pollsOver, resultLinks } from "../voting/result_links.js";
import { fileOf, paperFacts } from "./drawer.js";
import { isOver, presentsNow, underWay } from "../live/meeting_state.js";
import { itemNow, readable } from "./view_model.js";
import "../viewer/page_thumb.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */

/** @param {RoomApp} app */
export function itemSheet(app) {
  const current = itemNow(app.room);
  const item = current && underWay(app.room) ? aboutItem(app, current) : aboutMeeting(app);
  return html`<div class="desk-scroll" tabindex="0" role="region" aria-label=${t("room.item_sheet")}><article class="item-sheet">${item}</article></div>`;
}

/** @param {RoomApp} app @param {import("./view_model.js").Numbered} current */
function aboutItem(app, { item, number }) {
  const hidden = app.room.live.hidden;
  return html`<p class="sheet-number">${t("room.item", { number })}</p>
    <h2>${keptTogether(item.title)}</h2>
    ${item.rapporteur || item.minutes ? html`<p class="item-facts">${[
      item.rapporteur ? t("room.rapporteur", { name: keptTogether(item.rapporteur) }) : "",
      item.minutes ? t("room.minutes", { minutes: item.minutes }) : "",
    ].filter(Boolean).join(" · ")}</p>` : nothing}
    ${item.documents.length ? html`<ul class="item-papers ${presentsNow(app.room) ? "to-present" : ""}">${item.documents.map((paper) => paperRow(app, paper))}</ul>` : nothing}
    ${votes(pollsOver(app.room, item.id))}
    <p class="item-note">${note(app, hidden === true, item.documents.length > 0)}</p>`;
}

/** @param {RoomApp} app @param {boolean} hidden @param {boolean} papers */
function note(app, hidden, papers) {
  if (hidden) return t("room.hidden_note");
  if (!papers) return t("room.item_without_papers");
  if (presentsNow(app.room)) return t("room.choose_to_present");
  return placeOf(app.room.live) ? "" : t("room.nothing_presented");
}

/** @param {RoomApp} app */
function aboutMeeting(app) {
  const { meeting } = app.room;
  return html`<p class="sheet-number">${t(headline(app))}</p>
    <h2>${keptTogether(meeting.title)}</h2>
    <p class="item-facts">${[clock(meeting.starts_at), dayAndDate(meeting.starts_at)].join(", ")}${meeting.place ? html`<br>${meeting.place}` : nothing}</p>
    ${meeting.documents.length ? html`<ul class="item-papers">${meeting.documents.map((paper) => paperRow(app, paper))}</ul>` : nothing}
    <ol class="meeting-agenda">${meeting.agenda.map((item, at) => html`<li>
      <div class="meeting-item"><b class="num">${at + 1}</b><span>${item.title}${item.rapporteur ? html`<small>${item.rapporteur}</small>` : nothing}</span></div>
      ${item.documents.length ? html`<ul class="item-papers">${item.documents.map((paper) => paperRow(app, paper))}</ul>` : nothing}
      ${votes(pollsOver(app.room, item.id))}</li>`)}
    </ol>
    ${votes(pollsOver(app.room, null))}
    ${meeting.agenda.length ? nothing : html`<p class="item-note">${t("room.no_agenda")}</p>`}`;
}

/** @param {RoomApp} app @returns {string} */
function headline(app) {
  if (isOver(app.room)) return "room.over_head";
  return underWay(app.room) ? "room.in_session_head" : "room.not_begun";
}

/** @param {import("../lib/schemas.js").PollView[]} polls that are over */
const votes = (polls) => (polls.length ? html`<ul class="item-results">${resultLinks(polls)}</ul>` : nothing);

/** @param {RoomApp} app @param {Paper} paper */
function paperRow(app, paper) {
  const ready = readable(paper);
  const verb = presentsNow(app.room) && app.follow.mode !== "previewing" ? "room.present_paper" : "room.read";
  return html`<li><button type="button" class="item-paper" ?disabled=${!ready} @click=${() => app.openPaper(paper.id)}>
      <page-thumb .page=${ready ? app.refOf(paper, 1) : null} .source=${app.source} aria-hidden="true"></page-thumb>
      <span class="grow"><span class="shelf-title">${paper.title}</span><small class="num">${paperFacts(paper)}</small></span>
      ${ready ? html`<span class="item-verb">${t(verb)}${icon("chevron-right", "small")}</span>` : nothing}
    </button>
    ${isOver(app.room) && ready ? html`<a class="btn plain" download href=${fileOf(paper)} aria-label=${t("room.download", { title: paper.title })}>${icon("download")}<span class="wide">${t("room.download_short")}</span></a>` : nothing}</li>`;
}
