/** The state of the room's votes for chair and secretary: requests, the chosen vote, the dialogs that open automatically. */
import { t } from "../../lib/words.js";
import { runsMeeting } from "../../live/meeting_state.js";
import { VoteVerbs } from "./chair_actions.js";
import { openVerdict } from "./chair_verdict.js";
import { RecordedBallots } from "./record_waiting.js";
import { RuleList } from "../model/rule_list.js";
import { leftToVote, pollById, currentPoll, progressOf, stageOf } from "../model/vote_state.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */

export class ChairController {
  /** The chosen vote, when several are open. @type {string|null} */ chosen = null;
  /** Time of the last reminder, by vote. @type {Map<string, number>} */ reminded = new Map();
  /** Votes announced as complete: everybody has sent. @type {Set<string>} */ #complete = new Set();
  /** Ballots entered for members that await confirmation. */ recorded = new RecordedBallots(() => this.context.redraw());
  /** A vote opened: after the next draw the secretary's column scrolls to it. */ #goToVote = false;
  /** The vote whose verdict dialog is open. @type {string|null} */ showing = null;

  /** @param {VotingContext} context */
  constructor(context) {
    const { meetingId } = context;
    this.context = context;
    this.verbs = new VoteVerbs({ meetingId, changed: () => context.redraw() });
    this.rules = new RuleList(meetingId, () => context.redraw());
    context.afterDraw.add(() => this.#showVote());
  }

  get busy() {
    return this.verbs.busy;
  }

  /** @returns {import("../../lib/schemas.js").PollView|null} */
  get isCurrent() {
    return currentPoll(this.context.room, this.chosen);
  }

  /** @param {string} pollId */
  take(pollId) {
    this.chosen = pollId;
    this.context.redraw();
  }

  /** @param {Room} room @param {RoomEvent[]} events On a chair's device the verdict opens automatically. */
  roomChanged(room, events) {
    if (!runsMeeting(room)) return;
    for (const { type, data } of events) {
      this.#goToVote ||= type === "poll_opened";
      if (type !== "poll_closed" || room.me.role !== "chair") continue;
      const poll = pollById(room, data.poll.id);
      // With another dialog open, the verdict is only in the bar.
      const free = !document.querySelector("dialog[open]");
      if (poll && free && ["closed", "tied"].includes(stageOf(poll))) openVerdict(this.context, poll.id);
    }
  }

  #showVote() {
    if (!this.#goToVote) return;
    this.#goToVote = false;
    const vote = this.context.find(".column .column-vote");
    // Does not scroll while a text field in the column has the focus.
    if (!vote?.parentElement?.querySelector("textarea:focus, input:focus")) vote?.scrollIntoView({ block: "start" });
  }

  /** @param {Room} room Announces once to screen readers that everybody has sent. */
  votesMoved(room) {
    if (!runsMeeting(room)) return;
    for (const poll of room.polls) {
      if (poll.status !== "open" || this.#complete.has(poll.id)) continue;
      const progress = progressOf(room, poll);
      if (!progress.present || leftToVote(progress) || progress.unconfirmed.length) continue;
      this.#complete.add(poll.id);
      this.context.announce(t("chair.all_voted", { n: progress.present }));
    }
  }
}
