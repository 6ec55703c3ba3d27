/** The recorded cases that the server keeps too (tests/rules/annotations/test_annotation_rules.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { faultOf } from "../../static/js/ink/sync/draft_check.js";
import { onGrid } from "../../static/js/ink/model/grid.js";
import { moved } from "../../static/js/ink/model/shapes.js";
import { simplified } from "../../static/js/ink/model/simplify.js";
import { loaded, loading } from "../../static/js/live/annotations.js";
import { reduce } from "./registered_state.js";
import { annotation } from "./marks.js";
import { room } from "./rooms.js";

const cases = JSON.parse(readFileSync(new URL("ink_cases.json", import.meta.url), "utf8"));

/** What is too long to stand in the file is made from its length. */
function whole({ points, boxes, letters, ...draft }) {
  if (points) draft.geometry = { strokes: [Array(points).fill([0.5, 0.5, 0.5])] };
  if (boxes) draft.geometry = { boxes: Array(boxes).fill([0.1, 0.1, 0.2, 0.2]) };
  if (letters) draft.text = "ấ".repeat(letters);
  return draft;
}

test("every draft is found sound or at fault as recorded", () => {
  for (const { draft, fault } of cases.faults) assert.equal(faultOf(whole(draft)), fault, JSON.stringify(draft));
  assert.ok(cases.faults.length > 40);
});

test("numbers that JSON cannot say are a fault", () => {
  const draft = cases.faults[0].draft;
  assert.equal(faultOf({ ...draft, geometry: { strokes: [[[NaN, 0.1, 0.5]]] } }), "malformed_request");
  assert.equal(faultOf({ ...draft, geometry: null }), "geometry_does_not_fit");
});

/** All orders. @param {any[]} list @returns {any[][]} */
const orders = (list) => (list.length < 2 ? [list] : list.flatMap((one, at) => orders(list.toSpliced(at, 1)).map((rest) => [one, ...rest])));

test("news merge as recorded, in every order", () => {
  for (const { events, state } of cases.merges) {
    for (const order of orders(events)) {
      let now = loaded(loading(room(), "d"), "d", { items: [], epoch: "e", seq: 5, mine_seq: 0 });
      for (const { type, id, revision } of order) {
        const items = [type === "put" ? annotation(id, { revision }) : { id, version: 1, page: 1, revision }];
        now = reduce(now, { epoch: "e", seq: now.seq + 1, type: `annotations_${type}`, data: { document_id: "d", items } });
      }
      const { pages, gone } = now.annotations.d;
      const marks = Object.fromEntries(Object.values(pages["1/1"] ?? {}).map((one) => [one.id, one.revision]));
      assert.deepEqual({ marks, gone }, state, JSON.stringify(order));
    }
  }
});

test("points go to the grid as recorded", () => {
  for (const one of cases.grid) assert.deepEqual(onGrid(one.in), one.out);
});

test("shapes move as recorded", () => {
  for (const one of cases.moves) assert.deepEqual(moved(one.geometry, one.by[0], one.by[1]), one.moved);
});

test("strokes are simplified as recorded, to the last figure", () => {
  for (const { stroke, aspect, out } of cases.simplified) assert.deepEqual(simplified(stroke, aspect), out);
});
