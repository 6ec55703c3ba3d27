/** Shows an earlier version of the current document with its annotations, and stores which reminders of it were dismissed. */

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").VersionView} Version */

export class PastReading {
  /** Documents and versions whose reminder was dismissed. @type {Set<string>} */ #dismissed = new Set();

  /** @param {InkContext} context */
  constructor(context) {
    this.context = context;
  }

  /** @returns {Version|null} the earlier version that is shown */
  get version() {
    return this.context.reading.past;
  }

  /** @returns {number} the shown version; while an earlier one is shown, the document's current version */
  get current() {
    const { shown } = this.context.reading;
    return (this.version ? shown?.paper.current_version : shown?.place.version) ?? 0;
  }

  /** @param {number} number of a version of the shown document @param {number} page */
  open(number, page) {
    return this.context.reading.openVersion(number, page);
  }

  leave() {
    this.context.reading.leavePast();
  }

  /** Whether this person dismissed the reminder. */
  get putAway() {
    return this.#dismissed.has(this.#key);
  }

  putReminderAway() {
    this.#dismissed.add(this.#key);
    this.context.redraw();
  }

  get #key() {
    return `${this.context.reading.shown?.paper.id}/${this.current}`;
  }
}
