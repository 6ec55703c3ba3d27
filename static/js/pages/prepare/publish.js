/** From a draft to a meeting: publishing papers, opening the meeting, and deleting it. */

import { html, nothing } from "lit-html";
import { api } from "../../lib/api.js";
import { href } from "../../lib/boot.js";
import { confirmStep } from "../../lib/dialog.js";
import { toast } from "../../lib/toast.js";
import { count, t } from "../../lib/words.js";
import { finishRemovals } from "./removals.js";
import { awaitsPublishing, hasFailed, isProcessing, papersOf } from "./shapes.js";
import { current, perform } from "./store.js";
import { sendingCount } from "./uploads.js";
import { publishPapers } from "./verbs.js";

/** @typedef {import("./shapes.js").Paper} Paper */

/** @param {string} lead @param {Paper[]} papers */
function named(lead, papers) {
  if (!papers.length) return nothing;
  return html`<p>${lead}</p><ul class="named">${papers.map((paper) => html`<li>${paper.title}</li>`)}</ul>`;
}

/** Asks only when something would be left out. @param {Paper[]} papers */
async function leaveOut(papers) {
  // A paper whose present version is ready goes out with that one, whatever its next version does.
  const unready = papers.filter((paper) => paper.version.status !== "ready");
  const failed = unready.filter(hasFailed);
  const late = unready.filter(isProcessing);
  const sending = sendingCount();
  if (!failed.length && !late.length && !sending) return true;
  const only = failed.length === 1 && !late.length && !sending;
  return confirmStep({
    title: t(only ? "prepare.publish_without_one" : "prepare.publish_without_some"),
    text: html`${named(t("prepare.left_out_failed"), failed)} ${named(t("prepare.left_out_processing"), late)}
      ${sending ? html`<p>${count("prepare.left_out_sending", sending)}</p>` : nothing}
      <p class="quiet">${t("prepare.left_out_later")}</p>`,
    verb: t("prepare.publish"),
    refuse: t("prepare.back_to_papers"),
  });
}

export async function publishMeeting() {
  await finishRemovals();
  const meeting = current();
  const papers = papersOf(meeting);
  if (!(await leaveOut(papers))) return;
  const people = meeting.participants.length;
  const done = await perform(null, () => api.post(`/meetings/${meeting.id}/status`, { status: "published" }));
  if (!done) return;
  const ready = papers.filter((paper) => paper.version.status === "ready").length;
  toast(ready ? t("prepare.published", { papers: ready, people }) : t("prepare.published_bare", { people }));
}

/** Papers that came after the meeting was published. */
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
    text: html`<p>${t("prepare.open_text")}</p>`,
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
