/** What of votes lies over the room: one card, or bars of votes that go on, or the last verdict. */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";
import { openCard } from "./open_card.js";
import { verdictCard } from "./verdict_card.js";
import { voteBar } from "./vote_bar.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function voteLayer(app) {
  const { card, bars, verdict } = app.voting.shown();
  const up = card ? openCard(app, card) : verdict ? verdictCard(app, verdict) : null;
  return html`
    ${bars.length ? html`<section class="vote-bars" aria-label=${t("vote.going_on")} ?inert=${app.behind}>${bars.map((one) => voteBar(app, one))}</section>` : nothing}
    ${up ? html`<section class="vote-layer ${card ? "open" : "ended"}" aria-label=${t("vote.vote")} ?inert=${app.behind}
      @keydown=${(/** @type {KeyboardEvent} */ event) => app.voting.keyOnCard(event)}>${up}</section>` : nothing}`;
}
