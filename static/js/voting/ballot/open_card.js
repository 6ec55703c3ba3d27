/** The card of an open vote: the question, equal choices, sending in two steps, a receipt in words. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { icon } from "../../lib/ui/icon.js";
import { keepNamesUnbroken } from "../../lib/ui/nonbreaking.js";
import { t } from "../../lib/words.js";
import { labelOf, paperOf, receiptCode, secondsLeft } from "./card_model.js";
import { hintLine, kindLine, noteLine, progressLine, ruleLine, said, stateLine, timeLine } from "./card_words.js";
import { paperButton } from "./voted_document.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("./card_model.js").Card} Card */

/** Longer labels are not shown side by side. */
const SHORT_LABEL = 24;
const FEW = 4;
const LONG_QUESTION = 160;
const SCROLL_SLACK_PX = 24;

/** @param {VotingContext} context @param {Card} card */
export function openCard(context, card) {
  const { poll, stage } = card;
  const asks = stage === "choosing" || stage === "chosen";
  const few = poll.options.length <= FEW ? "few" : "";
  return html`<article class="vote-card ${few} ${stage}" aria-labelledby="vote-question">
    ${head(context, card)}
    ${context.voting.remindedOf(poll.id) ? html`<p class="vote-reminder">${icon("bell")}<b>${t("vote.reminder")}</b></p>` : nothing}
    <div class="vote-body">
      ${text(context, card)}
      ${asks ? choices(context, card) : nothing}
    </div>
    ${asks ? sendRow(context, card) : ownState(context, card)}
    ${progress(context, card)}
  </article>`;
}

/** @param {VotingContext} context @param {Card} card */
function head(context, { poll }) {
  const time = timeLine(poll, context.serverClock.now());
  const over = secondsLeft(poll, context.serverClock.now()) === 0;
  return html`<header class="vote-head">
    <p class="vote-kind">${kindLine(context.room, poll)}</p>
    ${time ? html`<p class="vote-timer num ${over ? "over" : ""}" role="timer">${time}</p>` : nothing}
    <button type="button" class="btn quiet vote-shrink" @click=${() => context.voting.shrink(poll.id)}>${icon("chevron-down")}<span>${t("vote.shrink")}</span></button>
  </header>`;
}

/** @param {VotingContext} context @param {Card} card */
function text(context, { poll }) {
  const paper = paperOf(context.room, poll);
  const { rule } = poll;
  return html`<div class="vote-text" tabindex="0" role="region" aria-label=${t("vote.question")} @scroll=${(/** @type {Event} */ event) => seeMore(event.target)}>
    <h2 class="vote-question ${poll.question.length > LONG_QUESTION ? "long" : ""}" id="vote-question" tabindex="-1">${keepNamesUnbroken(poll.question)}</h2>
    <div class="vote-facts">
      <p>${ruleLine(poll, paper)}</p>
      ${paper ? paperButton(context, poll, paper) : nothing}
      <details class="vote-rule"><summary><b>${t("vote.grounds")}</b></summary>
        <p>${said(rule.title)}: ${said(rule.formula)}.</p>
        <p>${said(rule.citation)}.</p>
      </details>
    </div>
  </div>
  <p class="vote-more" aria-hidden="true">${t("vote.read_on")}${icon("chevron-down", "small")}</p>`;
}

/** @param {EventTarget|null} text Marks a long question that can be scrolled. */
export function seeMore(text) {
  if (!(text instanceof HTMLElement)) return;
  const below = text.scrollHeight - text.clientHeight - text.scrollTop;
  // A text that has scrolled once keeps the space of the mark, so that nothing moves during a tap.
  text.classList.toggle("scrolls", text.scrollHeight > text.clientHeight + 1);
  text.classList.toggle("goes-on", below > SCROLL_SLACK_PX);
}

