/** An open vote as a bar above the page footer; a press opens its card again. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { runsMeeting } from "../../live/meeting_state.js";
import { kindLine, progressLine, stateLine, timeLine } from "./card_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("./card_model.js").Card} Card */

/** @param {VotingContext} context @param {Card} card Chair and secretary see all votes: this bar is for their own. */
const waitsForChair = (context, { stage, ballot }) => stage === "choosing" && !ballot && runsMeeting(context.room);

/** @param {VotingContext} context @param {Card} card */
export function voteBar(context, card) {
  const { poll, stage } = card;
  const state = waitsForChair(context, card) ? t("chair.own_not_sent") : stateLine(card);
  const owes = stage === "chosen" || stage === "sending_again" || (stage === "choosing" && !card.changing);
  const time = timeLine(poll, context.serverClock.now());
  const progress = progressLine(context.room, poll);
  return html`<button type="button" class="vote-bar ${owes ? "owes" : ""}" data-poll=${poll.id} @click=${() => context.voting.grow(poll.id)}>
    <span class="vote-bar-text"><span class="vote-bar-kind">${kindLine(context.room, poll)}${time ? html` · <span class="num">${time}</span>` : nothing}</span>
      <b class="vote-bar-title">${state || poll.title}</b></span>
    ${stage === "watching" && progress.known ? html`<span class="vote-bar-progress num">${progress.text}</span>` : nothing}
    <span class="vote-bar-verb">${t(owes ? "vote.back_to_vote" : "vote.open_card")}${icon("chevron-up", "small")}</span>
  </button>`;
}
