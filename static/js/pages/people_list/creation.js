/**
 * Creates the accounts of a list, one request after another, and can remove them. A failed row does not stop the
 * others. A row whose response was lost is sent again with the same key and body, so that no duplicate is created.
 *
 * @typedef {import("./draft.js").Row} Row
 * @typedef {import("./draft.js").Made} Made
 * @typedef {import("../../lib/fetch_with_timeout.js").Trouble} Trouble
 * @typedef {Pick<import("../../lib/schemas.js").UnitView, "id" | "name">} Unit
 * @typedef {{post: (path: string, body?: unknown, options?: {key?: string, signal?: AbortSignal}) => Promise<any>,
 *   del: (path: string, body?: unknown, options?: {key?: string, signal?: AbortSignal}) => Promise<any>}} Api
 * @typedef {{api: Api, newKey: () => string, offline: () => string, changed: () => void}} Tools
 */

import { ask, isPassing } from "../../lib/fetch_with_timeout.js";
import { proposeUsername } from "../people/usernames.js";
import { missingUnits, sameName } from "./draft.js";

/** After this number of consecutive requests without a response the rest is not sent. */
const MAX_UNANSWERED = 3;
/** Whether other rows fail, too: signed out, or the own password was not given. @param {Trouble} trouble */
const isForAll = (trouble) => trouble.status === 401 || trouble.code === "password_needed";
/** Statuses that concern the account itself. */
const REFUSALS = [409, 422];

export class Creation {
  /** Units created by this list: name → idempotency key. @type {Map<string, string>} */ #unitKeys = new Map();
  /** @type {Unit[]} */ madeUnits = [];
  /** Number of finished rows of the current run. */
  done = 0;
  total = 0;

  /** @param {Tools} tools @param {Set<string>} taken user names of existing accounts @param {Unit[]} units */
  constructor(tools, taken, units) {
    this.tools = tools;
    this.taken = taken;
    this.units = units;
  }

  /**
   * @param {Row[]} rows in the order of creation
   * @param {{home: Unit | null, makeUnits: boolean}} choice `home`: the unit of rows without an existing unit
   */
  async create(rows, { home, makeUnits }) {
    Object.assign(this, { done: 0, total: rows.length });
    for (const row of rows) row.trouble = "";
    const refusedUnits = makeUnits ? await this.#makeUnits(rows) : new Map();
    let unanswered = 0;
    /** @type {Trouble | null} */
    let last = null;
    for (const row of rows) {
      const over = last !== null && (isForAll(last) || unanswered >= MAX_UNANSWERED);
      if (!over) last = refusedUnits.get(sameName(row.unit)) ?? (await this.#createRow(row, home));
      if (last) row.trouble = this.#sentence(last);
      unanswered = last && isPassing(last) ? unanswered + 1 : 0;
      this.done += 1;
      this.tools.changed();
    }
  }

  /** @param {Row[]} rows @returns {Promise<Map<string, Trouble>>} errors by unit */
  async #makeUnits(rows) {
    /** @type {Map<string, Trouble>} */
    const refused = new Map();
    for (const name of missingUnits(rows, this.units)) {
      const key = this.#unitKeys.get(name) ?? this.tools.newKey();
      this.#unitKeys.set(name, key);
      const { answer, trouble } = await ask((signal) => this.tools.api.post("/units", { name }, { key, signal }));
      if (trouble) {
        refused.set(sameName(name), trouble);
        continue;
      }
      const unit = { id: answer.id, name: answer.name };
      this.units = [...this.units, unit];
      this.madeUnits.push(unit);
    }
    return refused;
  }

  /** @param {Row} row @param {Unit | null} home @returns {Promise<Trouble | null>} */
  async #createRow(row, home) {
    while (!row.made) {
      row.attempt ??= { key: this.tools.newKey(), body: this.#bodyOf(row, home) };
      const { key, body } = row.attempt;
      const { answer, trouble } = await ask((signal) => this.tools.api.post("/users", body, { key, signal }));
      // The server looks up a stored answer before it refuses a body: no account exists, and the next body may differ.
      if (!trouble || REFUSALS.includes(trouble.status)) row.attempt = null;
      if (trouble && trouble.code !== "username_taken") return trouble;
      this.taken.add(String(body.username));
      if (answer) row.made = answer;
    }
    return row.made.initial_password === null ? this.#renewPassword(row.made) : null;
  }

  /** The answer to a repeated request contains no password, so it is reset. @param {Made} made @returns {Promise<Trouble | null>} */
  async #renewPassword(made) {
    const { answer, trouble } = await ask((signal) => this.tools.api.post(`/users/${made.id}/password`, undefined, { signal }));
    if (answer) made.initial_password = answer.initial_password;
    return trouble;
  }

  /** @param {Row} row @param {Unit | null} home */
  #bodyOf(row, home) {
    const name = row.name.trim();
    const unit = this.units.find((one) => sameName(one.name) === sameName(row.unit)) ?? home;
    return {
      display_name: name, username: proposeUsername(name, this.taken), position: row.position.trim() || null, unit_id: unit?.id ?? null,
    };
  }

  /**
   * Removes the accounts and units created by `create`.
   * @param {Row[]} rows
   * @returns {Promise<{left: Row[], closed: Made[]}>} `left`: could not be removed; `closed`: in use, so only closed
   */
  async undo(rows) {
    /** @type {Made[]} */
    const closed = [];
    const removed = rows.filter((row) => row.made).reverse();
    Object.assign(this, { done: 0, total: removed.length });
    /** @type {Trouble | null} */
    let last = null;
    for (const row of removed) {
      const { made } = row;
      if (!made) continue;
      /** @type {any} */
      let answer = null;
      if (!last || !isForAll(last)) ({ answer, trouble: last } = await this.#remove(made));
      if (answer && !answer.deleted) closed.push(made);
      row.trouble = last && last.status !== 404 ? this.#sentence(last) : "";
      if (!row.trouble) Object.assign(row, { made: null, attempt: null });
      this.done += 1;
      this.tools.changed();
    }
    const left = removed.filter((row) => row.made).reverse();
    if (!left.length) await this.#removeUnits();
    return { left, closed: closed.reverse() };
  }

  /** @param {Made} made */
  #remove(made) {
    return ask((signal) => this.tools.api.del(`/users/${made.id}`, undefined, { signal }));
  }

  async #removeUnits() {
    for (const unit of this.madeUnits) {
      const { trouble } = await ask((signal) => this.tools.api.del(`/units/${unit.id}`, undefined, { signal }));
      // The unit is in use or already removed: neither is an error.
      if (trouble && trouble.status !== 404) continue;
      this.units = this.units.filter((one) => one.id !== unit.id);
    }
    this.madeUnits = [];
    this.#unitKeys.clear();
  }

  /** @param {Trouble} trouble */
  #sentence(trouble) {
    return trouble.detail || this.tools.offline();
  }
}
