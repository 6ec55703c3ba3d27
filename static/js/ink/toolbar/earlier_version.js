/** Reading an earlier version of the paper on the desk, for what is written on it; and whether a person wants word of it. */

/** @typedef {import("../feature.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").VersionView} Version */

export class PastReading {
  /** Papers and versions whose reminder was put away. @type {Set<string>} */ #away = new Set();

  /** @param {InkContext} context */
  constructor(context) {
    this.context = context;
  }

  /** @returns {Version|null} the earlier version on the desk */
  get version() {
    return this.context.reading.past;
  }

  /** @returns {number} the version whose text is read; while an earlier one is looked up, the one to come back to */
  get current() {
    const { shown } = this.context.reading;
    return (this.version ? shown?.paper.current_version : shown?.place.version) ?? 0;
  }

  /** @param {number} number of a version of the paper on the desk @param {number} page */
  open(number, page) {
    return this.context.reading.openVersion(number, page);
  }

  leave() {
    this.context.reading.leavePast();
  }

  /** Whether this person wants no word of it for now. */
  get putAway() {
    return this.#away.has(this.#name);
  }

  putReminderAway() {
    this.#away.add(this.#name);
    this.context.redraw();
  }

  get #name() {
    return `${this.context.reading.shown?.paper.id}/${this.current}`;
  }
}
