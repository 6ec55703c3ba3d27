/**
 * The requests about the vote log of one meeting. Answers come from a server that may lie: they are parsed here,
 * and not trusted.
 */
import { fromHex } from "../../lib/bytes.js";
import { ask, isPassing } from "../../lib/fetch_with_timeout.js";
import { handoversFrom } from "./log_keys.js";

/**
 * @typedef {import("../../lib/fetch_with_timeout.js").Trouble} Trouble
 * @typedef {import("./log_keys.js").Handover} Handover
 * @typedef {import("../../lib/schemas.js").EarlierLog} Claim
 * @typedef {{note:unknown, vkey:string|null, handovers:Handover[]|null, earlier:Claim[],
 *   installation?:Handover[], receipt?:import("../../lib/schemas.js").Receipt}} Offered a checkpoint as received;
 *   `handovers` null: received without its keys; `installation`: rotations of the server's own key; `receipt`: of
 *   the ballot that it was signed with
 * @typedef {import("../../lib/schemas.js").LogLine} Line
 * @typedef {{get(path: string, options?: object): Promise<any>}} Api
 * @typedef {"silent"|"refused"} NoAnswer silent: nothing can be concluded; refused: the server refused
 */

/** Refusals that concern this person, not the log. */
const NOT_FOR_ME = [401, 403];
const MOST_EARLIER = 32;

/** @param {any} one @returns {boolean} */
export function isClaim(one) {
  return typeof one?.log_id === "string" && Number.isSafeInteger(one.size) && fromHex(one.root, 32) !== null;
}

/** @param {any} answer of the server, or data of an event @returns {Offered} */
export function offeredFrom(answer) {
  const earlier = Array.isArray(answer?.earlier) ? answer.earlier.slice(0, MOST_EARLIER) : [];
  return {
    note: answer?.note ?? null,
    vkey: typeof answer?.vkey === "string" ? answer.vkey : null,
    handovers: answer?.vkey === undefined ? null : handoversFrom(answer.previous_vkeys),
    earlier: earlier.filter(isClaim),
    installation: handoversFrom(answer?.installation?.rotations),
  };
}

export class LogQuestions {
  /** @param {Api} api @param {string} meetingId */
  constructor(api, meetingId) {
    this.api = api;
    this.meetingId = meetingId;
    this.path = `/meetings/${encodeURIComponent(meetingId)}/vote-log`;
  }

  /** @returns {Promise<Offered|NoAnswer>} the server's current checkpoint */
  async checkpoint() {
    const { answer, none } = await this.#ask("/checkpoint");
    return none ?? (answer?.note === undefined ? "refused" : offeredFrom(answer));
  }

  /** @param {string} logId @param {number} from @param {number} to @returns {Promise<unknown[]|NoAnswer>} */
  async consistency(logId, from, to) {
    return this.#proof(logId, `/consistency?from=${from}&to=${to}`);
  }

  /** @param {string} logId @param {number} index @param {number} size @returns {Promise<unknown[]|NoAnswer>} */
  async inclusion(logId, index, size) {
    return this.#proof(logId, `/proof?index=${index}&size=${size}`);
  }

  /**
   * @param {string} logId @param {number} from @param {number} limit
   * @returns {Promise<Line[]|NoAnswer>} entries in order; fewer than `limit` at the end of the log
   */
  async lines(logId, from, limit) {
    const { answer, none } = await this.#ask(`?from=${from}&limit=${limit}`);
    if (none) return none;
    if (answer?.log_id !== logId || !Array.isArray(answer.entries)) return "refused";
    const sound = answer.entries.every((/** @type {any} */ line, /** @type {number} */ at) => line?.index === from + at
      && typeof line.entry === "string" && typeof line.leaf_hash === "string");
    return sound ? answer.entries : "refused";
  }

  /** @param {string} logId @param {string} path @returns {Promise<unknown[]|NoAnswer>} */
  async #proof(logId, path) {
    const { answer, none } = await this.#ask(path);
    if (none) return none;
    return answer?.log_id === logId && Array.isArray(answer.proof) ? answer.proof : "refused";
  }

  /** @param {string} path @returns {Promise<{answer:any, none:NoAnswer|null}>} */
  async #ask(path) {
    const { answer, trouble } = await ask((signal) => this.api.get(this.path + path, { signal }));
    if (!trouble) return { answer, none: null };
    const silent = isPassing(trouble) || NOT_FOR_ME.includes(trouble.status);
    return { answer: null, none: silent ? "silent" : "refused" };
  }
}
