/** Votes in the room: the voter's card, the steps of the chair or secretary, and the watched vote log. */
import { html, nothing } from "lit-html";
import { boot, root } from "../lib/boot.js";
import { confirmStep } from "../lib/ui/dialog.js";
import { extended } from "../lib/extended.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { underWay } from "../live/meeting_state.js";
import { openCancel } from "./chair/chair_cancel.js";
import { endedVoteBar, openVoteBar, votePrimary } from "./chair/chair_bar_vote.js";
import { ChairController } from "./chair/chair_controller.js";
import { eraseBallots } from "./model/storage.js";
import { LogAlarm } from "./vote_log/log_alarm.js";
import { pollsOver, resultLinks } from "./chair/result_links.js";
import { voteColumn, currentVote } from "./chair/vote_column.js";
import { voteLayer } from "./ballot/vote_layer.js";
import { openVoteList } from "./chair/vote_list.js";
import { endedNotAnnounced, meetingStepOf, questionsLeft, resultsLeft } from "./model/vote_state.js";
import { BallotController } from "./ballot/ballot_controller.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"room"|"online"|"waits"|"behind"|"serverClock"|"tabMemory"
 *   |"drawer"|"afterDraw"|"redraw"|"announce"|"find"|"keepDrawn"|"reading">
 *   & import("../room/feature.js").ConnectionOf<"room">} VotingNeeds
 * @typedef {VotingNeeds & {logAlarm: LogAlarm}} BallotNeeds
 * @typedef {BallotNeeds & {voting: BallotController, chairController: ChairController}} VotingContext
 * @typedef {import("../room/feature.js").FeatureInstance} FeatureInstance
 */

/** @param {VotingNeeds} context @returns {FeatureInstance} */
export function create(context) {
  /** @type {VotingContext} */
  const own = extended(context, /** @type {Pick<VotingContext, "logAlarm"|"voting"|"chairController">} */ ({}));
  own.logAlarm = new LogAlarm(context.meetingId);
  own.chairController = new ChairController(own);
  own.voting = new BallotController(own);
  return { ...hooksOf(own), chairStep: () => stepOf(own), regions: regionsOf(own) };
}

/** @param {VotingContext} context @returns {FeatureInstance} */
function hooksOf(context) {
  const { voting: ballotController, chairController, logAlarm: alarm } = context;
  return {
    start: () => ballotController.start(),
    onRoomEvents: (room, _why, events) => {
      alarm.heard(events);
      chairController.roomChanged(room, events);
      ballotController.roomChanged(room, events);
    },
    onJoined: () => {
      ballotController.joined();
      alarm.joined();
    },
    onOwnEvent: (event) => ballotController.own(event),
    onChanged: (room) => chairController.votesMoved(room),
    coversPage: () => ballotController.covers,
    mustEndFirst: () => (chairController.isCurrent ? t("chair.end_first") : null),
    mayLeave: async () => !ballotController.waits || (await leaveBallot()) === true,
    leave: (why) => {
      if (why === "refused") return undefined;
      ballotController.leave();
      return boot.user ? eraseBallots(root, boot.user.id) : undefined;
    },
  };
}

/** Confirms leaving while a ballot is unsent: signing out would lose it. */
function leaveBallot() {
  return confirmStep({ title: t("vote.waits_question"), text: html`<p>${t("vote.waits_text")}</p>`, verb: t("room.sign_out") });
}

/** @param {VotingContext} context @returns {import("../room/feature.js").ChairStep|null} */
function stepOf(context) {
  const step = meetingStepOf(context.room, context.chairController.chosen);
  if (!step) return null;
  const facts = { step: step.step, urgency: step.urgency, button: () => votePrimary(context, step) };
  if (step.step === "start_vote") return { ...facts, tone: "starting" };
  return { ...facts, tone: "voting", bar: () => (step.step === "end_vote" ? openVoteBar : endedVoteBar)(context, step.poll) };
}

/** @param {VotingContext} context @returns {import("../room/feature.js").Regions} */
function regionsOf(context) {
  return {
    overlay: [{ at: 10, view: () => voteLayer(context) }],
    agendaItem: [{ at: 10, view: (itemId) => resultLinks(pollsOver(context.room, itemId)) }],
    sideColumn: [
      { at: 5, view: () => currentVote(context) },
      { at: 20, view: () => voteColumn(context) },
    ],
    runSheet: [
      { at: 20, view: (close) => html`<button type="button" class="btn plain tall wide" @click=${() => { close(); openVoteList(context); }}>${icon("vote")}${t("chair.votes")}</button>` },
      { at: 60, view: (close) => (underWay(context.room) ? cancelPart(context, close) : nothing) },
    ],
    unfinished: [
      { at: 10, view: () => ({ words: "room.unfinished_results", titles: resultsLeft(context.room) }) },
      { at: 15, view: () => ({ words: "room.unfinished_questions", titles: questionsLeft(context.room) }) },
    ],
  };
}

/** @param {VotingContext} context @param {() => void} close Cancels a vote that is open or not yet announced. */
function cancelPart(context, close) {
  const poll = context.chairController.isCurrent ?? endedNotAnnounced(context.room);
  if (!poll) return nothing;
  return html`<h3>${t("chair.this_one")}</h3><p>${poll.title}</p>
    <button type="button" class="btn plain danger tall wide" @click=${() => { close(); openCancel(context, poll.id); }}>${icon("x")}${t(poll.status === "open" ? "chair.cancel" : "chair.cancel_result")}</button>`;
}
