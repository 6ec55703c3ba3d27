/** Saves the room to the cache shortly after a change, so that a reload without a network can show it. */
import { boot, root } from "../lib/boot.js";
import { chosenTextSize, chosenTheme } from "../lib/ui/theme.js";
import { RoomCache } from "./room_cache.js";

/** @typedef {import("../live/room_state.js").Room} Room */

const AFTER_MS = 1500;

export class RoomSaver {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #stopped = false;

  /**
   * @param {{meetingId: string, room: () => Room|null, busy: () => boolean}} interfaces `room`: null when it is not
   *   current; `busy`: a stroke is in progress
   */
  constructor({ meetingId, room, busy }) {
    this.meetingId = meetingId;
    this.room = room;
    this.busy = busy;
    this.cache = new RoomCache(root);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.#timer !== undefined) this.#save();
    });
  }

  soon() {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.busy()) this.soon();
      else this.#save();
    }, AFTER_MS);
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const room = this.room();
    if (!room || this.#stopped) return;
    // Annotations are stored separately for each document; presence becomes stale quickly.
    const seen = { ...room, annotations: {}, presence: null };
    const looks = { theme: chosenTheme(), text_size: chosenTextSize() };
    void this.cache.keep({ meetingId: this.meetingId, at: Date.now(), boot: { ...boot, ...looks }, room: seen });
  }
}
