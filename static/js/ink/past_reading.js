/** Reading an earlier version of the paper on the desk, for what is written on it; and whether a person wants word of it. */
import { api } from "../lib/api.js";
import { ask } from "../lib/asking.js";
import { toast } from "../lib/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("../lib/schemas.js").VersionView} Version */

export class PastReading {
  /** Papers and versions whose reminder was put away. @type {Set<string>} */ #away = new Set();

  /** @param {RoomApp} app */
  constructor(app) {
    this.app = app;
  }

  /** @returns {Version|null} the earlier version on the desk */
  get version() {
    return this.app.reading.past;
  }

  /** @returns {number} the version whose text is read; while an earlier one is looked up, the one to come back to */
  get current() {
    const { shown } = this.app;
    return (this.version ? shown?.paper.current_version : shown?.place.version) ?? 0;
  }

  /** @param {number} number of a version of the paper on the desk @param {number} page */
  async open(number, page) {
    const id = this.app.shown?.paper.id;
    if (id === undefined) return;
    const { answer, trouble } = await ask((signal) => api.get(`/documents/${encodeURIComponent(id)}`, { signal }));
    const version = answer?.versions.find((/** @type {Version} */ one) => one.number === number);
    if (version) this.app.reading.openPast(id, version, page);
    else toast(trouble?.detail || t("ink.past_unavailable"), { tone: "bad" });
  }

  leave() {
    this.app.reading.leavePast();
  }

  /** Whether this person wants no word of it for now. */
  get putAway() {
    return this.#away.has(this.#name);
  }

  putReminderAway() {
    this.#away.add(this.#name);
    this.app.draw();
  }

  get #name() {
    return `${this.app.shown?.paper.id}/${this.current}`;
  }
}
