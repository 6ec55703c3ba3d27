/**
 * This person's votes in the room: the visible card, the choices made and sent, announcements and focus. The card
 * is drawn from this state; the outbox sends the ballots.
 */
import { api, randomKey } from "../../lib/api.js";
import { boot, root } from "../../lib/boot.js";
import { toast } from "../../lib/ui/toast.js";
import { lang, t } from "../../lib/words.js";
import { runsMeeting } from "../../live/meeting_state.js";
import { BallotOutbox } from "./ballot_outbox.js";
import { isWaiting } from "./ballot_sending.js";
import { CardMarks } from "./card_marks.js";
import { cardOf, endedPolls, endOf, isWithheld, keptBallot, openPolls, standOf, verdictToShow } from "./card_model.js";
import { stateLine } from "./card_words.js";
import { ballotsChannel, openBallots } from "../model/storage.js";
import { OwnBallotCheck } from "./own_ballot_check.js";
import { seeMore } from "./open_card.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */
/** @typedef {import("./card_model.js").Card} Card */
/** @typedef {{card: Card|null, bars: Card[], verdict: Poll|null}} Shown */

const REMIND_FOR_MS = 15_000;
const VIBRATION_MS = [160, 90, 160];
const DIALOG_CLOSES_MS = 600;

export class BallotController {
  /** @type {BallotOutbox|null} */ #outbox = null;
  /** @type {Set<string>} */ #open = new Set();
  /** @type {Set<string>} votes that ended while this page was open */ #saw = new Set();
  /** @type {Set<string>} votes whose end was passed to the outbox */ #closedInOutbox = new Set();
  /** @type {string|null} the open vote shown last */ #front = null;
  /** @type {{pollId: string, until: number}|null} */ #reminder = null;
  #left = false;
  /** @type {string|null} selector of the element to focus after the next draw */ #focus = null;
  /** True between a press on "send" and the moment the choice is stored on this device. */
  handingOver = false;

  /** @param {import("../room_instance.js").BallotNeeds} context */
  constructor(context) {
    this.context = context;
    this.meetingId = context.meetingId;
    this.marks = new CardMarks(context.tabMemory, context.meetingId);
    this.ownCheck = new OwnBallotCheck({ userId: boot.user?.id ?? "", withWatch: (go) => context.logAlarm.withWatch(go), changed: () => context.redraw() });
  }

