/** One document of a container, and one file being uploaded. */

import { html, nothing } from "lit-html";
import { href } from "../../lib/boot.js";
import { number, size } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { count, t } from "../../lib/words.js";
import { written } from "../../lib/ui/inline_field.js";
import { moveByKey, startDrag } from "./reorder.js";
import { awaitsPublishing, hasFailed, isDraft, isProcessing, latest } from "./shapes.js";
import { current } from "./store.js";
import { addFiles, cancelUpload, chooseFiles, retryUpload, uploadFor } from "./uploads.js";
import { changePaper, movePaper, orderPapers, publishPapers, removePaper } from "./verbs.js";

/**
 * @typedef {import("../../lib/schemas.js").DocumentView} Paper
 * @typedef {import("../../lib/schemas.js").Shelf} Shelf
 * @typedef {import("./uploads.js").Upload} Upload
 */

/** @param {number} fraction */
const percent = (fraction) => `${number(Math.floor(fraction * 100))} %`;

/** @param {Paper} paper "bản 2 · 12 trang · 1,5 MB" */
export function extent({ version }) {
  const parts = [
    version.number > 1 ? t("prepare.version", { n: version.number }) : "",
    version.page_count ? count("prepare.pages", version.page_count) : "",
    version.bytes ? size(version.bytes) : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** @param {Shelf} container @param {Paper} paper */
const replace = (container, paper) =>
  chooseFiles({ many: false, chosen: (files) => addFiles(container, files, paper.id) });

/** The uploaded file, if it is not the PDF that is shown. @param {Paper} paper @returns {import("../../lib/ui/menu.js").MenuItem[]} */
function sourceItem(paper) {
  const { number: n, source } = latest(paper);
  if (!source) return [];
  const label = t("prepare.download_source", { format: source.format.toUpperCase() });
  return [{ label, icon: "download", href: href(`/api/v1/documents/${paper.id}/versions/${n}/source`) }];
}

/** @param {HTMLElement} button @param {Shelf} container @param {Paper} paper @param {number} index @param {number} length */
function openPaperMenu(button, container, paper, index, length) {
  const readable = paper.version.status === "ready";
  const publishable = awaitsPublishing(paper) && !isDraft(current());
  openMenu(button, [
    ...(readable ? [{ label: t("prepare.open_file"), icon: "eye", href: href(`/api/v1/documents/${paper.id}/versions/${paper.version.number}/file`) }] : []),
    ...(publishable ? [{ label: t("prepare.publish_paper"), icon: "send", run: () => publishPapers([paper]) }] : []),
    {
      label: t(paper.open_to_guests ? "prepare.close_to_guests" : "prepare.open_to_guests"), icon: "users",
      run: () => changePaper(paper.id, { open_to_guests: !paper.open_to_guests }),
    },
    ...sourceItem(paper),
    { label: t("prepare.replace"), icon: "refresh-cw", run: () => replace(container, paper) },
    null,
    { label: t("prepare.move_up"), icon: "arrow-up", key: "Alt+↑", disabled: index === 0, run: () => movePaper(container, paper.id, -1) },
    { label: t("prepare.move_down"), icon: "arrow-down", key: "Alt+↓", disabled: index === length - 1, run: () => movePaper(container, paper.id, 1) },
    null,
    { label: t("prepare.remove_paper"), icon: "trash-2", danger: true, run: () => removePaper(paper) },
  ]);
}

/** The state at the right of a document: its progress or its size. @param {Paper} paper @param {Upload | undefined} coming */
function state(paper, coming) {
  if (coming && coming.phase !== "refused") return sending(coming);
  if (isProcessing(paper)) {
    const { done, total } = latest(paper).progress ?? { done: 0, total: 0 };
    const waits = latest(paper).source?.converted === false ? "prepare.converting" : "prepare.checking";
    if (!total) return html`<span class="extent">${t(waits)}</span>`;
    return html`<progress class="progress" max=${total} value=${done} aria-label=${t("prepare.processing_of", { title: paper.title })}></progress>
      <span class="extent num">${t("prepare.pages_done", { done, total })}</span>`;
  }
  return html`<span class="extent num">${extent(paper)}</span>`;
}

/** @param {Paper} paper */
function marks(paper) {
  const late = awaitsPublishing(paper) && !isDraft(current());
  return html`${paper.open_to_guests ? html`<span class="mark">${t("prepare.guests_may_read")}</span>` : nothing}
    ${late ? html`<span class="mark amber">${t("prepare.not_published")}</span>` : nothing}`;
}

/** Why the newest file of a document cannot be used; empty when it can. @param {Paper} paper @param {Upload | undefined} coming */
function faultOf(paper, coming) {
  if (coming) return coming.phase === "refused" ? coming.reason : "";
  if (!hasFailed(paper)) return "";
  const reason = latest(paper).error?.detail ?? t("prepare.unreadable");
  return paper.next_version && paper.version.status === "ready" ? t("prepare.new_version_failed", { reason }) : reason;
}

/** What the uploaded file holds and the pages do not show. @param {Paper} paper */
function notices(paper) {
  const found = paper.version.source?.notices ?? [];
  return found.length ? html`<ul class="paper-notices">${found.map((notice) => html`<li>${icon("info", "small")}<span>${notice.detail}</span></li>`)}</ul>` : nothing;
}

/** @param {string} reason @param {unknown} ways */
const fault = (reason, ways) => html`<div class="fault"><p>${reason}</p><div class="ways">${ways}</div></div>`;

/** @param {Shelf} container @param {Paper} paper */
function anotherFile(container, paper) {
  return html`<button type="button" class="text-btn" @click=${() => replace(container, paper)}>${t("prepare.choose_another")}</button>`;
}

/** @param {Shelf} container @param {Paper} paper @param {number} index @param {number} length */
export function paperView(container, paper, index, length) {
  const coming = uploadFor(paper.id);
  const reason = faultOf(paper, coming);
  const grip = t("prepare.grip_paper", { title: paper.title });
  return html`<li class="paper ${reason ? "bad" : ""}" id="paper-${paper.id}" data-id=${paper.id} tabindex="-1"
      @keydown=${(/** @type {KeyboardEvent} */ event) => moveByKey(event, (steps) => movePaper(container, paper.id, steps))}>
    <span class="grip" title=${grip} @pointerdown=${(/** @type {PointerEvent} */ event) => startDrag(event, (ids) => orderPapers(container, ids))}>${icon(reason ? "circle-alert" : "file-text")}</span>
    ${written({ value: paper.title, label: t("prepare.paper_title"), className: "paper-title", keep: (title) => changePaper(paper.id, { title }) })}
    <span class="marks">${marks(paper)}</span>
    ${reason
      ? fault(reason, html`${anotherFile(container, paper)}${coming ? html`<button type="button" class="text-btn" @click=${() => cancelUpload(coming)}>${t("prepare.keep_old")}</button>` : nothing}`)
      : html`<div class="state">${state(paper, coming)}</div>`}
    <button type="button" class="btn icon-only more" aria-haspopup="menu" aria-expanded="false" aria-label=${t("prepare.paper_menu", { title: paper.title })}
      @click=${(/** @type {Event} */ event) => openPaperMenu(/** @type {HTMLElement} */ (event.currentTarget), container, paper, index, length)}>${icon("ellipsis")}</button>
    ${reason ? nothing : notices(paper)}
  </li>`;
}

/** @param {Upload} upload */
function sending(upload) {
  const words = upload.phase === "waiting" ? t("prepare.waiting") : t("prepare.sent", { percent: percent(upload.fraction) });
  return html`<progress class="progress ink" max="1" value=${upload.fraction} aria-label=${t("prepare.sending_of", { title: upload.title })}></progress>
    <span class="extent num">${words}</span>`;
}

/** @param {Upload} upload */
function actions(upload) {
  const another = () =>
    chooseFiles({
      many: false,
      chosen: (files) => {
        cancelUpload(upload);
        addFiles(upload.container, files);
      },
    });
  const again = upload.code === "offline" || upload.code === "unexpected";
  return html`${again ? html`<button type="button" class="text-btn" @click=${() => retryUpload(upload)}>${t("prepare.send_again")}</button>` : nothing}
    <button type="button" class="text-btn" @click=${another}>${t("prepare.choose_another")}</button>`;
}

/** @param {Upload} upload */
export function uploadView(upload) {
  const refused = upload.phase === "refused";
  return html`<li class="paper ${refused ? "bad refused" : "coming"}" tabindex="-1">
    <span class="grip still">${icon(refused ? "circle-alert" : "file-up")}</span>
    <span class="paper-title plain">${refused ? upload.file.name : upload.title}</span>
    <span class="marks"></span>
    ${refused ? fault(upload.reason, actions(upload)) : html`<div class="state">${sending(upload)}</div>`}
    <button type="button" class="btn icon-only more" aria-label=${t("prepare.cancel_upload", { title: upload.title })} @click=${() => cancelUpload(upload)}>${icon("x")}</button>
  </li>`;
}
