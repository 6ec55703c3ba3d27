/** The draft of a rule pack. It outlives the sheet, so that closing it by accident loses nothing. */

import { Problem, randomKey } from "../../lib/api.js";

/** @typedef {import("./data.js").Pack} Pack */
/** @typedef {{line: number | null, place: string, message: string}} Wrong */

/** A text and the result of its check: `pack` (valid), `wrong` (invalid), `unasked` (check failed), or none yet. */
class Draft {
  text = "";
  /** @type {string | null} */
  unitId = null;
  key = randomKey();
  busy = false;
  /** @type {Pack | null} */
  pack = null;
  /** @type {Wrong | null} */
  wrong = null;
  unasked = "";

  get empty() {
    return !this.text.trim();
  }

  /** @param {string} text @param {string | null} [unitId] */
  write(text, unitId = this.unitId) {
    Object.assign(this, { text, unitId, key: randomKey() });
    this.forget();
  }

  forget() {
    Object.assign(this, { pack: null, wrong: null, unasked: "" });
  }

  /** @param {unknown} error */
  refused(error) {
    if (!(error instanceof Problem)) throw error;
    const [found] = error.code === "rule_pack_not_valid" ? (error.errors ?? []) : [];
    if (found) this.wrong = { line: found.line ?? null, place: found.place, message: found.message };
    else this.unasked = error.message;
  }
}

export const draft = new Draft();
