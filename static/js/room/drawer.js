/** The drawer: the agenda with its papers, the pages of the paper being read, and the small menu. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { placeOf } from "../live/presentation.js";
import { paperItems } from "../ink/paper_menu.js";
import { boot, href } from "../lib/boot.js";
import { moment } from "../lib/format.js";
import { icon } from "../lib/icon.js";
import { openMenu } from "../lib/menu.js";
import { t } from "../lib/words.js";
import { pollsOver, resultLinks } from "../voting/result_links.js";
import { openRoomMenu } from "./room_menu.js";
import { isOver, underWay } from "../live/meeting_state.js";
import { readable } from "./view_model.js";
import "../viewer/page_thumb.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../lib/schemas.js").AgendaItemView} Item */

/** @param {RoomApp} app */
export function drawer(app) {
  const { meeting } = app.room;
  const of = pollsOver(app.room, null);
  return html`
    ${app.ui.drawer ? html`<button type="button" class="scrim" tabindex="-1" aria-hidden="true" @click=${() => app.toggleDrawer()}></button>` : nothing}
    <nav class="drawer" id="agenda" aria-label=${t("room.agenda")} ?hidden=${!app.ui.drawer} tabindex="-1">
      <header class="drawer-head"><div><h2>${meeting.title}</h2>
        <p class="quiet">${[moment(meeting.starts_at), meeting.place].filter(Boolean).join(" · ")}</p></div>
        <button type="button" class="btn icon-only drawer-close" aria-label=${t("room.close_agenda")} @click=${() => app.toggleDrawer()}>${icon("x")}</button>
      </header>
      <div class="drawer-body">
        ${meeting.documents.length || of.length ? html`<ul class="shelf">${papers(app, meeting.documents)}${resultLinks(of)}</ul>` : nothing}
        ${meeting.agenda.length ? html`<ol class="agenda">${repeat(meeting.agenda, (item) => item.id, (item, at) => agendaItem(app, item, at))}</ol>`
          : html`<p class="quiet drawer-empty">${t("room.no_agenda")}</p>`}
      </div>
      <footer class="drawer-foot">
        <a class="btn quiet leave-room" href=${href("/")}>${icon("arrow-left")}<span>${t("room.leave")}</span></a>
        <button type="button" class="btn quiet menu-button" aria-haspopup="menu" aria-expanded="false"
          @click=${(/** @type {Event} */ event) => openRoomMenu(/** @type {HTMLElement} */ (event.currentTarget), app)}>
          ${icon("circle-user")}<span class="menu-name">${boot.user?.display_name ?? ""}</span>${icon("ellipsis", "small")}</button>
      </footer>
    </nav>`;
}

/** @param {RoomApp} app @param {Item} item @param {number} at */
function agendaItem(app, item, at) {
  const current = app.room.meeting.agenda.findIndex((one) => one.id === app.room.meeting.current_item_id);
  const now = at === current && !isOver(app.room);
  const done = current > at || isOver(app.room);
  const open = app.isOpen(item.id);
  const votes = pollsOver(app.room, item.id);
  const count = item.documents.length + votes.length;
  return html`<li class="agenda-item ${now ? "now" : ""}">
    <button type="button" class="agenda-line" aria-expanded=${count ? open : nothing} aria-current=${now ? "step" : nothing}
      ?disabled=${!count} @click=${() => app.toggleItem(item.id)}>
      <b class="num">${at + 1}${done ? html`<span class="done">${icon("check", "small")}<span class="for-reader">${t("room.item_done")}</span></span>` : nothing}</b>
      <span>${item.title}${item.rapporteur ? html`<small>${item.rapporteur}</small>` : nothing}</span>
      ${count ? html`<span class="agenda-count">${icon(open ? "chevron-up" : "chevron-down", "small")}</span>` : nothing}
    </button>
    ${count && open ? html`<ul class="shelf">${papers(app, item.documents)}${resultLinks(votes)}</ul>` : nothing}
  </li>`;
}

/** @param {RoomApp} app @param {Paper[]} list */
function papers(app, list) {
  return repeat(list, (paper) => paper.id, (paper) => paperLine(app, paper));
}

/** @param {RoomApp} app @param {Paper} paper */
function paperLine(app, paper) {
  const here = app.follow.place?.document_id === paper.id;
  const presented = underWay(app.room) && placeOf(app.room.live)?.document_id === paper.id;
  const ready = readable(paper);
  return html`<li class="shelf-paper ${here ? "here" : ""}">
    <button type="button" class="paper-line" aria-current=${here ? "page" : nothing} ?disabled=${!ready} @click=${() => app.openPaper(paper.id)}>
      <page-thumb .page=${ready ? app.refOf(paper, 1) : null} .source=${app.source} aria-hidden="true"></page-thumb>
      <span><span class="shelf-title">${paper.title}</span><small class="num">${paperFacts(paper)}${app.documentNews.isNew(paper.id) ? html` · <b class="new-document">${t("room.new")}</b>` : nothing}${presented ? html` · <b class="on-show">${t("room.on_show")}</b>` : nothing}</small></span>
    </button>
    ${here && ready ? html`<button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("ink.paper_menu", { title: paper.title })}
      @click=${(/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), paperItems(app))}>${icon("ellipsis")}</button>` : nothing}
    ${isOver(app.room) && ready ? html`<a class="btn icon-only" download href=${fileOf(paper)} aria-label=${t("room.download", { title: paper.title })}>${icon("download")}</a>` : nothing}
  </li>${here && ready && (paper.version?.page_count ?? 0) > 1 ? pageStrip(app, paper) : nothing}`;
}

/** @param {Paper} paper */
export const fileOf = (paper) => href(`/api/v1/documents/${paper.id}/versions/${paper.current_version}/file`);

/** @param {Paper} paper "bản 2", "12 trang", "đang xử lý 3/12", "chưa phát hành" */
export function paperFacts(paper) {
  const version = paper.version;
  if (!version || version.status === "failed") return t("room.paper_failed");
  const said = paper.current_version > 1 ? [t("vote.version", { version: paper.current_version })] : [];
  if (version.page_count) said.push(t(version.page_count === 1 ? "room.pages.one" : "room.pages", { n: version.page_count }));
  if (version.status === "processing") {
    const { done = 0, total = 0 } = version.progress ?? {};
    said.push(t("room.paper_processing", { done, total: total || "…" }));
  }
  if (!paper.published_at) said.push(t("room.paper_unpublished"));
  return said.join(" · ");
}

/** @param {RoomApp} app @param {Paper} paper The pages of the paper being read, as small pictures. */
function pageStrip(app, paper) {
  const count = paper.version?.page_count ?? 0;
  const at = app.follow.place?.page ?? 0;
  const pages = Array.from({ length: count }, (_, index) => index + 1);
  return html`<li class="pages-of-paper"><details @toggle=${() => app.scrollStrip()}><summary>${icon("layout-grid", "small")}${t("room.all_pages")}</summary>
    <ol class="page-strip">${pages.map((page) => html`<li>
      <button type="button" class="page-button ${page === at ? "on" : ""}" aria-current=${page === at ? "page" : nothing}
        aria-label=${t("room.page", { page })} @click=${() => app.goTo(page)}>
        <page-thumb .page=${app.refOf(paper, page)} .source=${app.source}></page-thumb><span class="num">${page}</span></button></li>`)}
    </ol></details></li>`;
}
