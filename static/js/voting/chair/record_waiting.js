/**
 * Ballots entered for members that await the second person: choice, author and reason, to confirm or to discard.
 * The person who entered a ballot cannot confirm it.
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { api, Problem } from "../../lib/api.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { orSay } from "./chair_actions.js";
import { waits } from "./waits.js";
import { nameOf, progressOf } from "../model/vote_state.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/schemas.js").Unconfirmed} Unconfirmed */
/** @typedef {import("../../lib/schemas.js").RecordedBallot} Recorded */

/** Details of entered ballots, fetched when shown; ephemeral messages never contain them. A changed entry has a new id. */
export class RecordedBallots {
  /** @type {Map<string, Recorded|"asked"|"failed">} */ #known = new Map();

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {string} ballotId @returns {Recorded|null} null while it is being fetched */
  get(ballotId) {
    const known = this.#known.get(ballotId);
    if (known === undefined || known === "failed") void this.#ask(ballotId);
    return typeof known === "object" ? known : null;
  }

  /** @param {string} ballotId */
  async #ask(ballotId) {
    const again = this.#known.get(ballotId) === "failed";
    this.#known.set(ballotId, "asked");
    if (again) await new Promise((done) => setTimeout(done, 2000));
    try {
      this.#known.set(ballotId, await api.get(`/ballots/${ballotId}`));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // The ballot is settled, or the connection is down: fetched again while it is shown.
      this.#known.set(ballotId, error.status === 404 ? "asked" : "failed");
    }
    this.changed();
  }
}

/** @param {VotingContext} context @param {Poll} poll */
export function unconfirmedList(context, poll) {
  const { unconfirmed, waiting } = progressOf(context.room, poll);
  return html`<ul class="unconfirmed">${repeat(unconfirmed, (one) => one.ballot_id, (one) => waitingView(context, poll, one, !waiting.includes(one.user_id)))}</ul>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {Unconfirmed} one @param {boolean} sent whether the person has voted on a device since, so that the entry is obsolete */
function waitingView(context, poll, one, sent) {
  const name = nameOf(context.room, one.user_id);
  const entered = context.chairController.recorded.get(one.ballot_id);
  const own = one.entered_by === context.room.me.user_id;
  const choice = poll.options.find((option) => option.key === entered?.choice)?.label ?? "…";
  const confirm = async () => {
    if (orSay(await context.chairController.verbs.confirm(one.ballot_id))) toast(t("record.confirmed", { name }));
  };
  const discard = async () => {
    if (orSay(await context.chairController.verbs.discard(one.ballot_id))) toast(t("record.discarded", { name }));
  };
  return html`<li class="recorded-one">
    <p class="recorded-name"><b>${name}</b><span class="recorded-choice">${choice}</span></p>
    <p class="quiet">${entered ? t(own ? "record.entered_here" : "record.entered_by", { name: entered.entered_by.name, reason: entered.reason }) : t("record.loading")}</p>
    <div class="btn-row">
      ${sent || own ? html`<p class="grow quiet">${t(sent ? "record.voted_since" : "record.second_needed")}</p>` : nothing}
      <button type="button" class="btn plain" aria-label=${t(own ? "record.take_back_of" : "record.discard_of", { name })} ?disabled=${waits(context) || !entered} @click=${discard}>${t(own ? "record.take_back" : "record.discard")}</button>
      ${own || (sent && !poll.allow_change) ? nothing : html`<button type="button" class="btn ink" aria-label=${t("record.confirm_of", { name, choice })} ?disabled=${waits(context) || !entered} @click=${confirm}>${t("record.confirm")}</button>`}
    </div></li>`;
}
