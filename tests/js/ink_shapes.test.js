/** Strokes on the grid, simplified, moved, touched: reckoned against the plain definition of each. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { onGrid } from "../../static/js/ink/model/grid.js";
import { hit, hitBySegment } from "../../static/js/ink/canvas/hit_test.js";
import { clamped, extents, moved } from "../../static/js/ink/model/shapes.js";
import { simplified } from "../../static/js/ink/model/simplify.js";
import { outlineOf, OUTLINE_PAGE } from "../../static/js/ink/model/stroke_outline.js";
import { arrowHead } from "../../static/js/ink/tools/arrow.js";
import { bounds } from "../../static/js/ink/tools/index.js";
import { A4, annotation, draft, handwriting } from "./marks.js";

/** How far a point is from a line of points, in pixels of a page this wide. */
function off([x, y], line, aspect, pixels) {
  let least = Infinity;
  for (let at = 1; at < line.length; at++) {
    const [[ax, ay], [bx, by]] = [line[at - 1], line[at]];
    const [dx, dy] = [bx - ax, (by - ay) * aspect];
    const along = dx || dy ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * aspect * dy) / (dx * dx + dy * dy))) : 0;
    least = Math.min(least, Math.hypot(x - ax - along * dx, (y - ay) * aspect - along * dy));
  }
  return least * pixels;
}

test("no point that was written is farther than 0.3 pixels from what is kept, at 2 × 1,200 pixels", () => {
  let [written, kept] = [0, 0];
  for (let seed = 1; seed <= 60; seed++) {
    const aspect = [A4, 1 / A4, 1, 3][seed % 4];
    const stroke = handwriting(seed, 20 + seed * 5);
    const left = simplified(stroke, aspect);
    for (const point of stroke) assert.ok(off(point, left, aspect, 2400) <= 0.3, `seed ${seed}`);
    assert.deepEqual(left, left.map((point) => onGrid(point)));
    assert.deepEqual(simplified(left, aspect).length <= left.length, true);
    written += stroke.length;
    kept += left.length;
  }
  assert.ok(kept < written / 2, `${kept} of ${written}`);
});

test("a straight line becomes its ends; a dot and a line that returns stay what they are", () => {
  const line = Array.from({ length: 50 }, (_, at) => [0.1 + at * 0.01, 0.5, 0.5]);
  assert.deepEqual(simplified(line, A4), [[0.1, 0.5, 0.5], [0.59, 0.5, 0.5]]);
  assert.deepEqual(simplified([[0.1, 0.1, 0.2], [0.1, 0.1, 0.7]], A4), [[0.1, 0.1, 0.7]]);
  const there = [[0.1, 0.1, 0.5], [0.5, 0.1, 0.5], [0.1, 0.1, 0.5]];
  assert.deepEqual(simplified(there, A4), there);
});

test("pressing harder on a straight line is kept", () => {
  const line = Array.from({ length: 21 }, (_, at) => [0.1 + at * 0.01, 0.5, at === 10 ? 0.9 : 0.5]);
  const left = simplified(line, A4);
  assert.ok(left.some(([, , pressure]) => pressure === 0.9));
  assert.ok(left.length <= 5);
});

test("the longest stroke is simplified in a moment", () => {
  const begun = performance.now();
  assert.ok(simplified(handwriting(3, 10_000), A4).length > 100);
  assert.ok(performance.now() - begun < 2000);
});

test("coordinates go to the nearest place on the grid and on the page", () => {
  assert.deepEqual(onGrid([0.123456, 0.999999, 0.555]), [0.12346, 1, 0.56]);
  assert.deepEqual(onGrid([-0.1, 1.2, 3]), [0, 1, 1]);
});

test("moving stops at the page's edge and keeps the shape", () => {
  const { geometry } = draft();
  assert.deepEqual(moved(geometry, 0.3, -0.05), { strokes: [[[0.4, 0.05, 0.5], [0.5, 0.05, 0.5]]] });
  assert.deepEqual(moved(geometry, 5, -5), { strokes: [[[0.9, 0, 0.5], [1, 0, 0.5]]] });
  assert.deepEqual(moved({ box: [0.2, 0.2, 0.4, 0.3] }, -1, 1), { box: [0, 0.9, 0.2, 1] });
  assert.deepEqual(moved({ at: [0.5, 0.5] }, 0.1, 0.1), { at: [0.6, 0.6] });
  assert.deepEqual(moved({ from: [0.1, 0.1], to: [0.2, 0.2] }, 0.8, 0), { from: [0.9, 0.1], to: [1, 0.2] });
  assert.deepEqual(moved({ boxes: [[0, 0, 1, 0.1]] }, 0.1, 0.1), { boxes: [[0, 0.1, 1, 0.2]] });
  assert.deepEqual(clamped({ at: [1.1, 0] }), { at: [1, 0] });
});

