/** The errors of a check: a broken entry, or input that cannot be checked at all. */
import { sentence } from "./words.js";

/** @typedef {Record<string, unknown>} Facts parameters of a sentence */

/** An error at entry `index` of a log; `log` ("1/2") is set if several logs are checked. */
export class Fault extends Error {
  /** @param {string} code @param {number} [index] -1: the entry that is being replayed @param {Facts} [facts] */
  constructor(code, index = -1, facts = {}) {
    super(code);
    this.code = code;
    this.index = index;
    this.facts = facts;
    this.log = "";
  }

  /** @param {import("./words.js").Language} language */
  said(language) {
    return sentence("faults", language, this.code, this.facts);
  }
}

/** The input is not an archive, or exceeds a limit. */
export class Unusable extends Error {
  /** @param {string} code @param {Facts} [facts] */
  constructor(code, facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }

  /** @param {import("./words.js").Language} language */
  said(language) {
    return sentence("unusable", language, this.code, this.facts);
  }
}
