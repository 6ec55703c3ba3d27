/** The list of the meeting's votes with their states (open, prepared, ended) and actions. */
import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { t } from "../../lib/words.js";
import { startVote } from "./chair_start.js";
import { openVerdict } from "./chair_verdict.js";
import { waits } from "./waits.js";
import { openQuestionEdit, openQuestionNew, removeQuestion } from "./question_room.js";
import { startFault } from "../model/start_rules.js";
import { openVoteSheet } from "./vote_dialog.js";
import { progressOf, stageOf } from "../model/vote_state.js";
import { kindLine, resultWords } from "../model/vote_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/** @type {Record<string, string>} */
const TONES = { open: "lacquer", tied: "amber", closed: "amber", announced: "jade" };

/** @param {VotingContext} context */
export function openVoteList(context) {
  return context.keepDrawn(openSheet({
    title: t("chair.all_votes"),
    size: "vote-list-sheet",
    body: (sheet) => voteList(context, context.room.polls, sheet.close),
    footer: (sheet) => html`<button type="button" class="btn plain" @click=${() => { sheet.close(); openQuestionNew(context); }} ?disabled=${waits(context) || isOver(context)}>${icon("plus", "small")}${t("question.new")}</button>
      <button type="button" class="btn ink" @click=${() => sheet.close()}>${t("ui.done")}</button>`,
  }));
}

/** @param {VotingContext} context */
const isOver = (context) => ["closed", "archived"].includes(context.room.meeting.status);

/** @param {VotingContext} context @param {Poll[]} polls @param {() => void} [leave] closes the list before another view opens */
export function voteList(context, polls, leave = () => {}) {
  if (!polls.length) return html`<p class="quiet">${t("chair.no_votes")}</p>`;
  return html`<ol class="vote-list">${polls.map((poll) => voteRow(context, poll, leave))}</ol>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {() => void} leave */
function voteRow(context, poll, leave) {
  const stage = stageOf(poll);
  const verdict = poll.result && stage !== "cancelled" ? resultWords(poll)?.heading : "";
  const fault = stage === "draft" ? startFault(context.room, poll) : null;
  return html`<li class="vote-row">
    <button type="button" class="row" aria-haspopup="dialog" ?disabled=${stage === "draft" && (waits(context) || context.room.meeting.status !== "in_session")} @click=${() => { leave(); show(context, poll); }}>
      <span class="grow"><span class="question-text">${poll.title}</span>
        <small class="quiet">${kindLine(context.room, poll)}${poll.repeats ? ` · ${t("question.again")}` : ""}</small>
        ${verdict ? html`<small class="vote-row-verdict ${poll.result?.verdict}">${verdict}</small>` : nothing}
        ${fault ? html`<small class="wrong">${icon("circle-alert", "small")}${t(`question.${fault.fault}`, "current" in fault ? { version: fault.version, current: fault.current } : {})}</small>` : nothing}</span>
      <span class="chip small ${TONES[stage] ?? ""}">${stage === "open" ? openWords(context, poll) : t(`chair.stage_${stage}`)}</span>
    </button>
    ${stage === "draft" ? html`<button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("question.menu", { title: poll.title })} ?disabled=${waits(context)}
      @click=${(/** @type {Event} */ event) => openDraftMenu(/** @type {HTMLElement} */ (event.currentTarget), context, poll, leave)}>${icon("ellipsis")}</button>` : nothing}
  </li>`;
}

/** @param {VotingContext} context @param {Poll} poll */
function openWords(context, poll) {
  const { voted, present } = progressOf(context.room, poll);
  return t("chair.stage_open", { voted, present });
}

/** @param {VotingContext} context @param {Poll} poll */
function show(context, poll) {
  if (poll.status === "draft") return startVote(context, [poll]);
  if (poll.status === "open") return openVoteSheet(context, poll.id);
  return openVerdict(context, poll.id);
}

/** @param {HTMLElement} button @param {VotingContext} context @param {Poll} poll @param {() => void} leave */
function openDraftMenu(button, context, poll, leave) {
  openMenu(button, [
    { label: t("question.change"), icon: "pencil", run: () => { leave(); void openQuestionEdit(context, poll.id); } },
    null,
    { label: t("question.remove"), icon: "trash-2", danger: true, run: () => void removeQuestion(context, poll) },
  ]);
}