const shapes = [
  annotation("ink"),
  annotation("light", { style: { color: "#ffd84d", width: 22, opacity: 0.4, size: 20 } }),
  annotation("dot", { geometry: { strokes: [[[0.5, 0.5, 0.5]]] } }),
  annotation("mark", { kind: "highlight", geometry: { boxes: [[0.1, 0.1, 0.4, 0.12], [0.1, 0.13, 0.2, 0.15]] } }),
  annotation("note", { kind: "note", geometry: { at: [0.5, 0.5] } }),
  annotation("frame", { kind: "rectangle", geometry: { box: [0.2, 0.2, 0.8, 0.6] } }),
  annotation("words", { kind: "text", geometry: { box: [0.2, 0.2, 0.8, 0.6] }, text: "chữ" }),
  annotation("arrow", { kind: "arrow", geometry: { from: [0.1, 0.8], to: [0.6, 0.7] } }),
];

test("each kind is touched where it is, and not beside it", () => {
  /** @type {[string, [number, number], boolean][]} */
  const touches = [
    ["ink", [0.15, 0.101], true], ["ink", [0.15, 0.12], false], ["ink", [0.22, 0.1], false],
    ["light", [0.15, 0.11], true], ["dot", [0.503, 0.5], true], ["dot", [0.52, 0.5], false],
    ["mark", [0.3, 0.11], true], ["mark", [0.3, 0.14], false], ["note", [0.51, 0.505], true], ["note", [0.53, 0.5], false],
    ["frame", [0.2, 0.4], true], ["frame", [0.5, 0.4], false], ["words", [0.5, 0.4], true], ["words", [0.9, 0.4], false],
    ["arrow", [0.35, 0.75], true], ["arrow", [0.35, 0.79], false],
  ];
  for (const [id, at, expected] of touches) {
    const one = shapes.find((shape) => shape.id === id);
    assert.equal(hit(one, at, 0.004, A4), expected, `${id} at ${at}`);
  }
});

test("a fast eraser does not jump over anything", () => {
  for (const one of shapes) {
    const [x0, y0, x1, y1] = bounds(one, A4);
    const x = (x0 + x1) / 2;
    assert.ok(hitBySegment(one, [x, 0], [x, 1], 0.002, A4), one.id);
    assert.ok(hitBySegment(one, [x0, y0], [x1, y1], 0.002, A4) || hitBySegment(one, [x0, y1], [x1, y0], 0.002, A4), one.id);
    assert.ok(!hitBySegment(one, [0, 0.97], [1, 0.99], 0.002, A4), one.id);
  }
});

test("bounds hold everything that is touched", () => {
  for (const one of shapes) {
    const [x0, y0, x1, y1] = bounds(one, A4);
    for (let step = 0; step <= 1600; step++) {
      const at = [(step % 41) / 40, Math.floor(step / 41) / 40];
      if (!hit(one, at, 0, A4)) continue;
      assert.ok(at[0] >= x0 - 1e-9 && at[0] <= x1 + 1e-9 && at[1] >= y0 - 1e-9 && at[1] <= y1 + 1e-9, `${one.id} at ${at}`);
    }
  }
});

test("an arrow's head has even sides, whatever the page's form", () => {
  for (const aspect of [0.5, 1, A4, 3]) {
    const [a, b] = arrowHead({ from: [0.1, 0.1], to: [0.6, 0.3] }, 2.6, aspect);
    const side = ([x, y]) => Math.hypot(x - 0.6, (y - 0.3) * aspect);
    assert.ok(Math.abs(side(a) - side(b)) < 1e-9);
    assert.ok(side(a) >= 0.0117 && side(a) < 0.05);
  }
  assert.deepEqual(arrowHead({ from: [0.5, 0.5], to: [0.5, 0.5] }, 2, 1), [[0.5, 0.5], [0.5, 0.5]]);
});

test("the outline of a pen lies about the line, as wide as it was pressed", () => {
  const line = [[0.2, 0.5, 0.5], [0.8, 0.5, 0.5]];
  const ys = outlineOf(line, 3, 1).map(([, y]) => y / OUTLINE_PAGE);
  assert.ok(Math.abs(Math.max(...ys) - 0.5015) < 2e-4 && Math.abs(Math.min(...ys) - 0.4985) < 2e-4);
  const hard = outlineOf(line.map(([x, y]) => [x, y, 1]), 3, 1).map(([, y]) => y / OUTLINE_PAGE);
  assert.ok(Math.abs(Math.max(...hard) - 0.50225) < 2e-4);
});

test("simplifying changes no outline by more than a pixel at twice the size", () => {
  for (let seed = 1; seed <= 8; seed++) {
    const stroke = handwriting(seed, 300);
    const [full, left] = [outlineOf(stroke, 2.6, A4), outlineOf(simplified(stroke, A4), 2.6, A4)];
    const closed = [...full, full[0]].map(([x, y]) => [x / OUTLINE_PAGE, y / OUTLINE_PAGE]);
    const far = left.map(([x, y]) => off([x / OUTLINE_PAGE, y / OUTLINE_PAGE], closed, 1, 2400));
    far.sort((a, b) => a - b);
    assert.ok(far[Math.floor(far.length * 0.95)] < 1, `seed ${seed}: ${far[Math.floor(far.length * 0.95)]}`);
  }
});

test("extents go around every point", () => {
  assert.deepEqual(extents({ boxes: [[0.1, 0.2, 0.3, 0.4], [0.05, 0.5, 0.2, 0.6]] }), [0.05, 0.2, 0.3, 0.6]);
});
