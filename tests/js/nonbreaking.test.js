/** Names stay on one line; the server says the same (tests/rules/core/test_nonbreaking.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { keepNamesUnbroken } from "../../static/js/lib/ui/nonbreaking.js";

const cases = JSON.parse(readFileSync(new URL("./nonbreaking_cases.json", import.meta.url), "utf8"));

test("names of people and places are not broken", () => {
  for (const [text, kept] of Object.entries(cases)) assert.equal(keepNamesUnbroken(text), String(kept).replaceAll("~", "\u00a0"));
});
