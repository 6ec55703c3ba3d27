/** The chair's bar while a vote is open or not yet announced: its progress in large figures, and the next step. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { countdown } from "../../lib/format.js";
import { openEnd } from "./chair_end.js";
import { startVote } from "./chair_start.js";
import { openVerdict } from "./chair_verdict.js";
import { waits } from "./waits.js";
import { openTally } from "./tally_dialog.js";
import { openVoteSheet } from "./vote_dialog.js";
import { leftToVote, openPolls, OWN_CHANNEL, progressOf, timerLeft } from "../model/vote_state.js";
import { resultWords } from "../model/vote_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../model/vote_state.js").VoteStep} VoteStep */

/** @param {VotingContext} context @param {VoteStep} step The primary button, which changes the vote's status. */
export function votePrimary(context, step) {
  const [words, run] = actionOf(context, step);
  const ruled = step.step !== "rule_vote" || context.room.me.role === "chair";
  return html`<button type="button" class="btn room tall primary" aria-haspopup="dialog" ?disabled=${waits(context) || !ruled} @click=${run}>${words}</button>`;
}

/** @param {VotingContext} context @param {VoteStep} step @returns {[string, () => void]} */
function actionOf(context, step) {
  switch (step.step) {
    case "start_vote":
      return [t("chair.start"), () => startVote(context, step.polls)];
    case "end_vote":
      return [t("chair.end"), () => openEnd(context, step.poll.id)];
    case "rule_vote":
      return [t(context.room.me.role === "chair" ? "chair.rule" : "chair.rule_awaited"), () => openVerdict(context, step.poll.id)];
    default:
      return [t("chair.announce"), () => openVerdict(context, step.poll.id)];
  }
}

/** @param {VotingContext} context @param {Poll} poll Replaces the agenda's buttons in the bar while a vote is open. */
export function openVoteBar(context, poll) {
  const progress = progressOf(context.room, poll);
  const left = leftToVote(progress);
  const several = openPolls(context.room).length;
  const own = OWN_CHANNEL[poll.method];
  return html`<button type="button" class="vote-now" aria-haspopup="dialog" @click=${() => openVoteSheet(context, poll.id)}>
      <span class="vote-now-title cut">${several > 1 ? html`<span class="chip small">${t("chair.open_count", { n: several })}</span> ` : nothing}${poll.title}</span>
      <span class="vote-count">${t("chair.voted")} <b class="num">${progress.voted}/${progress.present}</b></span>
      <progress class="progress ink" max=${Math.max(1, progress.present)} value=${progress.voted} aria-hidden="true"></progress>
    </button>
    ${voteTimer(context, poll)}
    ${progress.unconfirmed.length ? html`<button type="button" class="btn plain tall amber-edge" aria-haspopup="dialog" @click=${() => openVoteSheet(context, poll.id)}>
      <span class="narrow">${icon("check", "small")}</span><span class="wide">${t("record.to_confirm")}</span><span class="narrow for-reader">${t("record.to_confirm")}</span><span class="count">${progress.unconfirmed.length}</span></button>` : nothing}
    ${left && poll.method === "named" ? html`<button type="button" class="btn plain tall waiting-button" aria-haspopup="dialog" @click=${() => openVoteSheet(context, poll.id)}>
      <span class="narrow">${icon("users", "small")}</span><span class="wide">${t("chair.not_yet")}</span><span class="narrow for-reader">${t("chair.not_yet")}</span><span class="count">${left}</span></button>` : nothing}
    ${own ? html`<button type="button" class="btn plain tall waiting-button" aria-haspopup="dialog" ?disabled=${waits(context)} @click=${() => openTally(context, poll.id, own)}>${t("tally.enter")}</button>` : nothing}`;
}

/** @param {VotingContext} context @param {Poll} poll The timer is informative; it does not end the vote. */
export function voteTimer(context, poll) {
  const left = timerLeft(poll, context.serverClock.now());
  if (left === null) return nothing;
  const time = countdown(Math.max(0, left));
  return html`<span class="strip-timer run-timer num ${left <= 0 ? "late" : ""}" role="timer" aria-label=${left > 0 ? t("chair.timer_left", { time }) : t("chair.timer_over")}>
    ${icon("clock")}${left > 0 ? time : html`<span class="wide">${t("chair.timer_over")}</span><span class="narrow">${t("chair.timer_over.short")}</span>`}</span>`;
}

/** @param {VotingContext} context @param {Poll} poll The verdict in one line until its announcement. */
export function endedVoteBar(context, poll) {
  const words = resultWords(poll);
  return html`<button type="button" class="vote-now ended" aria-haspopup="dialog" @click=${() => openVerdict(context, poll.id)}>
    <span class="vote-now-title cut">${poll.title}</span>
    <span class="vote-verdict cut">${words?.heading ?? ""}</span>
  </button>`;
}
