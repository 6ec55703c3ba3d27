/** State of a pasted list: parsing, corrections, creation of accounts, undo. */

import { api, randomKey } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { sayProblem } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { Creation } from "./creation.js";
import { factsOf, missingUnits, rowsOf, sameName } from "./draft.js";
import { forgetNewPeople, rememberNewPeople } from "./new_people.js";
import { readList } from "./read_list.js";

/**
 * @typedef {import("./draft.js").Row} Row
 * @typedef {import("./draft.js").Made} Made
 * @typedef {import("./draft.js").Account} Account
 * @typedef {import("./creation.js").Unit} Unit
 * @typedef {{made: (people: Made[]) => void, removed: (people: Made[]) => void}} Listener
 *   `made`: people of this list who have an account, in list order; `removed`: people whose account was undone
 */

const PER_PAGE = 200;

export class PeopleList {
  /** @type {Row[]} */ rows = [];
  /** Existing accounts; null until loaded. @type {Account[] | null} */ accounts = null;
  /** @type {Unit[]} */ units = [];
  notLoaded = false;
  /** Whether missing units in the list are created. */
  makeUnits = true;
  /** Content of the input field. */
  text = "";
  wrong = "";
  /** @type {"" | "creating" | "undoing"} */ busy = "";
  /** Whether rows were sent; afterwards only failed rows are listed. */
  sent = false;
  /** Messages after undo. @type {string[]} */ undone = [];
  /** @type {Creation | null} */ creation = null;

  /** @param {Listener} listener */
  constructor(listener) {
    this.listener = listener;
    this.redraw = () => {};
  }

  /** @param {string} text as pasted */
  read(text) {
    this.rows = rowsOf(readList(text));
    this.text = text;
    this.wrong = this.rows.length ? "" : t("people_list.nobody_found");
    this.undone = [];
    this.redraw();
  }

  /** Resets the state to an empty input field. */
  clear() {
    Object.assign(this, { rows: [], text: "", wrong: "", sent: false, undone: [], creation: null, makeUnits: true });
    this.redraw();
  }

  /** Loads existing accounts and units, for the detection of duplicate names, user names and units. */
  async load() {
    this.notLoaded = false;
    try {
      /** @type {Account[]} */
      const accounts = [];
      for (let cursor = ""; ; ) {
        const { items, next } = await api.get(`/users?limit=${PER_PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        accounts.push(...items);
        if (!next) break;
        cursor = next;
      }
      this.units = (await api.get("/units")).items;
      this.accounts = accounts;
    } catch (error) {
      this.notLoaded = true;
      sayProblem(error);
    }
    this.redraw();
  }

  get facts() {
    return factsOf(this.rows, this.accounts ?? []);
  }

  /** The rows of the table. */
  get listed() {
    const { facts } = this;
    return this.rows.filter((row) => {
      const fact = facts.get(row);
      return fact && (!this.sent || row.trouble || (fact.fault && fact.wanted));
    });
  }

  /** Rows whose accounts the button creates. */
  get counted() {
    const { facts, listed } = this;
    return listed.filter((row) => facts.get(row)?.counted);
  }

  /** People of the list who have an account. */
  get made() {
    return this.rows.flatMap((row) => (row.made ? [row.made] : []));
  }

  /** The unit of rows without a unit: the body itself. */
  get home() {
    return this.units.find((unit) => unit.name === boot.unit_name) ?? this.units[0] ?? null;
  }

  get newUnits() {
    return missingUnits(this.rows.filter((row) => !row.made), this.units);
  }

  /** Unit names that can be selected. */
  get unitNames() {
    return [...this.units.map((unit) => unit.name), ...(this.makeUnits ? this.newUnits : [])];
  }

  /** @param {Row} row */
  unitOf(row) {
    return this.unitNames.find((name) => sameName(name) === sameName(row.unit)) ?? this.home?.name ?? "";
  }

  async create() {
    const { counted } = this;
    if (this.busy || !this.accounts || !counted.length) return;
    Object.assign(this, { busy: "creating", undone: [] });
    const taken = new Set(this.accounts.map((account) => account.username));
    this.creation ??= new Creation({ api, newKey: randomKey, offline: () => t("error.offline"), changed: () => this.redraw() }, taken, this.units);
    try {
      const created = this.creation.create(counted, { home: this.home, makeUnits: this.makeUnits });
      this.redraw();
      await created;
    } finally {
      this.units = this.creation.units;
      Object.assign(this, { busy: "", sent: true });
    }
    // Failed rows stay selected, even when an account with the same name has been created.
    for (const row of this.rows) if (row.trouble) row.wanted = true;
    const { made } = this;
    this.#know(made);
    rememberNewPeople(made.map((person) => person.id));
    this.listener.made(made);
    this.redraw();
  }

  /** @param {Made[]} made */
  #know(made) {
    const ids = new Set(made.map((person) => person.id));
    this.accounts = [...(this.accounts ?? []).filter((account) => !ids.has(account.id)), ...made];
  }

  async undo() {
    const { creation } = this;
    if (this.busy || !creation) return;
    const before = this.made;
    this.busy = "undoing";
    try {
      const undone = creation.undo(this.rows);
      this.redraw();
      const { left, closed } = await undone;
      this.#afterUndo(before, left, closed);
    } finally {
      this.units = creation.units;
      this.busy = "";
    }
    this.redraw();
  }

  /** @param {Made[]} before @param {Row[]} left @param {Made[]} closed */
  #afterUndo(before, left, closed) {
    const stay = new Set(left.map((row) => row.made?.id));
    const removed = before.filter((person) => !stay.has(person.id));
    const gone = new Set(removed.filter((person) => !closed.includes(person)).map((person) => person.id));
    const names = (/** @type {{display_name: string}[]} */ people) => people.map((person) => person.display_name).join(", ");
    this.accounts = (this.accounts ?? []).filter((account) => !gone.has(account.id));
    this.undone = [
      ...(gone.size ? [t("people_list.undone", { n: gone.size })] : []),
      ...(closed.length ? [t("people_list.closed", { names: names(closed) })] : []),
      ...(left.length ? [t("people_list.undo_failed", { n: left.length, names: names(this.made) })] : []),
    ];
    this.sent = left.length > 0;
    if (!this.sent) this.creation = null;
    forgetNewPeople(removed.map((person) => person.id));
    this.listener.removed(removed);
  }
}
