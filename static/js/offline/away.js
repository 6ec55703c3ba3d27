/** The room while the network is away: says so, shows what was kept on this device, and keeps what is seen now. */
import { boot } from "../lib/boot.js";
import { t } from "../lib/words.js";
import { RoomSaver } from "./room_saver.js";
import { installShell } from "./shell.js";

/** @typedef {import("./feature.js").OfflineNeeds} OfflineNeeds */
/** @typedef {import("../live/room_state.js").Room} Room */

/** A line that drops for less than this is not worth a word. */
const QUIET_LOSS_MS = 1500;

export class Away {
  /** @type {number|null} when the room on the screen was seen, while it is one kept on this device */ seenAt = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #losing;
  #installing = false;

  /** @param {OfflineNeeds} context @param {string} meetingId */
  constructor(context, meetingId) {
    this.context = context;
    this.meetingId = meetingId;
    this.saver = new RoomSaver({
      meetingId,
      room: () => (context.connection.connected ? context.connection.room : null),
      busy: () => context.busy,
    });
  }

  /** Joins; a page loaded without a network shows the room as it was last seen here until then. */
  async enter() {
    const { context } = this;
    const seen = boot.seen_at ? await this.saver.cache.of(this.meetingId) : null;
    if (seen) {
      this.seenAt = seen.at;
      context.setOnline(false);
      context.connection.resume(seen.room);
    }
    context.connection.open();
  }

  /** @param {Room} room */
  joined(room) {
    this.seenAt = null;
    if (room.me.user_id !== boot.user?.id) location.reload(); // Somebody else signed in on this device.
    if (!this.#installing) installShell(room.meeting.participants.length);
    this.#installing = true;
  }

  /** @param {boolean} online */
  lineIs(online) {
    const { context } = this;
    if (online) {
      clearTimeout(this.#losing);
      this.#losing = undefined;
      if (!context.online) context.announce(t("room.online_again"));
      context.setOnline(true);
    } else {
      // Attempts that fail tell of the same loss again; the first one counts.
      this.#losing ??= setTimeout(() => {
        context.setOnline(false);
        context.announce(t("room.offline"));
        context.redraw();
      }, QUIET_LOSS_MS);
    }
    context.redraw();
  }
}
