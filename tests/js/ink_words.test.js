/** Words between two points, the text an annotation was made at, and highlighters along a line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { straightened } from "../../static/js/ink/model/straighten.js";
import { anchorOf, linesOf, nearestWord, selection } from "../../static/js/ink/model/page_text.js";
import { A4, words } from "./marks.js";

test("words beside each other are one line; columns and rows are others", () => {
  assert.deepEqual(linesOf(words).map(({ first, last }) => [first, last]), [[0, 3], [4, 7], [8, 11]]);
  const columns = [[0.1, 0.1, 0.2, 0.12, "a"], [0.6, 0.1, 0.7, 0.12, "b"], [0.71, 0.102, 0.8, 0.121, "c"]];
  assert.deepEqual(linesOf(columns).map(({ first, last }) => [first, last]), [[0, 0], [1, 2]]);
});

test("a selection has a box for each line and reads in order, whichever end was first", () => {
  const made = selection(words, [0.33, 0.11], [0.15, 0.14], A4);
  assert.deepEqual(made, { boxes: [[0.3, 0.1, 0.48, 0.12], [0.1, 0.13, 0.18, 0.15]], text: "Luật Tổ chức", first: 2, last: 4 });
  assert.deepEqual(selection(words, [0.15, 0.14], [0.33, 0.11], A4), made);
  assert.equal(selection([], [0, 0], [1, 1]), null);
  assert.equal(selection(words, [0.9, 0.11], [0.9, 0.11])?.text, "Tổ");
});

test("the nearest word is on the same line before it is on another", () => {
  assert.equal(nearestWord(words, [0.55, 0.112])?.at, 3);
  assert.ok((nearestWord(words, [0.5, 0.9])?.distance ?? 0) > 0.3);
  assert.equal(nearestWord(words, [0.35, 0.11])?.distance, 0);
});

test("marks quote their words with what stands around them", () => {
  assert.deepEqual(anchorOf("highlight", { boxes: [[0.3, 0.1, 0.48, 0.12], [0.1, 0.13, 0.18, 0.15]] }, words), {
    text: "Luật Tổ chức", prefix: "Căn cứ", suffix: "chính quyền địa phương ngày 16 tháng", box: null,
  });
  const many = Array.from({ length: 200 }, (_, at) => [0.1, at / 200, 0.2, at / 200 + 0.004, `từ${at}`]);
  const far = anchorOf("strike", { boxes: [[0.1, 0.5, 0.2, 0.504]] }, many);
  assert.deepEqual([far?.text, far?.prefix.length, far?.suffix.length], ["từ100", 60, 60]);
  assert.ok(far?.prefix.endsWith("từ99") && far.suffix.startsWith("từ101"));
  assert.equal(anchorOf("strike", { boxes: [[0.8, 0.8, 0.9, 0.9]] }, words), null);
});

test("ink knows the words it goes around, or the nearest line", () => {
  const around = anchorOf("rectangle", { box: [0.29, 0.09, 0.5, 0.16] }, words);
  assert.deepEqual(around, { text: "Luật Tổ quyền địa", prefix: "", suffix: "", box: [0.3, 0.1, 0.48, 0.15] });
  const under = anchorOf("ink", { strokes: [[[0.1, 0.153, 0.5], [0.3, 0.154, 0.5]]] }, words, A4);
  assert.deepEqual(under, { text: "chức chính quyền địa", prefix: "", suffix: "", box: [0.1, 0.13, 0.48, 0.15] });
  assert.equal(anchorOf("note", { at: [0.9, 0.9] }, words)?.text, "phương ngày 16 tháng");
  assert.equal(anchorOf("note", { at: [0.9, 0.9] }, []), null);
  const long = Array.from({ length: 90 }, (_, at) => [0.1 + at / 200, 0.1, 0.104 + at / 200, 0.12, "nghị"]);
  assert.equal(anchorOf("note", { at: [0.5, 0.5] }, long)?.text.length, 300);
});

test("a highlighter along a line becomes straight and covers it; other strokes stay", () => {
  const wavy = Array.from({ length: 30 }, (_, at) => [0.12 + at * 0.01, 0.141 + 0.003 * Math.sin(at), 0.5]);
  const made = straightened(wavy, words, 20, A4);
  assert.deepEqual(made.stroke, [[0.12, 0.14, 0.5], [0.41, 0.14, 0.5]]);
  assert.equal(made.width, 28.3);
  assert.deepEqual(straightened([...wavy].reverse(), words, 20, A4).stroke, [[0.41, 0.14, 0.5], [0.12, 0.14, 0.5]]);
  const down = Array.from({ length: 30 }, (_, at) => [0.2, 0.1 + at * 0.01, 0.5]);
  const apart = wavy.map(([x, y]) => [x, y + 0.4, 0.5]);
  for (const other of [down, apart, [[0.2, 0.14, 0.5]], []]) assert.equal(straightened(other, words, 20, A4).stroke, other);
});
