/** The life cycle of one poll: the order of its entries, and the numbers in them. */
import { checkBallot, checkOpening, checkTally } from "./ballots.js";
import { encode } from "./canonical.js";
import { closing, required, ruled } from "./counting.js";
import { Fault } from "./faults.js";
import { changedStandings } from "./rosters.js";

/** @param {boolean} present */
const standing = (present) => (present ? "present" : "absent");

/** @param {any[]} seats @returns {number} */
const presentOf = (seats) => seats.filter((present) => present).length;

/** State of a poll after the entries so far. Times are those of the entries. Methods that take an entry throw Fault. */
export class Poll {
  /** @type {{index: number, commitment: string}[]} */
  commitments = [];
  /** @type {any[]} */
  openings = [];
  /** @type {Map<string, any>} by user id */
  ballots = new Map();
  /** @type {Map<string, any>} by channel */
  tallies = new Map();
  /** @type {any} */
  closed = null;
  closedAt = "";
  /** @type {any} */
  ruling = null;
  /** @type {any} */
  cancelled = null;
  /** @type {any} */
  announced = null;
  /** @type {any[]} */
  rosterChanges = [];
  /** @type {Map<string, boolean>} */
  #present;

  /** @param {any} opened @param {string} openedAt */
  constructor(opened, openedAt) {
    this.opened = opened;
    this.openedAt = openedAt;
    /** @type {Map<string, string>} */
    this.names = new Map(opened.roster.map((/** @type {any} */ seat) => [seat.user_id, seat.name]));
    this.#present = new Map(opened.roster.map((/** @type {any} */ seat) => [seat.user_id, seat.present]));
  }

  /** Whether the poll is neither closed nor cancelled. */
  get isOpen() {
    return !this.closed && !this.cancelled;
  }

  /** The verdict, "" while it is unknown. @returns {string} */
  get verdict() {
    return (this.ruling ?? this.closed)?.verdict ?? "";
  }

  /** Adds a sealed ballot. @param {number} index @param {any} data */
  commit(index, data) {
    this.#mustBeOpen();
    this.commitments.push({ index, commitment: data.commitment });
  }

