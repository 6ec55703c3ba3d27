/** Tells whoever runs the meeting that nobody presents: the presenter's last tablet left, or never came. */
import { t } from "../lib/words.js";
import { runsMeeting, underWay } from "../live/meeting_state.js";
import { presenterOf } from "../live/view_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */

/** A page that is loaded again, or a short loss of the network, is not worth a word. */
const LASTS_MS = 3000;

export class PresenterWatch {
  /** The presenter who is not here, and since when. @type {{id: string, since: number}|null} */ #missed = null;
  /** Of whom no word is wanted any more. */ #dismissed = "";

  /** @param {(words: string) => void} say */
  constructor(say) {
    this.say = say;
  }

  /**
   * @param {Room} room @param {number} nowMs of any steady clock
   * @returns {string|null} what to say of it; null: somebody presents, or nobody here has to know
   */
  words(room, nowMs) {
    const holder = presenterOf(room);
    const id = holder?.id ?? "";
    if (!runsMeeting(room) || !underWay(room) || holder?.here || (holder && !room.presence)) {
      this.#missed = null;
      if (holder?.here) this.#dismissed = "";
      return null;
    }
    if (this.#missed?.id !== id) this.#missed = { id, since: nowMs };
    if (this.#dismissed === (id || "nobody") || nowMs - this.#missed.since < LASTS_MS) return null;
    const words = holder ? t(room.presence?.presenter === "lost" ? "room.presenter_left" : "room.presenter_absent", { name: holder.name }) : t("room.nobody_presents");
    this.say(words);
    return words;
  }

  /** @param {Room} room Whoever was told wants to go on without a presenter. */
  dismiss(room) {
    this.#dismissed = room.meeting.presenter || "nobody";
  }
}
