/** The votes' overlay over the room: one card, or bars of open votes, or the last verdict. */
import { html, nothing } from "lit-html";
import { t } from "../../lib/words.js";
import { openCard } from "./open_card.js";
import { verdictCard } from "./verdict_card.js";
import { voteBar } from "./vote_bar.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */

/** @param {VotingContext} context */
export function voteLayer(context) {
  const { card, bars, verdict } = context.voting.shown();
  const up = card ? openCard(context, card) : verdict ? verdictCard(context, verdict) : null;
  return html`
    ${bars.length ? html`<section class="vote-bars" aria-label=${t("vote.going_on")} ?inert=${context.behind}>${bars.map((one) => voteBar(context, one))}</section>` : nothing}
    ${up ? html`<section class="vote-layer ${card ? "open" : "ended"}" aria-label=${t("vote.vote")} ?inert=${context.behind}
      @keydown=${(/** @type {KeyboardEvent} */ event) => context.voting.keyOnCard(event)}>${up}</section>` : nothing}`;
}
