/** An open vote for chair and secretary: people who have not sent, reminders, entries by hand, cancelling. */
import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { clock } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { count, t } from "../../lib/words.js";
import { paperOf } from "../ballot/card_model.js";
import { openCancel } from "./chair_cancel.js";
import { orSay } from "./chair_actions.js";
import { waits } from "./waits.js";
import { openRecord } from "./record_ballot_dialog.js";
import { unconfirmedList } from "./record_waiting.js";
import { openTally } from "./tally_dialog.js";
import { leftToVote, openPolls, OWN_CHANNEL, peopleNamed, pollById, progressOf } from "../model/vote_state.js";
import { progressView } from "./vote_progress.js";
import { kindLine, paperLine, said, voters } from "../model/vote_words.js";
import { paperButton } from "../ballot/voted_document.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../model/vote_state.js").Progress} Progress */

const REMIND_EVERY_MS = 15_000;

/** @param {VotingContext} context @param {string} pollId */
export function openVoteSheet(context, pollId) {
  let shown = pollId;
  return context.keepDrawn(openSheet({
    title: t("chair.this_vote"),
    size: "vote-sheet",
    body: (sheet) => {
      const poll = pollById(context.room, shown);
      if (poll?.status !== "open") {
        queueMicrotask(() => sheet.close());
        return nothing;
      }
      return html`${chooser(context, shown, (id) => { shown = id; context.chairController.take(id); })}${openVoteView(context, poll, { leave: sheet.close })}`;
    },
  }));
}

/** @param {VotingContext} context @param {string} shown @param {(id: string) => void} choose When several are open: the vote that the bar ends. */
function chooser(context, shown, choose) {
  const open = openPolls(context.room);
  if (open.length < 2) return nothing;
  return html`<fieldset class="open-votes"><legend class="label">${t("chair.open_count", { n: open.length })}</legend>${open.map((one) => html`<label class="choice">
    <input type="radio" name="open-vote" .checked=${one.id === shown} @change=${() => choose(one.id)}><span>${one.title}</span></label>`)}</fieldset>`;
}

/**
 * The view of an open vote, shared by the dialog and the secretary's column.
 * @param {VotingContext} context @param {Poll} poll
 * @param {{step?: unknown, leave?: () => void}} around `step`: the button that ends it; `leave` closes the dialog to read the document
 */
export function openVoteView(context, poll, { step = nothing, leave = () => {} }) {
  const progress = progressOf(context.room, poll);
  const paper = paperOf(context.room, poll);
  return html`<div class="open-vote">
    <div><p class="vote-title">${poll.title}</p><p class="quiet">${kindLine(context.room, poll)}</p></div>
    ${progressView(context, poll, progress)}
    ${step}
    ${poll.rule.line ? html`<p class="quiet">${said(poll.rule.line)}.</p>` : nothing}
    ${paper ? html`<p class="so-far-paper" @click=${leave}>${paperLine(context.room, poll)} ${paperButton(context, poll, paper)}</p>` : nothing}
    ${progress.unconfirmed.length ? html`<div class="vote-part"><h3>${t("record.waiting_title")} <span class="num">${progress.unconfirmed.length}</span></h3>${unconfirmedList(context, poll)}</div>` : nothing}
    ${poll.method === "named" ? waitingPart(context, poll, progress) : nothing}
    ${tallyPart(context, poll)}
    <button type="button" class="btn plain danger wide" ?disabled=${waits(context)} @click=${() => openCancel(context, poll.id)}>${t("chair.cancel")}</button>
  </div>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {Progress} progress */
function waitingPart(context, poll, progress) {
  const left = leftToVote(progress);
  if (!progress.waiting.length || !left) return html`<p class="everybody">${icon("check", "small")}${t("chair.all_voted", { n: progress.present })}</p>`;
  const entered = new Set(progress.unconfirmed.map((one) => one.user_id));
  return html`<div class="vote-part"><h3>${count("chair.left_named", progress.waiting.length, { voters: voters(context.room) })}</h3>
    ${remindButton(context, poll, progress.waiting.length)}
    <ul class="rows waiting-people">${peopleNamed(context.room, progress.waiting).map((one) => html`<li class="row"><span class="grow">${one.display_name}</span>
      ${entered.has(one.user_id)
        ? html`<span class="chip small amber">${t("record.awaits")}</span>`
        : html`<button type="button" class="text-btn" aria-label=${t("record.for", { name: one.display_name })} ?disabled=${waits(context)} @click=${() => openRecord(context, poll.id, one.user_id)}>${t("record.verb")}</button>`}</li>`)}</ul></div>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {number} n */
function remindButton(context, poll, n) {
  const at = context.chairController.reminded.get(poll.id);
  const justNow = at !== undefined && context.serverClock.now() - at < REMIND_EVERY_MS;
  const remind = async () => {
    if (!orSay(await context.chairController.verbs.remind(poll))) return;
    context.chairController.reminded.set(poll.id, context.serverClock.now());
    toast(count("chair.reminded", n, { voters: voters(context.room) }));
    context.redraw();
  };
  return html`<button type="button" class="btn plain wide" ?disabled=${waits(context) || justNow} @click=${remind}>${icon("bell", "small")}
    <span>${at && justNow ? t("chair.reminded_at", { time: clock(new Date(at).toISOString()) }) : t("chair.remind")}</span></button>`;
}

/** @param {VotingContext} context @param {Poll} poll */
function tallyPart(context, poll) {
  const own = OWN_CHANNEL[poll.method];
  /** @type {("hands"|"paper")[]} */
  const channels = own ? [own] : ["hands", "paper"];
  const buttons = html`<div class="btn-row">${channels.map((channel) => html`<button type="button" class="btn ${own ? "ink wide" : "plain"}" ?disabled=${waits(context)}
    @click=${() => openTally(context, poll.id, channel)}>${t(own ? "tally.enter" : `tally.enter_${channel}`)}</button>`)}</div>`;
  if (own) return buttons;
  return html`<details class="other-ways"><summary>${icon("chevron-right", "small")}${t("tally.other_ways")}</summary><p class="quiet">${t("tally.other_ways_hint")}</p>${buttons}</details>`;
}