  async start() {
    this.context.afterDraw.add(() => this.#drawn());
    const me = boot.user?.id ?? "-";
    const channel = "BroadcastChannel" in globalThis ? ballotsChannel(root, me) : null;
    const records = await openBallots(root, me);
    if (this.#left) return;
    this.#outbox = new BallotOutbox({ records, api, newKey: randomKey, channel });
    this.#outbox.subscribe((pollId) => this.#ballotChanged(pollId));
    await this.#outbox.start();
    this.#closeInOutbox();
    if (this.context.connection.room) this.#checkOwnBallot(this.context.room);
    this.context.redraw();
  }

  /** @param {Room} room @param {RoomEvent[]} events */
  roomChanged(room, events) {
    const open = new Set(openPolls(room).map((poll) => poll.id));
    for (const id of this.#open) if (!open.has(id)) this.#ended(room, id);
    const fresh = openPolls(room).filter((poll) => !this.#open.has(poll.id));
    this.#open = open;
    if (events.some((event) => event.type === "current_item_changed")) this.#dismissVerdict();
    for (const poll of fresh) this.#began(room, poll);
    for (const event of events) {
      // Results and rulings after the end of a vote are announced as they arrive.
      if (event.type === "poll_ruled" || event.type === "poll_announced") this.#announceVerdict(event.data.poll);
    }
    this.#closeInOutbox();
    this.#checkOwnBallot(room);
  }

  /** After a rejoin: sends a pending ballot at once. */
  joined() {
    this.#outbox?.hurry();
  }

  /** @param {RoomEvent} event an event of the user stream */
  own(event) {
    if (event.type !== "vote_reminded" || event.data.meeting_id !== this.meetingId) return;
    const card = this.#cards().find((one) => one.poll.id === event.data.poll_id);
    if (!card || !["choosing", "chosen", "by_hand"].includes(card.stage)) return;
    this.#reminder = { pollId: card.poll.id, until: Date.now() + REMIND_FOR_MS };
    this.grow(card.poll.id);
    this.context.announce(t("vote.reminder"));
    // Browsers warn about vibration before the first user interaction.
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(VIBRATION_MS);
  }

  /** @returns {Shown} */
  shown() {
    const cards = this.#cards();
    const front = cards.find((one) => one.poll.id === this.#front) ?? cards[0] ?? null;
    const card = front && !this.#isSmall(front) ? front : null;
    // A chair or secretary without a vote sees it in the bar or column, and the verdict in a dialog.
    const apart = runsMeeting(this.context.room) && !this.context.room.me.entitled_to_vote;
    const bars = cards.filter((one) => one !== card && !(apart && one.stage === "watching"));
    const marks = { saw: (/** @type {string} */ id) => this.#saw.has(id), gone: (/** @type {string} */ id) => this.marks.isGone(id) };
    const verdict = cards.length || runsMeeting(this.context.room) ? null : verdictToShow(this.context.room, this.context.serverClock.now(), marks);
    return { card, bars, verdict };
  }

  /** Whether the card of an open vote covers the page; a verdict leaves the page usable. */
  get covers() {
    return this.shown().card !== null;
  }

  /** @param {string} pollId the state of the ballot sent from this device */
  view(pollId) {
    return this.#outbox?.view(pollId) ?? null;
  }

  /** Whether a ballot is unsent or in flight. */
  get waits() {
    return this.#outbox?.waits ?? false;
  }

  /** @param {string} pollId */
  remindedOf(pollId) {
    return this.#reminder?.pollId === pollId && Date.now() < this.#reminder.until;
  }

  /** @param {string} pollId @param {string} key */
  choose(pollId, key) {
    this.marks.choose(pollId, key);
    this.context.redraw();
  }

  /** @param {string} pollId */
  chooseAgain(pollId) {
    this.marks.choose(pollId, null);
    this.#focusOn(".vote-choice input");
  }

  /** @param {Card} card Sends the chosen option as a ballot. */
  async sendBallot({ poll, choice, ballot }) {
    if (!this.#outbox || !choice || this.handingOver) return;
    this.handingOver = true;
    this.context.redraw();
    try {
      const revision = ballot?.revision ?? 0;
      await this.#outbox.sendBallot({ pollId: poll.id, meetingId: this.meetingId, choice, allowChange: poll.allow_change, revision });
      this.marks.choose(poll.id, null);
      this.marks.change(poll.id, false);
    } finally {
      this.handingOver = false;
      this.#focusOn(".vote-own");
    }
  }

  /** @param {string} pollId Starts a new choice to replace the recorded one. */
  changeBallot(pollId) {
    this.marks.change(pollId, true);
    this.#focusOn(".vote-choice input");
  }

  /** @param {string} pollId */
  keepBallot(pollId) {
    this.marks.change(pollId, false);
    this.marks.choose(pollId, null);
    this.#focusOn(".vote-own");
  }

  /** @param {string} pollId Collapses the card to a bar. */
  shrink(pollId) {
    this.marks.putSmall(pollId, true);
    this.#focusOn(`.vote-bar[data-poll="${pollId}"]`);
  }

  /** @param {string} pollId */
  grow(pollId) {
    this.#front = pollId;
    this.marks.putSmall(pollId, false);
    this.#focusOn(".vote-question");
  }

  /** @param {Poll} poll Dismisses its verdict. */
  putAway(poll) {
    this.marks.putAway(endOf(poll));
    this.#focusOn(".desk > [tabindex]");
  }

  /** @param {Poll} poll The chair or secretary has read the verdict elsewhere: it is not shown again. */
  hasRead(poll) {
    this.marks.putAway(endOf(poll));
    this.context.redraw();
  }

  /** @param {KeyboardEvent} event */
  keyOnCard(event) {
    if (event.key !== "Escape") return;
    const { card, verdict } = this.shown();
    if (card) this.shrink(card.poll.id);
    else if (verdict) this.putAway(verdict);
  }

  /** This person leaves the room: stops sending. */
  leave() {
    this.#left = true;
    this.#outbox?.stop();
  }

  /**
   * @returns {Card[]} empty until the outbox is loaded. A chair or secretary sees votes and verdicts in the
   *   bar or column, and a card only for their own vote.
   */
  #cards() {
    if (!this.#outbox) return [];
    const { room } = this.context;
    const cards = openPolls(room).map((poll) => cardOf(room, poll, this.view(poll.id), this.marks.of(poll.id)));
    return runsMeeting(room) ? cards.filter((card) => card.stage !== "watching") : cards;
  }

  /** @param {Card} card */
  #isSmall({ poll, stage }) {
    return this.marks.isSmall(poll.id) ?? stage === "watching";
  }

  /** @param {Room} room @param {import("./card_model.js").OpenPoll} poll */
  #began(room, poll) {
    this.#front = poll.method === "named" ? poll.id : this.#front;
    this.context.announce(t("vote.began_said", { title: poll.title }));
    if (this.marks.isSmall(poll.id) || standOf(room, poll) === "watcher") return;
    if (this.context.behind) this.context.drawer.toggle();
    // The dialog that opened the vote closes first.
    setTimeout(() => this.#notifyOverDialog(poll.id), DIALOG_CLOSES_MS);
    this.#focusOn(".vote-question");
  }

  /** @param {string} pollId If a dialog hides the card, shows a notice with a button that closes the dialog. */
  #notifyOverDialog(pollId) {
    const dialog = /** @type {HTMLDialogElement|null} */ (document.querySelector("dialog[open]"));
    if (!dialog || !this.#open.has(pollId)) return;
    toast(t("vote.began"), { action: { label: t("vote.back_to_vote"), run: () => dialog.close() } });
  }

  /** @param {Room} room @param {string} id */
  #ended(room, id) {
    const poll = room.polls.find((one) => one.id === id);
    if (!poll) return;
    this.#saw.add(id);
    this.#announceVerdict(poll);
    this.#focusOn(".verdict-heading");
  }

  /** @param {Poll} poll */
  #announceVerdict(poll) {
    const { title, status, result, ending } = poll;
    if (isWithheld(poll)) return this.context.announce(t("vote.withheld_said", { title }));
    const words = lang === "en" ? result?.en : result?.vi;
    if (!words || status !== "closed") return this.context.announce(t("vote.cancelled_said", { title }));
    this.context.announce(ending.announced_at ? words.announcement : `${words.heading}. ${words.arithmetic}`);
  }

  /** The current item changed: dismisses the verdict, so that it does not cover the item's documents. */
  #dismissVerdict() {
    const { verdict } = this.shown();
    if (verdict && verdict.result?.verdict !== "tie_needs_ruling") this.marks.putAway(endOf(verdict));
  }

  /** Notifies the outbox of votes that are over: their pending ballots are not sent. */
  #closeInOutbox() {
    if (!this.#outbox) return;
    for (const { id, status } of this.context.connection.room?.polls ?? []) {
      if (status === "open" || status === "draft" || this.#closedInOutbox.has(id) || !isWaiting(this.view(id))) continue;
      this.#closedInOutbox.add(id);
      void this.#outbox.pollClosed(id);
    }
  }

  /** @param {string} pollId The state of a sent ballot changed. */
  #ballotChanged(pollId) {
    this.#closeInOutbox();
    const card = this.context.connection.room && this.#cards().find((one) => one.poll.id === pollId);
    if (card) this.context.announce(stateLine(card));
    this.context.redraw();
  }

  /** @param {Room} room Checks this person's ballot of the vote that ended last against the log. */
  #checkOwnBallot(room) {
    const [latest] = this.#outbox ? endedPolls(room) : [];
    const own = latest && keptBallot(room, latest.id, this.view(latest.id));
    if (latest?.closed_at && own?.receipt) this.ownCheck.start(latest, { choice: own.choice, receipt: own.receipt });
  }

  /** @param {string} css */
  #focusOn(css) {
    this.#focus = css;
    this.context.redraw();
  }

  #drawn() {
    seeMore(this.context.find(".vote-text"));
    this.#moveFocus();
  }

  /** Moves the focus, unless it is in a text field or a dialog. */
  #moveFocus() {
    // Cards are drawn once the outbox is loaded; a vote may be under way before.
    if (!this.#focus || !this.#outbox) return;
    const target = /** @type {HTMLElement|null} */ (this.context.find(this.#focus));
    this.#focus = null;
    const at = document.activeElement;
    if (at?.closest("dialog, textarea, input:not([type=radio], [type=range])")) return;
    target?.focus({ preventScroll: true });
  }
}
