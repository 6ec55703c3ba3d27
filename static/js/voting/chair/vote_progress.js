/** "đã biểu quyết 24/27" in large figures, with a bar; never counts by choice. */
import { html, nothing } from "lit-html";
import { t } from "../../lib/words.js";
import { leftToVote } from "../model/vote_state.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../model/vote_state.js").Progress} Progress */

/** @param {VotingContext} context @param {Poll} poll @param {Progress} progress */
export function progressView(context, poll, progress) {
  const absent = progress.n - progress.present;
  return html`<div class="so-far">
    <p class="vote-figure"><span>${t("chair.voted")}</span> <b class="num">${progress.voted}/${progress.present}</b></p>
    <progress class="progress ink" max=${Math.max(1, progress.present)} value=${progress.voted} aria-hidden="true"></progress>
    <p class="quiet num">${t("chair.progress_rest", { left: leftToVote(progress), absent })}</p>
    ${progress.tallied.map((one) => html`<p class="quiet num">${t(`tally.entered_${one.channel}`, { people: one.people, by: one.by })}</p>`)}
    ${poll.opened?.override_reason ? html`<p class="quiet">${t("chair.overridden", { reason: poll.opened.override_reason })}</p>` : nothing}
  </div>`;
}
