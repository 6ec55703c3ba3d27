/** Changes of the right to vote, in one open poll or in the meeting for later polls. */
import { Fault } from "./faults.js";

/** @typedef {Map<string, string>} Standings none, absent or present, by user id */

/** Standings of people according to the log, independent of the rosters of polls. Methods throw Fault. */
export class Rosters {
  /** @type {Standings} */
  #standings = new Map();

  /** Applies a change for later polls. @param {any} data */
  change(data) {
    // The log has no standing of a person before their first change.
    const known = new Map(data.changes.map((/** @type {any} */ one) => [one.user_id, one.before]));
    for (const [person, now] of this.#standings) known.set(person, now);
    this.#standings = changedStandings(known, data);
  }

  /** Checks that a poll's roster agrees on entitled persons. @param {any[]} roster */
  check(roster) {
    const listed = new Set(roster.map((seat) => seat.user_id));
    for (const [person, now] of this.#standings) {
      if ((now !== "none") !== listed.has(person)) throw new Fault("roster_contradicts_change", -1, { person });
    }
  }
}

/**
 * The standings after a change; an unlisted person has the standing `none`.
 * @param {Standings} known @param {any} data @returns {Standings} Throws Fault.
 */
export function changedStandings(known, data) {
  const people = data.changes.map((/** @type {any} */ one) => one.user_id);
  if (new Set(people).size !== people.length) throw new Fault("listed_twice", -1, { field: "changes.user_id" });
  const after = new Map(known);
  for (const one of data.changes) {
    const person = one.user_id;
    const before = known.get(person) ?? "none";
    if (one.before !== before) {
      throw new Fault("roster_before_wrong", -1, { person, said: one.before, expected: before });
    }
    if (one.after === before) throw new Fault("nothing_changed", -1, { person });
    after.set(person, one.after);
  }
  return after;
}