  /** People join, leave, become present or absent during the poll. @param {any} data */
  changeRoster(data) {
    this.#mustBeOpen();
    const known = new Map([...this.#present].map(([person, here]) => [person, standing(here)]));
    const changed = [...changedStandings(known, data)].filter(([, now]) => now !== "none");
    this.#present = new Map(changed.map(([person, now]) => [person, now === "present"]));
    for (const one of data.changes) this.names.set(one.user_id, one.name);
    this.rosterChanges.push(data);
  }

  /** Records a manual tally; the last tally of each channel counts. @param {any} data */
  tally(data) {
    this.#mustBeOpen();
    if (this.openings.length) throw new Fault("tally_after_openings");
    checkTally(data, this.opened);
    this.tallies.set(data.channel, data);
  }

  /** Opens the next sealed ballot. @param {any} data */
  openBallot(data) {
    this.#mustBeOpen();
    const next = this.commitments[this.openings.length];
    if (!next) throw new Fault("opening_without_commitment");
    checkOpening(data, next.index, next.commitment);
    const { ballot } = data;
    checkBallot(ballot, this.opened, this.#present, this.ballots.get(ballot.user_id));
    this.openings.push(data);
    this.ballots.set(ballot.user_id, ballot);
  }

  /** Closes the poll; the result must match the ballots and tallies. @param {any} data @param {string} at */
  close(data, at) {
    this.#mustBeOpen();
    const missing = this.commitments[this.openings.length];
    if (missing) throw new Fault("openings_missing", -1, { committed: missing.index });
    const { method } = this.opened;
    if (method !== "named" && !this.tallies.has(method)) throw new Fault("no_tally", -1, { channel: method });
    const present = presentOf([...this.#present.values()]);
    const opened = { ...this.opened, n: this.#present.size, present };
    const expected = closing(opened, this.#counts(), this.#papers(), this.#chairChoice());
    if (expected.not_sent < 0) throw new Fault("more_than_present", -1, { present });
    for (const [field, counted] of Object.entries(expected)) {
      const value = counted instanceof Map ? Object.fromEntries(counted) : counted;
      const said = data[field];
      if (encode(said) !== encode(value)) throw new Fault("wrong_result", -1, { field, said, counted });
    }
    this.closed = data;
    this.closedAt = at;
  }

  /** Votes for each option, in the order of options. */
  #counts() {
    /** @type {Map<string, number>} */
    const counts = new Map(this.opened.options.map((/** @type {any} */ option) => [option.key, 0]));
    const votes = [...this.ballots.values()].map(({ choice }) => [choice, 1]);
    for (const tally of this.tallies.values()) votes.push(...Object.entries(tally.counts));
    for (const [key, more] of votes) counts.set(key, (counts.get(key) ?? 0) + more);
    return counts;
  }

  #papers() {
    const { invalid, issued, returned } = this.tallies.get("paper") ?? { invalid: 0, issued: 0, returned: 0 };
    return { invalid, notReturned: issued - returned };
  }

  /** The choice of the presiding chair in a named vote. @returns {string|null} */
  #chairChoice() {
    const { method, chair } = this.opened;
    return (method === "named" && chair && this.ballots.get(chair.user_id)?.choice) || null;
  }

  /** Records the chair's ruling on a tie. @param {any} data */
  rule(data) {
    if (this.cancelled || this.announced || this.verdict !== "tie_needs_ruling") throw new Fault("ruling_not_asked");
    if (data.verdict !== ruled(data.side)) throw new Fault("wrong_ruling", -1, { side: data.side, said: data.verdict });
    this.ruling = data;
  }

  /** Records the announcement of the result. @param {any} data */
  announce(data) {
    if (this.cancelled || this.announced || ["", "tie_needs_ruling"].includes(this.verdict)) {
      throw new Fault("nothing_to_announce");
    }
    this.announced = data;
  }

  /** Cancels the poll; its result is void. @param {any} data */
  cancel(data) {
    if (this.cancelled) throw new Fault("cancelled_twice");
    this.cancelled = data;
  }

  #mustBeOpen() {
    if (!this.isOpen) throw new Fault("poll_not_open", -1, { poll: this.opened.poll_id });
  }
}

/** Checks the consistency of `poll_opened`. @param {any} data Throws Fault. */
export function checkOpened(data) {
  const { rule, roster, options } = data;
  for (const share of [rule, rule.quorum]) {
    if (share.numerator > share.denominator - (share.comparison === ">" ? 1 : 0)) throw new Fault("more_than_all");
  }
  for (const [field, values] of /** @type {[string, string[]][]} */ ([
    ["options.key", options.map((/** @type {any} */ option) => option.key)],
    ["options.label", options.map((/** @type {any} */ option) => option.label)],
    ["roster.user_id", roster.map((/** @type {any} */ seat) => seat.user_id)],
  ])) {
    if (new Set(values).size !== values.length) throw new Fault("listed_twice", -1, { field });
  }
  const present = presentOf(roster.map((/** @type {any} */ seat) => seat.present));
  for (const [field, counted] of /** @type {[string, number][]} */ ([["n", roster.length], ["present", present]])) {
    if (data[field] !== counted) throw new Fault("wrong_result", -1, { field, said: data[field], counted });
  }
  checkQuorum(data, required(rule.quorum, data.n), present);
}

/** @param {any} data @param {number} needed @param {number} present */
function checkQuorum({ quorum, override_reason: reason }, needed, present) {
  const facts = { required: needed, present };
  if (quorum.present !== present || quorum.required !== needed || quorum.met !== (present >= needed)) {
    throw new Fault("wrong_quorum", -1, facts);
  }
  if (present < needed && reason === null) throw new Fault("no_override", -1, facts);
}
