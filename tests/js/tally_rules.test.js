/** Counts by hand while they are typed: held against tally_cases.json, as the server is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkTally, countField, fieldsOf, limitOf, numberIn, tallyBody } from "../../static/js/voting/model/tally_rules.js";

/** @type {{keys: string[], cases: any[]}} */
const { keys, cases } = JSON.parse(readFileSync(new URL("tally_cases.json", import.meta.url), "utf8"));

/** @param {any} one @returns {Record<string, string>} as somebody types it */
function typed(one) {
  const counts = Object.fromEntries(keys.map((key) => [countField(key), String(one.counts[key])]));
  if (one.channel === "hands") return counts;
  return { ...counts, issued: String(one.issued), returned: String(one.returned), invalid: String(one.invalid) };
}

test("a count stands or falls as it does on the server", () => {
  assert.ok(cases.length > 200 && cases.some((one) => one.holds) && cases.some((one) => !one.holds));
  for (const one of cases) {
    const checked = checkTally(one.channel, keys, typed(one), one.limit);
    assert.equal(checked.complete, one.holds, JSON.stringify(one));
    assert.equal(checked.faults.length > 0, !one.holds, JSON.stringify(one));
  }
});

test("the sums are written as in the record, and wait while a figure is missing", () => {
  const figures = { issued: "27", returned: "26", invalid: "1", "count:for": "22", "count:against": "3" };
  const open = checkTally("paper", keys, figures, 27);
  assert.deepEqual(open.sums.map((one) => one.state), ["holds", "holds", "open"]);
  assert.deepEqual([open.faults, open.complete], [[], false]);
  const whole = checkTally("paper", keys, { ...figures, "count:abstain": "0" }, 27);
  assert.deepEqual(whole.sums.map((one) => one.numbers), [[27, 26, 1], [26, 25, 1], [25, 22, 3, 0]]);
  assert.deepEqual([whole.complete, whole.people, whole.left], [true, 27, 0]);
});

test("what does not add up is named with its figures", () => {
  const figures = { issued: "10", returned: "9", invalid: "1", "count:for": "5", "count:against": "2", "count:abstain": "0" };
  const said = (/** @type {object} */ more, limit = 10) => checkTally("paper", keys, { ...figures, ...more }, limit).faults;
  assert.deepEqual(said({}), [{ key: "tally.fault_less", params: { counted: 7, valid: 8, by: 1 } }]);
  assert.deepEqual(said({ "count:for": "8" }), [{ key: "tally.fault_more", params: { counted: 10, valid: 8, by: 2 } }]);
  assert.deepEqual(said({ returned: "11" }).map((one) => one.key), ["tally.fault_returned", "tally.fault_less"]);
  assert.deepEqual(said({ invalid: "10" }).map((one) => one.key), ["tally.fault_invalid"]);
  assert.deepEqual(said({ "count:for": "6" }, 9).map((one) => one.key), ["tally.fault_people"]);
  assert.deepEqual(checkTally("hands", keys, { "count:for": "3", "count:against": "0", "count:abstain": "0" }, 2).faults,
    [{ key: "tally.fault_people", params: { found: 3, limit: 2 } }]);
});

test("only whole numbers are figures", () => {
  assert.deepEqual(["", " 7 ", "0", "-1", "1.5", "1e3", "１２", "12345678", undefined].map(numberIn), [null, 7, 0, null, null, null, null, null, null]);
});

test("an invalid paper that nobody wrote down is none; nothing else may be missing", () => {
  const figures = { issued: "2", returned: "2", "count:for": "2", "count:against": "0", "count:abstain": "0" };
  assert.ok(checkTally("paper", keys, figures, 2).complete);
  assert.equal(checkTally("paper", keys, { ...figures, invalid: "x" }, 2).complete, false);
  assert.deepEqual(tallyBody("paper", keys, figures), { channel: "paper", counts: { for: 2, against: 0, abstain: 0 }, issued: 2, returned: 2, invalid: 0 });
  assert.deepEqual(tallyBody("hands", keys, figures), { channel: "hands", counts: { for: 2, against: 0, abstain: 0 } });
});

test("who voted on a tablet is not counted again; entering anew replaces what was entered", () => {
  const progress = { present: 27, voted: 25, tallied: [{ channel: "hands", people: 20 }, { channel: "paper", people: 2 }] };
  assert.equal(limitOf(progress, "hands"), 22);
  assert.equal(limitOf(progress, "paper"), 4);
  assert.equal(limitOf({ ...progress, tallied: [] }, "hands"), 2);
});

test("the fields in their order", () => {
  assert.deepEqual(fieldsOf("paper", ["for"]), ["issued", "returned", "invalid", "count:for"]);
  assert.deepEqual(fieldsOf("hands", ["for", "x"]), ["count:for", "count:x"]);
});
