/** The forms of all entries of a vote log, per docs/vote-log.md. */
import {
  anything, counts, either, flag, has, hex, list, logId, moment, number, oneOf, optionKey, orNull, record, text,
  withOptional,
} from "./shapes.js";

const ID = text(1, 200), TITLE = text(0, 2000), LONG = text(1, 20_000), ANY = text(0, 20_000);
const HASH = hex(64), SIGNATURE = hex(128), COUNT = number(0), AT_LEAST_ONE = number(1);
const WORDS = record({ vi: ANY, en: ANY });
const PERSON = record({ user_id: ID, name: TITLE });
const COMPARISON = oneOf(">", ">=");
const BASE = oneOf("entitled", "present", "cast");
const SIDE = oneOf("for", "against");
const VERDICT = oneOf("adopted", "not_adopted", "tie_needs_ruling");
const SHARE = { numerator: AT_LEAST_ONE, denominator: AT_LEAST_ONE, comparison: COMPARISON };
const QUORUM_RULE = withOptional(record({ ...SHARE, citation: WORDS }, true), { formula: WORDS, confirmed: flag });
const RULE = record({
  id: ID, version: AT_LEAST_ONE, title: WORDS, base: BASE, ...SHARE, tie: oneOf("not_adopted", "chair_side"),
  formula: WORDS, citation: WORDS, confirmed: flag, quorum: QUORUM_RULE,
}, true);
const HEAD = { log_id: logId, size: AT_LEAST_ONE, root: HASH, reason: LONG };
const STANDING = oneOf("none", "absent", "present");
const PAPER = { document_id: ID, version: AT_LEAST_ONE, title: TITLE, sha256: HASH };

export const ENVELOPE = record({ v: AT_LEAST_ONE, log_id: logId, index: COUNT, at: moment, type: ID, data: anything });

/** @type {Map<string, import("./shapes.js").Check>} by type of the entry */
export const DATA = new Map(Object.entries({
  log_started: record({
    meeting_id: ID, meeting_title: TITLE, body: TITLE, key: LONG,
    continues: orNull(either(
      "signature_by_old", record({ signature_by_old: orNull(SIGNATURE), ...HEAD }), record(HEAD),
    )),
  }),
  paper_published: record(PAPER),
  poll_opened: record({
    poll_id: ID, title: TITLE, question: LONG, method: oneOf("named", "hands", "paper"),
    options: list(record({ key: optionKey, label: text(1, 2000) }), 1, 50),
    rule: RULE, allow_change: flag, n: AT_LEAST_ONE, present: COUNT,
    roster: list(record({ user_id: ID, name: TITLE, present: flag }), 1, 100_000),
    chair: orNull(PERSON), document: orNull(record(PAPER)), agenda_item: orNull(record({ id: ID, title: TITLE })),
    opened_by: PERSON, override_reason: orNull(LONG), repeats: orNull(ID),
    quorum: record({ present: COUNT, required: COUNT, met: flag }),
  }),
  roster_changed: record({
    poll_id: orNull(ID),
    changes: list(record({ user_id: ID, name: TITLE, before: STANDING, after: STANDING }), 1, 100_000),
    reason: LONG, by: PERSON,
  }),
  ballot_committed: record({ poll_id: ID, commitment: HASH }),
  tally_recorded: record({
    poll_id: ID, channel: oneOf("hands", "paper"), counts,
    issued: orNull(COUNT), returned: orNull(COUNT), invalid: orNull(COUNT), by: PERSON,
  }),
  ballot_opened: record({
    poll_id: ID, committed_index: COUNT, salt: HASH,
    ballot: record({
      poll_id: ID, user_id: ID, choice: optionKey, channel: oneOf("tablet", "recorded"), entered_by: orNull(PERSON),
      reason: orNull(LONG), confirmed_by: orNull(PERSON), revision: AT_LEAST_ONE,
    }),
  }),
  poll_closed: record({
    poll_id: ID, closed_by: PERSON, n: COUNT, present: COUNT, voted: COUNT, invalid: COUNT, not_returned: COUNT,
    not_sent: COUNT, absent: COUNT, counts, base: BASE, base_number: COUNT, required: COUNT,
    deciding: orNull(optionKey), verdict: VERDICT,
    tie: orNull(record({ flow: oneOf("chair_ballot", "ruling"), chair_user_id: orNull(ID), side: orNull(SIDE) })),
  }),
  poll_ruled: record({ poll_id: ID, side: SIDE, reason: LONG, by: PERSON, verdict: VERDICT }),
  poll_cancelled: record({ poll_id: ID, reason: LONG, by: orNull(PERSON) }),
  poll_announced: record({ poll_id: ID, by: PERSON }),
  key_rotated: record({ old_key: LONG, new_key: LONG, signature_by_old: SIGNATURE }),
}));

/**
 * The version that an entry must have: the lowest one that supports its content.
 * @param {string} kind @param {any} data
 */
export function versionOf(kind, data) {
  const signed = kind === "log_started" && data.continues !== null && has(data.continues, "signature_by_old");
  return kind === "roster_changed" || signed ? 2 : 1;
}
