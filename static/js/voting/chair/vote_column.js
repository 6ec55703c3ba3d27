/** The votes in the secretary's side column: the open vote in full, the latest result, and all votes of the meeting. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { openVerdict } from "./chair_verdict.js";
import { votePrimary, voteTimer } from "./chair_bar_vote.js";
import { waits } from "./waits.js";
import { openQuestionNew } from "./question_room.js";
import { voteList } from "./vote_list.js";
import { openVoteView } from "./vote_dialog.js";
import { lastEnded } from "../model/vote_state.js";
import { capital, resultWords } from "../model/vote_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/** @param {VotingContext} context The open vote above the agenda, with the button that ends it. */
export function currentVote(context) {
  const poll = context.chairController.isCurrent;
  if (!poll) return nothing;
  return html`<section class="column-vote" aria-label=${t("chair.this_vote")}><div class="column-title"><h2>${t("chair.this_vote")}</h2>${voteTimer(context, poll)}</div>
    ${openVoteView(context, poll, { step: votePrimary(context, { step: "end_vote", poll }) })}</section>`;
}

/** @param {VotingContext} context */
export function voteColumn(context) {
  const { room } = context;
  const running = ["in_session", "paused"].includes(room.meeting.status);
  const last = context.chairController.isCurrent ? null : lastEnded(room);
  const shown = context.chairController.isCurrent ?? last;
  const others = room.polls.filter((poll) => poll !== shown);
  if (!room.polls.length && !running) return nothing;
  return html`<section class="column-votes"><h2>${t("chair.votes")}</h2>
    ${last ? resultView(context, last) : nothing}
    ${others.length || !shown ? voteList(context, others) : nothing}
    ${running ? html`<button type="button" class="btn plain wide" aria-haspopup="dialog" ?disabled=${waits(context)} @click=${() => openQuestionNew(context)}>${icon("plus", "small")}${t("question.new")}</button>` : nothing}
  </section>`;
}

/** @param {VotingContext} context @param {Poll} poll The latest result; it appears automatically. */
function resultView(context, poll) {
  const words = resultWords(poll);
  if (!words) return nothing;
  return html`<button type="button" class="last-result ${poll.result?.verdict}" aria-haspopup="dialog" @click=${() => openVerdict(context, poll.id)}>
    <span>${poll.title}</span><b class="verdict-line">${words.heading}</b><span class="num quiet">${capital(words.arithmetic)}.</span>
    ${poll.ending.announced_at ? html`<span class="mark">${t("chair.stage_announced")}</span>` : html`<span class="mark amber">${t("chair.stage_closed")}</span>`}</button>`;
}
