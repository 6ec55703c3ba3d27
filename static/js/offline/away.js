/** Offline mode of the room: announces it, shows the cached room, and saves the current room. */
import { boot } from "../lib/boot.js";
import { t } from "../lib/words.js";
import { RoomSaver } from "./room_saver.js";
import { installShell } from "./shell.js";

/** @typedef {import("./feature.js").OfflineNeeds} OfflineNeeds */
/** @typedef {import("../live/room_state.js").Room} Room */

/** Connection losses shorter than this are not shown. */
const QUIET_LOSS_MS = 1500;

export class Away {
  /** @type {number|null} ms since 1970 when the cached room was saved; null: the room is current */ seenAt = null;
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

  /** Opens the connection. A page loaded without a network shows the cached room until the room is joined. */
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
    if (room.me.user_id !== boot.user?.id) location.reload(); // Another user signed in on this device.
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
      // Failed reconnections report the same loss again; only the first report starts the timer.
      this.#losing ??= setTimeout(() => {
        context.setOnline(false);
        context.announce(t("room.offline"));
        context.redraw();
      }, QUIET_LOSS_MS);
    }
    context.redraw();
  }
}
