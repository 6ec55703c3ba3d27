/** A body's name without abbreviations: held against full_name_cases.json, as the server is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fullUnitName } from "../../static/js/pages/setup/full_name.js";

/** @type {[string, string][]} */
const cases = JSON.parse(readFileSync(new URL("full_name_cases.json", import.meta.url), "utf8"));

test("a short name is spelled out for papers", () => {
  for (const [name, full] of cases) assert.equal(fullUnitName(name), full);
});
