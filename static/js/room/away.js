/** The room while the network is away: says so, shows what was kept on this device, and keeps what is seen now. */
import { boot } from "../lib/boot.js";
import { t } from "../lib/words.js";
import { RoomSaver } from "../offline/room_saver.js";
import { installShell } from "../offline/shell.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */
/** @typedef {import("../live/room_state.js").Room} Room */

/** A line that drops for less than this is not worth a word. */
const QUIET_LOSS_MS = 1500;

export class Away {
  /** @type {number|null} when the room on the screen was seen, while it is one kept on this device */ seenAt = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #losing;
  #installing = false;

  /** @param {RoomApp} app @param {string} meetingId */
  constructor(app, meetingId) {
    this.app = app;
    this.meetingId = meetingId;
    this.saver = new RoomSaver({
      meetingId,
      room: () => (app.connection.connected ? app.connection.room : null),
      busy: () => app.viewer.ink?.atWork ?? false,
    });
  }

  /** Joins; a page loaded without a network shows the room as it was last seen here until then. */
  async enter() {
    const { app } = this;
    const seen = boot.seen_at ? await this.saver.cache.of(this.meetingId) : null;
    if (seen) {
      this.seenAt = seen.at;
      app.online = false;
      app.connection.resume(seen.room);
    }
    app.connection.open();
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
    const { app } = this;
    if (online) {
      clearTimeout(this.#losing);
      this.#losing = undefined;
      if (!app.online) app.announcer.say(t("room.online_again"));
      app.online = true;
    } else {
      app.reading.dropped();
      // Attempts that fail tell of the same loss again; the first one counts.
      this.#losing ??= setTimeout(() => {
        app.online = false;
        app.announcer.say(t("room.offline"));
        app.draw();
      }, QUIET_LOSS_MS);
    }
    app.draw();
  }
}
