/** Ends a vote, after a confirmation that names people who have not voted and other open points. */
import { html, nothing } from "lit-html";
import { openDialog } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { randomKey } from "./chair_actions.js";
import { waits } from "./waits.js";
import { openVerdict } from "./chair_verdict.js";
import { unconfirmedList } from "./record_waiting.js";
import { openTally } from "./tally_dialog.js";
import { countedByHand, lacksTally, leftToVote, OWN_CHANNEL, peopleNamed, pollById, progressOf } from "../model/vote_state.js";
import { progressView } from "./vote_progress.js";
import { voters } from "../model/vote_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../model/vote_state.js").Progress} Progress */
/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */

/** @param {VotingContext} context @param {string} pollId */
export function openEnd(context, pollId) {
  const key = randomKey();
  /** The server's refusal. */
  let wrong = "";
  const end = async (/** @type {Opened} */ opened) => {
    const poll = pollById(context.room, pollId);
    if (!poll) return;
    const outcome = await context.chairController.verbs.end(poll, key);
    wrong = outcome.problem?.message ?? "";
    if (outcome.done) opened.close("ended");
    else opened.redraw();
  };
  const opened = openDialog({
    title: t("chair.end_question"),
    broad: true,
    body: (dialog) => {
      const poll = pollById(context.room, pollId);
      // The vote was ended or cancelled on another device.
      if (!poll || poll.status !== "open") {
        queueMicrotask(() => dialog.close());
        return nothing;
      }
      return endView(context, poll, wrong, dialog, () => void end(dialog));
    },
  });
  context.keepDrawn(opened);
  // Also when another person ended it meanwhile.
  void opened.closed.then((value) => {
    if (value === "ended" || pollById(context.room, pollId)?.status === "closed") openVerdict(context, pollId);
  });
  return opened;
}

/** @param {VotingContext} context @param {Poll} poll @param {string} wrong @param {Opened} dialog @param {() => void} end */
function endView(context, poll, wrong, dialog, end) {
  const progress = progressOf(context.room, poll);
  const missing = lacksTally(poll, progress);
  const stuck = missing || progress.unconfirmed.length > 0;
  return html`<div class="said end-vote" tabindex="-1" data-first>
      <p class="vote-title">${poll.title}</p>
      ${progressView(context, poll, progress)}
      ${progress.unconfirmed.length ? html`<section class="unsettled"><h3>${t("record.waiting_title")}</h3><p class="quiet">${t("record.before_end")}</p>${unconfirmedList(context, poll)}</section>` : nothing}
      ${missing ? html`<p class="notice">${icon("circle-alert")}<span class="grow">${t(`tally.missing_${poll.method}`)}
        <button type="button" class="text-btn" @click=${() => openTally(context, poll.id, OWN_CHANNEL[poll.method] ?? "hands")}>${t("tally.enter")}</button></span></p>` : nothing}
      ${hasUnsentBallot(context, poll, progress) ? html`<p class="notice">${icon("circle-alert")}<span>${t("chair.own_not_sent")}</span></p>` : nothing}
      ${notVotedView(context, poll, progress, !stuck && !wrong)}
      ${wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${wrong}</span></p>` : nothing}
      ${context.online ? nothing : html`<p class="notice" role="status">${icon("wifi-off")}<span>${t("chair.offline")}</span></p>`}
    </div>
    <div class="btn-row">
      <button type="button" class="btn plain" @click=${() => dialog.close()}>${t("chair.go_on")}</button>
      <button type="button" class="btn room ${context.chairController.busy ? "busy" : ""}" ?disabled=${stuck || waits(context)} @click=${end}><span>${t("chair.end")}</span></button>
    </div>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {Progress} progress Whether this person has a vote and has not sent it. */
const hasUnsentBallot = (context, poll, progress) => poll.method === "named" && progress.waiting.includes(context.room.me.user_id);

/**
 * People present who have not voted, with their names in named votes.
 * @param {VotingContext} context @param {Poll} poll @param {Progress} progress @param {boolean} calm whether there are no other open points
 */
function notVotedView(context, poll, progress, calm) {
  const left = leftToVote(progress);
  const word = voters(context.room);
  if (!left) return html`<p class="everybody">${calm ? icon("check", "small") : nothing}${t("chair.all_voted", { n: progress.present })}</p>`;
  if (poll.method !== "named") return html`<p>${count("chair.left_uncounted", left, { voters: word })}</p>`;
  const people = peopleNamed(context.room, progress.waiting);
  const enteredByHand = countedByHand(progress);
  return html`<section class="still-out"><p><b>${count("chair.left_named", left, { voters: word })}</b></p>
    <ul class="names">${people.map((one) => html`<li>${one.display_name}</li>`)}</ul>
    ${enteredByHand ? html`<p class="quiet">${count("chair.among_them_by_hand", enteredByHand, { voters: word })}</p>` : nothing}
    <p class="quiet">${t("chair.counted_as_not_sent")}</p></section>`;
}
