/** Publishing the documents of a meeting, opening the meeting, and deleting it. */

import { html, nothing } from "lit-html";
import { api } from "../../lib/api.js";
import { href } from "../../lib/boot.js";
import { confirmStep } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { count, t } from "../../lib/words.js";
import { leftOut, questionOf } from "./left_out.js";
import { quorumLine } from "../../attendance/quorum_line.js";
import { finishRemovals } from "./removals.js";
import { awaitsPublishing, papersOf } from "./shapes.js";
import { current, perform } from "./store.js";
import { refusedTitles, sendingCount } from "./uploads.js";
import { publishPapers } from "./verbs.js";

/** @param {string} lead @param {string[]} titles */
function named(lead, titles) {
  if (!titles.length) return nothing;
  return html`<p>${lead}</p><ul class="named">${titles.map((title) => html`<li>${title}</li>`)}</ul>`;
}

/** Asks for confirmation only when documents would be left out or the chair is missing. */
async function confirmLeftOut() {
  const left = leftOut(current(), { sending: sendingCount(), refused: refusedTitles() });
  if (!left) return true;
  const { failed, late, sending, chairless } = left;
  const files = failed.length + late.length + sending > 0;
  return confirmStep({
    title: t(questionOf(left)),
    text: html`${named(t("prepare.left_out_failed"), failed)} ${named(t("prepare.left_out_processing"), late)}
      ${sending ? html`<p>${count("prepare.left_out_sending", sending)}</p>` : nothing}
      ${chairless ? html`<p class="notice">${icon("circle-alert")}<span>${t("prepare.left_out_chair")}</span></p>` : nothing}
      ${files ? html`<p class="quiet">${t("prepare.left_out_later")}</p>` : nothing}`,
    verb: t("prepare.publish"),
    refuse: t("prepare.back_to_papers"),
  });
}

export async function publishMeeting() {
  await finishRemovals();
  const meeting = current();
  const papers = papersOf(meeting);
  if (!(await confirmLeftOut())) return;
  const people = meeting.participants.length;
  const done = await perform(null, () => api.post(`/meetings/${meeting.id}/status`, { status: "published" }));
  if (!done) return;
  const ready = papers.filter((paper) => paper.version.status === "ready").length;
  toast(ready ? t("prepare.published", { papers: ready, people }) : t("prepare.published_bare", { people }));
}

/** Publishes documents that were added after the meeting was published. */
export async function publishLatePapers() {
  await finishRemovals();
  const papers = papersOf(current()).filter(awaitsPublishing);
  const done = await publishPapers(papers);
  if (done) toast(count("prepare.published_late", papers.length));
}

export async function openMeeting() {
  const meeting = current();
  const sure = await confirmStep({
    title: t("prepare.open_title"),
    text: html`${quorumLine({ meeting })}<p>${t("prepare.open_text")}</p>`,
    verb: t("prepare.open"),
    tone: "room",
  });
  if (!sure) return;
  await finishRemovals();
  const done = await perform(null, () => api.post(`/meetings/${meeting.id}/status`, { status: "in_session" }));
  if (done) location.assign(href(`/meetings/${meeting.id}`));
}

export async function deleteMeeting() {
  const meeting = current();
  const papers = papersOf(meeting).length;
  const sure = await confirmStep({
    title: t("prepare.delete_title"),
    text: html`<p><b>${meeting.title}</b></p><p>${t("prepare.delete_text", { items: meeting.agenda.length, papers })}</p>`,
    verb: t("prepare.delete"),
    tone: "room",
    refuse: t("prepare.keep"),
  });
  if (!sure) return;
  await finishRemovals();
  const done = await perform(null, () => api.del(`/meetings/${meeting.id}`));
  if (done) location.assign(href("/"));
}
