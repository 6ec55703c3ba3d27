/** The registry of the room's features, and their regions. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mostUrgent, Regions } from "../../static/js/room/regions.js";
import { features } from "./registered_state.js";

/** @param {readonly string[]} names */
const twice = (names) => names.filter((name, at) => names.indexOf(name) !== at);

test("names, reducers and messages of features are their own", () => {
  assert.deepEqual(twice(features.map(({ name }) => name)), []);
  for (const table of /** @type {const} */ (["reducers", "ownReducers", "liveReducers"])) {
    assert.deepEqual(twice(features.flatMap((one) => Object.keys(one[table] ?? {}))), [], table);
  }
});

test("a feature is created at once or later, and every later one has its line", () => {
  const lines = readFileSync(new URL("../../static/js/room/later_features.js", import.meta.url), "utf8").match(/creators = \{ (.*) \}/);
  const later = features.filter((one) => one.later).map(({ name }) => name);
  assert.deepEqual(lines?.[1]?.split(", ").sort(), later.sort());
  assert.deepEqual(features.filter((one) => Boolean(one.create) === Boolean(one.later)), []);
});

test("parts of a region stand by weight, and the first that has something to show ends the search", () => {
  /** @type {string[]} */
  const asked = [];
  const part = (/** @type {number} */ at, /** @type {unknown} */ shown) => ({ at, view: () => (asked.push(String(at)), shown) });
  const regions = new Regions([{ regions: { stateBars: [part(30, "c"), part(10, null)] } }, {}, { regions: { stateBars: [part(20, "b")] } }]);
  assert.deepEqual(regions.all("stateBars"), [null, "b", "c"]);
  asked.length = 0;
  assert.equal(regions.first("stateBars"), "b");
  assert.deepEqual(asked, ["10", "20"]);
  assert.deepEqual(regions.all("overlay"), []);
});

test("of equally urgent steps the first is the next one", () => {
  const [a, b, c] = [{ urgency: 0 }, { urgency: 2 }, { urgency: 2 }];
  assert.equal(mostUrgent([a, null, b, c]), b);
  assert.equal(mostUrgent([undefined, a]), a);
  assert.equal(mostUrgent([null]), null);
});
