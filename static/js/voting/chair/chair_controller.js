/** The votes of this room on the tablet of who runs the meeting: its verbs, what is in hand, what opens by itself. */
import { t } from "../../lib/words.js";
import { runsMeeting } from "../../live/meeting_state.js";
import { VoteVerbs } from "./chair_actions.js";
import { openVerdict } from "./chair_verdict.js";
import { RecordedBallots } from "./record_waiting.js";
import { RuleList } from "../model/rule_list.js";
import { leftToVote, pollById, currentPoll, progressOf, stageOf } from "../model/vote_state.js";

/** @typedef {import("../feature.js").VotingContext} VotingContext */
/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */

export class ChairController {
  /** The open vote in hand, where several are open. @type {string|null} */ chosen = null;
  /** When those who had not sent were reminded, by vote. @type {Map<string, number>} */ reminded = new Map();
  /** Votes of which it was said that everybody has sent. @type {Set<string>} */ #complete = new Set();
  /** What was entered for members and waits. */ recorded = new RecordedBallots(() => this.context.redraw());
  /** A vote began: the secretary's column goes to it once it is drawn. */ #goToVote = false;
  /** The vote whose verdict lies on the screen. @type {string|null} */ showing = null;

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

  /** @returns {import("../../lib/schemas.d.ts").PollView|null} */
  get isCurrent() {
    return currentPoll(this.context.room, this.chosen);
  }

  /** @param {string} pollId */
  take(pollId) {
    this.chosen = pollId;
    this.context.redraw();
  }

  /** @param {Room} room @param {RoomEvent[]} events A verdict comes up by itself on the tablet of a chair. */
  roomChanged(room, events) {
    if (!runsMeeting(room)) return;
    for (const { type, data } of events) {
      this.#goToVote ||= type === "poll_opened";
      if (type !== "poll_closed" || room.me.role !== "chair") continue;
      const poll = pollById(room, data.poll.id);
      // Whoever is in the middle of something finds it on the strip.
      const free = !document.querySelector("dialog[open]");
      if (poll && free && ["closed", "tied"].includes(stageOf(poll))) openVerdict(this.context, poll.id);
    }
  }

  #showVote() {
    if (!this.#goToVote) return;
    this.#goToVote = false;
    const vote = this.context.find(".column .column-vote");
    // Whoever writes in the column is left alone.
    if (!vote?.parentElement?.querySelector("textarea:focus, input:focus")) vote?.scrollIntoView({ block: "start" });
  }

  /** @param {Room} room Says once, to who listens instead of looking, that nobody is waited for any more. */
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
