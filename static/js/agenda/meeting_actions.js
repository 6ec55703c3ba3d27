/** The actions of the chair or secretary on the meeting's status and agenda. */
import { html } from "lit-html";
import { api } from "../lib/api.js";
import { confirmStep } from "../lib/ui/dialog.js";
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { askPauseUntil } from "./pause_dialog.js";
import { unfinishedView } from "./unfinished_view.js";

/** @typedef {import("./feature.js").AgendaNeeds} AgendaNeeds */

const UNDO_SECONDS = 8;

export class MeetingActions {
  /** @param {AgendaNeeds} context */
  constructor(context) {
    this.context = context;
    this.path = `/meetings/${context.meetingId}`;
  }

  /** @param {string} itemId */
  async moveTo(itemId) {
    const { context } = this;
    const before = context.room.meeting.current_item_id;
    if (!(await this.#moveTo(itemId))) return;
    const number = context.room.meeting.agenda.findIndex((item) => item.id === itemId) + 1;
    toast(t("room.moved_to", { number }), {
      seconds: UNDO_SECONDS,
      action: before ? { label: t("room.undo"), run: () => void this.#moveTo(before) } : undefined,
    });
  }

  /** @param {string} itemId */
  #moveTo(itemId) {
    return this.context.requests.run(() => api.put(`${this.path}/current-item`, { agenda_item_id: itemId }));
  }

  /** Opens the meeting after a confirmation that shows the attendance; the chair decides whether it suffices. */
  async open() {
    const sure = await confirmStep({
      title: t("room.open_question"), text: html`${this.context.parts("openQuestion")}<p>${t("room.open_text")}</p>`, verb: t("room.open"), tone: "room",
    });
    if (sure) await this.#status("in_session");
  }

  resume() {
    return this.#status("in_session");
  }

  /** Ends the meeting after a confirmation that lists open work. */
  async close() {
    const sure = await confirmStep({
      title: t("room.close_question"), text: html`${unfinishedView(this.context.parts("unfinished"))}<p>${t("room.close_text")}</p>`, verb: t("room.close"), tone: "room",
    });
    if (sure) await this.#status("closed");
  }

  /** Asks for the end of the pause, then pauses the meeting. */
  async pause() {
    const until = await askPauseUntil(this.context.serverClock, this.context.room.meeting.starts_at);
    if (until !== undefined) await this.#status("paused", until || null);
  }

  /** @param {string} status @param {string|null} [resumesAt] */
  #status(status, resumesAt) {
    const body = resumesAt ? { status, resumes_at: resumesAt } : { status };
    return this.context.requests.run(() => api.post(`${this.path}/status`, body));
  }
}
