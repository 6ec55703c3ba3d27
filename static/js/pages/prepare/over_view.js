/** Read-only agenda of a meeting that is over, with links to open and download each readable document. */

import { html, nothing } from "lit-html";
import { href } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { hasEnded } from "../../voting/ballot/card_model.js";
import { questions } from "./question_prepare.js";
import { resultLinks } from "../../voting/chair/result_links.js";
import { extent } from "./paper_view.js";
import { current } from "./store.js";

/**
 * @typedef {import("../../lib/schemas.js").AgendaItemView} Item
 * @typedef {import("../../lib/schemas.js").DocumentView} Paper
 */

/** @param {Paper} paper */
function paperLine(paper) {
  const link = href(`/api/v1/documents/${paper.id}/versions/${paper.version.number}/file`);
  const ready = paper.version.status === "ready";
  const name = html`<span class="over-title">${paper.title}</span><span class="extent num">${extent(paper)}</span>`;
  return html`<li class="over-paper">${icon("file-text")}
    ${ready ? html`<a class="grow over-open" href=${link} target="_blank" rel="noopener">${name}</a>
      <a class="btn plain" download href=${link} aria-label=${t("prepare.download_of", { title: paper.title })}>${icon("download")}<span class="wide">${t("prepare.download")}</span></a>`
      : html`<span class="grow over-open">${name}</span>`}</li>`;
}

/** @param {string | null} itemId null: of the meeting itself */
const votesOf = (itemId) => questions.of(itemId).filter(hasEnded);

/** @param {Paper[]} papers @param {string | null} itemId */
function contents(papers, itemId) {
  const votes = votesOf(itemId);
  return html`${papers.length ? html`<ul class="over-papers">${papers.map(paperLine)}</ul>` : nothing}
    ${votes.length ? html`<ul class="over-papers">${resultLinks(votes)}</ul>` : nothing}`;
}

/** @param {Item} item @param {number} index */
function itemView(item, index) {
  const facts = [item.rapporteur, item.minutes ? count("prepare.minutes_n", item.minutes) : ""].filter(Boolean).join(" · ");
  return html`<li class="item over-item">
    <h2 class="item-title"><span class="item-number num">${index + 1}.</span><span class="over-name">${item.title}</span></h2>
    ${facts ? html`<p class="quiet over-facts">${facts}</p>` : nothing}
    ${contents(item.documents, item.id)}</li>`;
}

export function overView() {
  const { agenda, documents } = current();
  const own = documents.length > 0 || votesOf(null).length > 0;
  return html`
    ${own ? html`<section class="item own-papers over-item"><h2 class="item-title">${t("prepare.meeting_papers")}</h2>${contents(documents, null)}</section>` : nothing}
    ${agenda.length ? html`<ol class="items">${agenda.map(itemView)}</ol>` : html`<p class="quiet">${t("prepare.over_no_items")}</p>`}`;
}
