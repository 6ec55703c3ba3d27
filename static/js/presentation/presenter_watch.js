/** Notifies chair and secretary when nobody presents: the presenter's last connection is lost, or was never there. */
import { t } from "../lib/words.js";
import { runsMeeting, underWay } from "../live/meeting_state.js";
import { presenterOf } from "../live/view_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */

/** Shorter absences (a page reload, a short network loss) are not reported. */
const LASTS_MS = 3000;

export class PresenterWatch {
  /** The absent presenter, and the start of the absence. @type {{id: string, since: number}|null} */ #absent = null;
  /** The presenter whose absence was dismissed. */ #dismissed = "";

  /** @param {(words: string) => void} say */
  constructor(say) {
    this.say = say;
  }

  /**
   * @param {Room} room @param {number} nowMs of a monotonic clock
   * @returns {string|null} the message; null: somebody presents, or this person is not notified
   */
  words(room, nowMs) {
    const holder = presenterOf(room);
    const id = holder?.id ?? "";
    if (!runsMeeting(room) || !underWay(room) || holder?.here || (holder && !room.presence)) {
      this.#absent = null;
      if (holder?.here) this.#dismissed = "";
      return null;
    }
    if (this.#absent?.id !== id) this.#absent = { id, since: nowMs };
    if (this.#dismissed === (id || "nobody") || nowMs - this.#absent.since < LASTS_MS) return null;
    const words = holder ? t(room.presence?.presenter === "lost" ? "room.presenter_left" : "room.presenter_absent", { name: holder.name }) : t("room.nobody_presents");
    this.say(words);
    return words;
  }

  /** @param {Room} room Dismisses the notice: the meeting continues without a presenter. */
  dismiss(room) {
    this.#dismissed = room.meeting.presenter || "nobody";
  }
}
