/**
 * The API requests of chair and secretary for a vote. Each outcome states the result; the same action by another
 * person at the same moment is no failure.
 */
import { html } from "lit-html";
import { api, Problem, randomKey } from "../../lib/api.js";
import { confirmStep } from "../../lib/ui/dialog.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";

/** @typedef {import("../../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/**
 * Asks whether the server's clock is right, when the server doubts it; opens the poll then.
 * @param {unknown} error @param {(more: object) => Promise<any>} open
 */
async function confirmClock(error, open) {
  if (!(error instanceof Problem) || error.code !== "clock_doubtful") throw error;
  const right = await confirmStep({
    title: t("chair.clock_title"),
    text: html`<p>${error.message}</p><p>${t("chair.clock_hint")}</p>`,
    verb: t("chair.clock_right"),
  });
  if (!right) throw error;
  return open({ clock_confirmed: true });
}

/** @typedef {{done: boolean, answer?: any, problem?: Problem}} Outcome */

export class VoteVerbs {
  #busy = false;

  /** @param {{meetingId: string, changed: () => void}} options */
  constructor({ meetingId, changed }) {
    this.meetingId = meetingId;
    this.changed = changed;
  }

  /** Whether a request is in flight. */
  get busy() {
    return this.#busy;
  }

  /** @param {Poll} poll @param {string|null} reason for starting without a quorum @param {string} key idempotency key */
  start(poll, reason, key) {
    const body = { revision: poll.revision, ...(reason ? { override_reason: reason } : {}) };
    const open = (/** @type {object} */ more) => api.post(`/polls/${poll.id}/open`, { ...body, ...more }, { key });
    return this.#ask(() => open({}).catch((error) => confirmClock(error, open)), { poll_not_draft: "chair.started_elsewhere" });
  }

  /** @param {Poll} poll @param {string} key */
  end(poll, key) {
    return this.#ask(() => api.post(`/polls/${poll.id}/close`, undefined, { key }), { poll_not_open: "chair.ended_elsewhere" });
  }

  /** @param {Poll} poll @param {string} key */
  announce(poll, key) {
    return this.#ask(() => api.post(`/polls/${poll.id}/announce`, undefined, { key }), { poll_not_closed: "chair.announced_elsewhere" });
  }

  /** @param {Poll} poll @param {string} side @param {string} reason @param {string} key */
  rule(poll, side, reason, key) {
    return this.#ask(() => api.post(`/polls/${poll.id}/ruling`, { side, reason }, { key }), { ruling_not_needed: "chair.ruled_elsewhere" });
  }

  /** @param {Poll} poll @param {string} reason @param {string} key */
  cancel(poll, reason, key) {
    return this.#ask(() => api.post(`/polls/${poll.id}/cancel`, { reason }, { key }), {});
  }

  /** @param {Poll} poll */
  remind(poll) {
    return this.#ask(() => api.post(`/polls/${poll.id}/remind`), {});
  }

  /** @param {Poll} poll @param {{user_id:string, choice:string, reason:string}} entry @param {string} key */
  record(poll, entry, key) {
    return this.#ask(() => api.post(`/polls/${poll.id}/ballots/for-member`, entry, { key }), {});
  }

  /** @param {string} ballotId */
  confirm(ballotId) {
    return this.#ask(() => api.post(`/ballots/${ballotId}/confirm`), { not_found: "record.settled_elsewhere" });
  }

  /** @param {string} ballotId */
  discard(ballotId) {
    return this.#ask(() => api.del(`/ballots/${ballotId}`), { already_confirmed: "record.settled_elsewhere", not_found: "record.settled_elsewhere" });
  }

  /** @param {Poll} poll @param {object} tally @param {string} key */
  tally(poll, tally, key) {
    return this.#ask(() => api.post(`/polls/${poll.id}/tally`, tally, { key }), {});
  }

  /** @param {Poll} poll @param {object} facts */
  change(poll, facts) {
    return this.#ask(() => api.patch(`/polls/${poll.id}`, facts), {});
  }

  /** @param {string} documentId */
  publish(documentId) {
    return this.#ask(() => api.post(`/documents/${documentId}/publish`), {});
  }

  /** @param {object} question @param {string} key */
  prepare(question, key) {
    return this.#ask(() => api.post(`/meetings/${this.meetingId}/polls`, question, { key }), {});
  }

  /** @param {Poll} poll */
  remove(poll) {
    return this.#ask(() => api.del(`/polls/${poll.id}`), { not_found: "question.gone" });
  }

  /**
   * @param {() => Promise<any>} request
   * @param {Record<string, string>} meanwhile refusal code → the message that another person just did it
   * @returns {Promise<Outcome>}
   */
  async #ask(request, meanwhile) {
    if (this.#busy) return { done: false };
    this.#busy = true;
    this.changed();
    try {
      return { done: true, answer: await request() };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const words = meanwhile[error.code];
      if (!words) return { done: false, problem: error };
      toast(t(words));
      return { done: true };
    } finally {
      this.#busy = false;
      this.changed();
    }
  }
}

/** @param {Outcome} outcome Shows a refusal outside of a dialog. @returns {boolean} whether it succeeded */
export function orSay(outcome) {
  if (outcome.problem) sayProblem(outcome.problem);
  return outcome.done;
}

export { randomKey };
