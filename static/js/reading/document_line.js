/** A document in a list: in the drawer with its pages, in the dialog of an item with its action. */
import { html, nothing } from "lit-html";
import { href } from "../lib/boot.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { placeOf } from "../live/presentation.js";
import { isOver, presentsNow, underWay } from "../live/meeting_state.js";
import { readable } from "../live/view_model.js";
import "../viewer/page_thumb.js";

/** @typedef {import("./feature.js").ReadingContext} ReadingContext */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */

/** @param {ReadingContext} context @param {Paper} paper */
export function documentLine(context, paper) {
  const here = context.reading.follow.place?.document_id === paper.id;
  const presented = underWay(context.room) && placeOf(context.room.live)?.document_id === paper.id;
  const ready = readable(paper);
  return html`<li class="shelf-paper ${here ? "here" : ""}">
    <button type="button" class="paper-line" aria-current=${here ? "page" : nothing} ?disabled=${!ready} @click=${() => context.reading.open(paper.id)}>
      <page-thumb .page=${ready ? context.reading.refOf(paper, 1) : null} .source=${context.reading.source} aria-hidden="true"></page-thumb>
      <span><span class="shelf-title">${paper.title}</span><small class="num">${paperFacts(paper)}${context.reading.news.isNew(paper.id) ? html` · <b class="new-document">${t("room.new")}</b>` : nothing}${presented ? html` · <b class="on-show">${t("room.on_show")}</b>` : nothing}</small></span>
    </button>
    ${here && ready ? context.parts("documentTools", paper) : nothing}
    ${isOver(context.room) && ready ? html`<a class="btn icon-only" download href=${fileOf(paper)} aria-label=${t("room.download", { title: paper.title })}>${icon("download")}</a>` : nothing}
  </li>${here && ready && (paper.version?.page_count ?? 0) > 1 ? pageThumbnails(context, paper) : nothing}`;
}

/** @param {Paper} paper */
const fileOf = (paper) => href(`/api/v1/documents/${paper.id}/versions/${paper.current_version}/file`);

/** @param {Paper} paper "bản 2", "12 trang", "đang xử lý 3/12", "chưa phát hành" */
function paperFacts(paper) {
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

/** @param {ReadingContext} context Scrolls the list of pages to the current page. */
const scrollToThumbnail = (context) => context.find(".page-button.on")?.scrollIntoView({ block: "nearest" });

/** @param {ReadingContext} context @param {Paper} paper Thumbnails of the pages of the open document. */
function pageThumbnails(context, paper) {
  const count = paper.version?.page_count ?? 0;
  const at = context.reading.follow.place?.page ?? 0;
  const pages = Array.from({ length: count }, (_, index) => index + 1);
  return html`<li class="pages-of-paper"><details @toggle=${() => scrollToThumbnail(context)}><summary>${icon("layout-grid", "small")}${t("room.all_pages")}</summary>
    <ol class="page-strip">${pages.map((page) => html`<li>
      <button type="button" class="page-button ${page === at ? "on" : ""}" aria-current=${page === at ? "page" : nothing}
        aria-label=${t("room.page", { page })} @click=${() => context.reading.goTo(page)}>
        <page-thumb .page=${context.reading.refOf(paper, page)} .source=${context.reading.source}></page-thumb><span class="num">${page}</span></button></li>`)}
    </ol></details></li>`;
}

/** @param {ReadingContext} context @param {Paper} paper */
export function documentRow(context, paper) {
  const ready = readable(paper);
  const verb = presentsNow(context.room) && context.reading.follow.mode !== "previewing" ? "room.present_paper" : "room.read";
  return html`<li><button type="button" class="item-paper" ?disabled=${!ready} @click=${() => context.reading.open(paper.id)}>
      <page-thumb .page=${ready ? context.reading.refOf(paper, 1) : null} .source=${context.reading.source} aria-hidden="true"></page-thumb>
      <span class="grow"><span class="shelf-title">${paper.title}</span><small class="num">${paperFacts(paper)}</small></span>
      ${ready ? html`<span class="item-verb">${t(verb)}${icon("chevron-right", "small")}</span>` : nothing}
    </button>
    ${isOver(context.room) && ready ? html`<a class="btn plain" download href=${fileOf(paper)} aria-label=${t("room.download", { title: paper.title })}>${icon("download")}<span class="wide">${t("room.download_short")}</span></a>` : nothing}</li>`;
}
