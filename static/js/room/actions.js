/** What the people who run the meeting do to it, through the API; failures are said in words. */
import { html } from "lit-html";
import { api } from "../lib/api.js";
import { confirmStep } from "../lib/dialog.js";
import { sayProblem, toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { askPauseUntil } from "./pause_dialog.js";
import { quorumLine } from "./quorum_line.js";
import { unfinishedView } from "./unfinished_view.js";

/** @typedef {import("../live/room_state.js").Room} Room */

const UNDO_SECONDS = 8;

export class Actions {
  #busy = false;

  /**
   * @param {{meetingId: string, room: () => Room, hall: import("./clock.js").HallClock, changed: () => void}} options
   */
  constructor({ meetingId, room, hall, changed }) {
    this.path = `/meetings/${meetingId}`;
    this.room = room;
    this.hall = hall;
    this.changed = changed;
  }

  /** Whether an answer is awaited; the buttons that change the meeting wait with it. */
  get busy() {
    return this.#busy;
  }

  /** @param {string} itemId */
  async moveTo(itemId) {
    const before = this.room().meeting.current_item_id;
    if (!(await this.#do(() => api.put(`${this.path}/current-item`, { agenda_item_id: itemId })))) return;
    const number = this.room().meeting.agenda.findIndex((item) => item.id === itemId) + 1;
    toast(t("room.moved_to", { number }), {
      seconds: UNDO_SECONDS,
      action: before ? { label: t("room.undo"), run: () => void this.#backTo(before) } : undefined,
    });
  }

  /** @param {string} itemId */
  #backTo(itemId) {
    return this.#do(() => api.put(`${this.path}/current-item`, { agenda_item_id: itemId }));
  }

  /** Opens the meeting, after one clear step that says who is here; whether that is enough is the chair's to judge. */
  async open() {
    const sure = await confirmStep({
      title: t("room.open_question"), text: html`${quorumLine(this.room())}<p>${t("room.open_text")}</p>`, verb: t("room.open"), tone: "room",
    });
    if (sure) await this.#status("in_session");
  }

  resume() {
    return this.#status("in_session");
  }

  /** Ends the meeting, after one clear step that names what is still open. */
  async close() {
    const sure = await confirmStep({
      title: t("room.close_question"), text: html`${unfinishedView(this.room())}<p>${t("room.close_text")}</p>`, verb: t("room.close"), tone: "room",
    });
    if (sure) await this.#status("closed");
  }

  /** Asks until when, then pauses. */
  async pause() {
    const until = await askPauseUntil(this.hall, this.room().meeting.starts_at);
    if (until !== undefined) await this.#status("paused", until || null);
  }

  /** @param {string} userId @param {string} name */
  async handPresentation(userId, name) {
    const before = this.room().meeting.presenter;
    if (!(await this.#do(() => api.put(`${this.path}/presenter`, { user_id: userId })))) return;
    const undo = before ? { label: t("room.undo"), run: () => void this.#giveBack(before) } : undefined;
    const own = userId === this.room().me.user_id;
    toast(own ? t("room.presenter_is_me") : t("room.presenter_is", { name }), { seconds: UNDO_SECONDS, action: undo });
  }

  /** @param {string} userId */
  #giveBack(userId) {
    return this.#do(() => api.put(`${this.path}/presenter`, { user_id: userId }));
  }

  /** @param {boolean} allowed whether members may write what the whole room sees */
  async letMembersWrite(allowed) {
    if (await this.#do(() => api.patch(this.path, { member_writing: allowed }))) toast(t(allowed ? "room.member_writing_on" : "room.member_writing_off"));
  }

  /** @param {string} userId @param {string} name @param {boolean} muted kept from writing for the whole room until this is lifted */
  async mute(userId, name, muted) {
    if (!(await this.#mute(userId, muted))) return;
    const undo = { label: t("room.undo"), run: () => void this.#mute(userId, !muted) };
    toast(t(muted ? "room.muted" : "room.unmuted", { name }), { seconds: UNDO_SECONDS, action: undo });
  }

  /** @param {string} userId @param {boolean} muted */
  #mute(userId, muted) {
    return this.#do(() => api.put(`${this.path}/writing/${userId}`, { muted }));
  }

  /** @param {string} status @param {string|null} [resumesAt] */
  #status(status, resumesAt) {
    const body = resumesAt ? { status, resumes_at: resumesAt } : { status };
    return this.#do(() => api.post(`${this.path}/status`, body));
  }

  /** @param {() => Promise<unknown>} request @returns {Promise<boolean>} whether it was done */
  async #do(request) {
    if (this.#busy) return false;
    this.#busy = true;
    this.changed();
    try {
      await request();
      return true;
    } catch (error) {
      sayProblem(error);
      return false;
    } finally {
      this.#busy = false;
      this.changed();
    }
  }
}
