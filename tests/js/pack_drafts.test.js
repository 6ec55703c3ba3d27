/** Texts of rule packs to begin from. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { copyOf, nextVersionOf } from "../../static/js/pages/vote_rules/drafts.js";

const HDND = await readFile(new URL("../../meetings/voting/rules/built_in/hdnd.toml", import.meta.url), "utf8");
const ids = (/** @type {string} */ text) => [...text.matchAll(/^id = "(.*)"$/gm)].map((found) => found[1]);
const versions = (/** @type {string} */ text) => [...text.matchAll(/^version = (.*)$/gm)].map((found) => found[1]);

test("a copy has ids that nobody has, and nothing else of the original changes", () => {
  const taken = new Set(["hdnd", "hdnd_rieng", "hdnd_resolution", "hdnd_removal"]);
  const copy = copyOf(HDND, taken, "Gói riêng.\nSửa đi.");
  assert.deepEqual(ids(copy), ["hdnd_rieng2", "hdnd_resolution_rieng", "hdnd_removal_rieng"]);
  assert.ok(copy.startsWith('# Gói riêng.\n# Sửa đi.\nid = "hdnd_rieng2"\n'));
  const back = copy.replace(/_rieng2?"/g, '"').split("\n").slice(2);
  assert.deepEqual(back, HDND.slice(HDND.indexOf("id =")).split("\n"));
});

test("a copy begins at version 1, the next version one on", () => {
  const third = HDND.replace(/^version = 1$/gm, "version = 3");
  assert.deepEqual(versions(copyOf(third, new Set(), "")), ["1", "1", "1"]);
  assert.deepEqual(versions(nextVersionOf(third)), ["4", "4", "4"]);
  assert.deepEqual(ids(nextVersionOf(third)), ids(HDND));
});

test("an id stays within its length", () => {
  const long = `id = "${"a".repeat(60)}"\n`;
  const [made = ""] = ids(copyOf(long, new Set(), ""));
  assert.equal(made.length, 60);
  assert.ok(made.endsWith("_rieng"));
});
