/** Every vote of the meeting with its state: open, prepared, ended; each leads to what can be done with it. */
import { html, nothing } from "lit-html";
import { openSheet } from "../lib/dialog.js";
import { icon } from "../lib/icon.js";
import { openMenu } from "../lib/menu.js";
import { t } from "../lib/words.js";
import { startVote } from "./chair_start.js";
import { openVerdict } from "./chair_verdict.js";
import { live } from "../lib/live_dialog.js";
import { waits } from "./chair_verbs.js";
import { openQuestionEdit, openQuestionNew, removeQuestion } from "./question_room.js";
import { startFault } from "./start_rules.js";
import { openVoteSheet } from "./vote_sheet.js";
import { progressOf, stageOf } from "./vote_state.js";
import { kindLine, resultWords } from "./vote_words.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("../lib/schemas.js").PollView} Poll */

/** @type {Record<string, string>} */
const TONES = { open: "lacquer", tied: "amber", closed: "amber", announced: "jade" };

/** @param {RoomApp} app */
export function openVoteList(app) {
  return live(app, openSheet({
    title: t("chair.all_votes"),
    size: "vote-list-sheet",
    body: (sheet) => voteList(app, app.room.polls, sheet.close),
    foot: (sheet) => html`<button type="button" class="btn plain" @click=${() => { sheet.close(); openQuestionNew(app); }} ?disabled=${waits(app) || isOver(app)}>${icon("plus", "small")}${t("question.new")}</button>
      <button type="button" class="btn ink" @click=${() => sheet.close()}>${t("ui.done")}</button>`,
  }));
}

/** @param {RoomApp} app */
const isOver = (app) => ["closed", "archived"].includes(app.room.meeting.status);

/** @param {RoomApp} app @param {Poll[]} polls @param {() => void} [leave] puts the list away before something else opens */
export function voteList(app, polls, leave = () => {}) {
  if (!polls.length) return html`<p class="quiet">${t("chair.no_votes")}</p>`;
  return html`<ol class="vote-list">${polls.map((poll) => voteRow(app, poll, leave))}</ol>`;
}

/** @param {RoomApp} app @param {Poll} poll @param {() => void} leave */
function voteRow(app, poll, leave) {
  const stage = stageOf(poll);
  const verdict = poll.result && stage !== "cancelled" ? resultWords(poll)?.heading : "";
  const fault = stage === "draft" ? startFault(app.room, poll) : null;
  return html`<li class="vote-row">
    <button type="button" class="row" aria-haspopup="dialog" ?disabled=${stage === "draft" && (waits(app) || app.room.meeting.status !== "in_session")} @click=${() => { leave(); show(app, poll); }}>
      <span class="grow"><span class="question-text">${poll.title}</span>
        <small class="quiet">${kindLine(app.room, poll)}${poll.repeats ? ` · ${t("question.again")}` : ""}</small>
        ${verdict ? html`<small class="vote-row-verdict ${poll.result?.verdict}">${verdict}</small>` : nothing}
        ${fault ? html`<small class="wrong">${icon("circle-alert", "small")}${t(`question.${fault.fault}`, "current" in fault ? { version: fault.version, current: fault.current } : {})}</small>` : nothing}</span>
      <span class="chip small ${TONES[stage] ?? ""}">${stage === "open" ? openWords(app, poll) : t(`chair.stage_${stage}`)}</span>
    </button>
    ${stage === "draft" ? html`<button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("question.menu", { title: poll.title })} ?disabled=${waits(app)}
      @click=${(/** @type {Event} */ event) => openDraftMenu(/** @type {HTMLElement} */ (event.currentTarget), app, poll, leave)}>${icon("ellipsis")}</button>` : nothing}
  </li>`;
}

/** @param {RoomApp} app @param {Poll} poll */
function openWords(app, poll) {
  const { voted, present } = progressOf(app.room, poll);
  return t("chair.stage_open", { voted, present });
}

/** @param {RoomApp} app @param {Poll} poll */
function show(app, poll) {
  if (poll.status === "draft") return startVote(app, [poll]);
  if (poll.status === "open") return openVoteSheet(app, poll.id);
  return openVerdict(app, poll.id);
}

/** @param {HTMLElement} button @param {RoomApp} app @param {Poll} poll @param {() => void} leave */
function openDraftMenu(button, app, poll, leave) {
  openMenu(button, [
    { label: t("question.change"), icon: "pencil", run: () => { leave(); void openQuestionEdit(app, poll.id); } },
    null,
    { label: t("question.remove"), icon: "trash-2", danger: true, run: () => void removeQuestion(app, poll) },
  ]);
}