/** @param {VotingContext} context @param {Card} card The choices look equal: no colour, icon or order favours one. */
function choices(context, { poll, choice }) {
  const short = poll.options.length < FEW && poll.options.every((one) => one.label.length <= SHORT_LABEL);
  return html`<fieldset class="vote-choices ${short ? "short" : ""}" role="radiogroup" aria-labelledby="vote-question">
    ${poll.options.map((option) => html`<label class="vote-choice">
      <input type="radio" name="vote-choice" value=${option.key} .checked=${live(choice === option.key)}
        @change=${() => context.voting.choose(poll.id, option.key)}><i class="vote-ring"></i><span>${option.label}</span></label>`)}
  </fieldset>`;
}

/** @param {VotingContext} context @param {Card} card Its space is reserved from the start, so that nothing moves during a tap. */
function sendRow(context, card) {
  const { poll, stage, ballot } = card;
  const chosen = stage === "chosen";
  const note = noteLine(card);
  return html`<div class="vote-foot">
    ${note ? html`<p class="vote-note" role="alert">${icon("circle-alert")}<span>${note}</span></p>` : nothing}
    ${context.online ? nothing : html`<p class="vote-note">${icon("wifi-off")}<span>${t("vote.offline")}</span></p>`}
    <div class="vote-steps">
      <div class="vote-hint ${chosen ? "off" : ""}"><p>${ballot ? t("vote.standing_now", { choice: labelOf(poll, ballot.choice) }) : hintLine(card)}</p>
        ${ballot ? html`<button type="button" class="btn plain" @click=${() => context.voting.keepBallot(poll.id)}>${t("vote.keep")}</button>` : nothing}</div>
      <div class="vote-send ${chosen ? "" : "off"}">
        <p class="vote-chosen">${t("vote.chosen")} <b>${labelOf(poll, card.choice)}</b></p>
        <button type="button" class="btn plain" @click=${() => context.voting.chooseAgain(poll.id)}>${t("vote.choose_again")}</button>
        <button type="button" class="btn ink" ?disabled=${context.voting.handingOver} @click=${() => void context.voting.sendBallot(card)}>${t("vote.send")}</button>
      </div>
    </div></div>`;
}

const STATE_ICONS = { recorded: "check", sending: "send", sending_again: "refresh-cw", settling: "refresh-cw", late: "clock", by_hand: "hand", watching: "" };

/** @param {VotingContext} context @param {Card} card */
function ownState(context, card) {
  const { poll, stage, ballot } = card;
  const line = stateLine(card);
  if (!line || stage === "choosing" || stage === "chosen") return nothing;
  const note = noteLine(card);
  return html`<div class="vote-own ${stage}" tabindex="-1">
    ${icon(STATE_ICONS[stage])}
    <div><p class="vote-own-line">${line}</p>${details(card)}
      ${note ? html`<p class="vote-own-more">${note}</p>` : nothing}
      ${ballot?.receipt && stage === "recorded" ? html`<p class="vote-receipt num">${t("vote.receipt", { code: receiptCode(ballot.receipt) })}</p>` : nothing}</div>
    ${stage === "recorded" && poll.allow_change && poll.opened.voters.includes(context.room.me.user_id)
      ? html`<button type="button" class="btn plain" @click=${() => context.voting.changeBallot(poll.id)}>${t("vote.change")}</button>` : nothing}
    ${stage === "late" ? html`<button type="button" class="btn ink" @click=${() => context.voting.shrink(poll.id)}>${t("vote.understood")}</button>` : nothing}
  </div>`;
}

/** @param {Card} card */
function details({ poll, stage, ballot }) {
  if (stage === "sending_again") return html`<p class="vote-own-more">${t("vote.sending_again_more")}</p>`;
  if (stage === "late") return html`<p class="vote-own-more">${t("vote.late_why")}</p>`;
  if (ballot && stage !== "recorded") return html`<p class="vote-own-more">${t("vote.standing_yet", { choice: labelOf(poll, ballot.choice) })}</p>`;
  return nothing;
}

/**
 * Its space is reserved before the first figures arrive: they arrive within a second, possibly during a tap, and a
 * new line would move the whole card, which is aligned to its lower edge.
 * @param {VotingContext} context @param {Card} card
 */
function progress(context, { poll }) {
  const { text, known } = progressLine(context.room, poll);
  return html`<p class="vote-progress num ${known ? "" : "unknown"}">${text}</p>`;
}
