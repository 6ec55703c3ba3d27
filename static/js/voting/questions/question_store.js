/**
 * The questions of the meeting in preparation: the server's last state, with local changes applied optimistically.
 * Fetches the state periodically, as the page's own store does.
 */
import { api, Problem } from "../../lib/api.js";
import { sayProblem } from "../../lib/ui/toast.js";

/** @typedef {import("../../lib/schemas.js").PollView} Poll */

const LATER_MS = 15_000;

export class QuestionStore {
  /** @type {Poll[]} */ polls = [];
  /** Whether the server has answered once. */ known = false;
  #changes = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;

  /** @param {string} meetingId @param {() => void} changed */
  constructor(meetingId, changed) {
    this.path = `/meetings/${meetingId}/polls`;
    this.order = `/meetings/${meetingId}/poll-order`;
    this.changed = changed;
  }

  start() {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) clearTimeout(this.#timer);
      else void this.refresh();
    });
    void this.refresh();
  }

  /** @param {string|null} itemId null: of the meeting itself @returns {Poll[]} */
  of(itemId) {
    return this.polls.filter((poll) => poll.agenda_item_id === itemId);
  }

  /** @returns {Poll[]} the questions not yet put to the vote, in order */
  get drafts() {
    return this.polls.filter((poll) => poll.status === "draft");
  }

  async refresh() {
    const asked = this.#changes;
    clearTimeout(this.#timer);
    try {
      const { items } = await api.get(this.path);
      if (asked === this.#changes) this.#put(items);
    } catch (error) {
      // A failed request is repeated by the next refresh; other errors propagate.
      if (!(error instanceof Problem)) throw error;
    } finally {
      if (!document.hidden) this.#timer = setTimeout(() => void this.refresh(), LATER_MS);
    }
  }

  /** @param {Poll[]} polls */
  #put(polls) {
    this.known = true;
    this.polls = [...polls].sort((a, b) => a.position - b.position);
    this.changed();
  }

  /**
   * Applies a change optimistically, sends the request, then fetches the state.
   * @param {((polls: Poll[]) => Poll[])|null} change @param {() => Promise<any>} request
   * @returns {Promise<{done: boolean, answer?: any, problem?: Problem}>}
   */
  async ask(change, request) {
    this.#changes += 1;
    if (change) this.#put(change(this.polls));
    try {
      return { done: true, answer: await request() };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { done: false, problem: error };
    } finally {
      this.#changes += 1;
      await this.refresh();
    }
  }

  /** @param {string[]} ids all questions not yet put to the vote, in the new order */
  async reorder(ids) {
    const places = this.drafts.map((poll) => poll.position);
    const at = new Map(ids.map((id, index) => [id, places[index] ?? 0]));
    const outcome = await this.ask(
      (polls) => polls.map((poll) => ({ ...poll, position: at.get(poll.id) ?? poll.position })),
      () => api.put(this.order, { ids }),
    );
    if (outcome.problem) sayProblem(outcome.problem);
    return outcome.done;
  }
}
