/** Where the pin of a new note stands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { besideWords } from "../../static/js/ink/model/note_place.js";

/** @typedef {import("../../static/js/ink/model/page_text.js").Word} Word */

const PAGE = { width: 800, aspect: 1.4 };
/** @type {Word[]} a line from margin to margin, and a short one below it */
const WORDS = [[0.12, 0.3, 0.5, 0.32, "Ủy"], [0.51, 0.3, 0.9, 0.32, "ban"], [0.12, 0.4, 0.4, 0.42, "nhân"]];

/** @param {[number, number]} at @param {Word[]} [words] */
const covers = ([x, y], words = WORDS) => words.some(([x0, y0, x1, y1]) => Math.abs(x - (x0 + x1) / 2) < (x1 - x0) / 2 + 15 / 800
  && Math.abs(y - (y0 + y1) / 2) < (y1 - y0) / 2 + 15 / 1120);

test("a note put on words stands at the nearer end of its line, at the same height", () => {
  const right = besideWords([0.7, 0.31], WORDS, PAGE);
  assert.ok(right[0] > 0.9 && right[1] === 0.31 && !covers(right));
  const left = besideWords([0.2, 0.31], WORDS, PAGE);
  assert.ok(left[0] < 0.12 && left[1] === 0.31 && !covers(left));
  const after = besideWords([0.3, 0.41], WORDS, PAGE);
  assert.ok(after[0] > 0.4 && after[0] < 0.45 && !covers(after));
});

test("a second note on the same line does not cover the first one's pin", () => {
  const first = besideWords([0.3, 0.41], WORDS, PAGE);
  const second = besideWords([0.3, 0.41], WORDS, { ...PAGE, pins: [first] });
  assert.ok(Math.abs(second[0] - first[0]) >= 30 / 800 && !covers(second));
});

test("a note put where there are no words stays there", () => {
  assert.deepEqual(besideWords([0.7, 0.41], WORDS, PAGE), [0.7, 0.41]);
  assert.deepEqual(besideWords([0.5, 0.5], [], PAGE), [0.5, 0.5]);
});

test("where a line leaves no room at either edge, or a phone none at one, the pin does not leave the page", () => {
  assert.deepEqual(besideWords([0.5, 0.3], [[0, 0.29, 1, 0.31, "bảng"]], PAGE), [0.5, 0.3]);
  const [x] = besideWords([0.85, 0.31], WORDS, { width: 150, aspect: 1.4 });
  assert.equal(x, 0.85);
});
