/** Checks of sealed ballots and manual tallies: openings, membership in the poll, sums. They throw Fault. */
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, joined, toHex, utf8 } from "../lib/bytes.js";
import { encode } from "./canonical.js";
import { Fault } from "./faults.js";

/** An opening matches its commitment. @param {any} data @param {number} index @param {string} commitment */
export function checkOpening(data, index, commitment) {
  if (data.committed_index !== index) {
    throw new Fault("opening_order", -1, { said: data.committed_index, expected: index });
  }
  const salt = /** @type {Uint8Array} */ (fromHex(data.salt));
  if (toHex(sha256(joined(salt, utf8(encode(data.ballot))))) !== commitment) {
    throw new Fault("opening_differs", -1, { committed: index });
  }
}

/**
 * A ballot counts in its poll.
 * @param {any} ballot @param {any} opened @param {Map<string, boolean>} present
 * @param {any} before the person's previous ballot
 */
export function checkBallot(ballot, opened, present, before) {
  const person = ballot.user_id;
  if (ballot.poll_id !== opened.poll_id) throw new Fault("ballot_of_another_poll", -1, { said: ballot.poll_id });
  if (!present.has(person)) throw new Fault("ballot_of_stranger", -1, { person });
  if (!present.get(person)) throw new Fault("ballot_of_absent", -1, { person });
  if (!opened.options.some((/** @type {any} */ option) => option.key === ballot.choice)) {
    throw new Fault("no_such_option", -1, { said: ballot.choice });
  }
  checkRecording(ballot);
  checkRevision(ballot, opened.allow_change, before);
}

/** @param {any} ballot */
function checkRecording(ballot) {
  const witness = [ballot.entered_by, ballot.reason, ballot.confirmed_by];
  if (ballot.channel === "tablet") {
    if (witness.some((part) => part !== null)) throw new Fault("tablet_with_witness");
  } else if (witness.includes(null)) {
    throw new Fault("recorded_without_witness");
  } else if (ballot.entered_by.user_id === ballot.confirmed_by.user_id) {
    throw new Fault("recorded_by_one", -1, { person: ballot.entered_by.user_id });
  }
}

/** @param {any} ballot @param {boolean} allowChange @param {any} before */
function checkRevision(ballot, allowChange, before) {
  if (before && !allowChange) throw new Fault("voted_twice", -1, { person: ballot.user_id });
  const expected = before ? before.revision + 1 : 1;
  if (ballot.revision !== expected) throw new Fault("wrong_revision", -1, { said: ballot.revision, expected });
}

/** A tally has the poll's options and adds up. @param {any} data @param {any} opened */
export function checkTally(data, opened) {
  const keys = new Set(opened.options.map((/** @type {any} */ option) => option.key));
  const counted = Object.keys(data.counts);
  if (counted.length !== keys.size || !counted.every((key) => keys.has(key))) throw new Fault("tally_of_other_options");
  const papers = [data.issued, data.returned, data.invalid];
  if (data.channel === "hands") {
    if (papers.some((number) => number !== null)) throw new Fault("hands_with_papers");
    return;
  }
  if (papers.includes(null)) throw new Fault("paper_without_numbers");
  const { issued, returned, invalid } = data;
  // The sum may exceed 2^53.
  const valid = counted.reduce((sum, key) => sum + BigInt(data.counts[key]), 0n);
  if (returned > issued || BigInt(returned) !== valid + BigInt(invalid)) {
    throw new Fault("tally_does_not_add_up", -1, { valid, issued, returned, invalid });
  }
}
