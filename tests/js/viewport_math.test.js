/** Where the page stands, on tablets held either way, laptops and phones. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as math from "../../static/js/viewer/viewport_math.js";

const A4 = { w: 595, h: 842 };
const WIDE = { w: 842, h: 595 };
const PORTRAIT = { w: 820, h: 1068 };
const LANDSCAPE = { w: 1180, h: 708 };
const PHONE = { w: 360, h: 688 };

test("a page takes the width of a narrow viewport and a readable measure of a wide one", () => {
  assert.equal(math.fitted("width", A4, PORTRAIT).w, 820);
  assert.equal(math.fitted("width", A4, PHONE).w, 360);
  const wide = math.fitted("width", A4, LANDSCAPE).w;
  assert.ok(wide >= 780 && wide <= 920, String(wide));
  assert.ok(math.fitted("width", WIDE, LANDSCAPE).w > 1100);
});

test("a fitted page is all on the viewport, in its own shape", () => {
  for (const viewportSize of [PORTRAIT, LANDSCAPE, PHONE]) {
    for (const page of [A4, WIDE]) {
      const { w, h } = math.fitted("page", page, viewportSize);
      assert.ok(w <= viewportSize.w && h <= viewportSize.h);
      assert.ok(Math.abs(h - (w * page.h) / page.w) <= 0.5);
    }
  }
});

test("a turn lands at the top and keeps zoom and place across", () => {
  const base = math.fitted("width", A4, LANDSCAPE);
  let view = math.zoomedAt(math.atRest(base, LANDSCAPE), 3, { x: 300, y: 200 }, base, LANDSCAPE);
  view = math.panned(view, -120, -900, base, LANDSCAPE);
  const next = math.landed(view, base, LANDSCAPE);
  assert.equal(next.zoom, 3);
  assert.equal(next.x, view.x);
  assert.equal(next.y, math.gutter(LANDSCAPE));
});

test("zooming keeps the point under the fingers", () => {
  const base = math.fitted("width", A4, PORTRAIT);
  const about = { x: 410, y: 500 };
  const before = math.panned(math.zoomedAt(math.atRest(base, PORTRAIT), 2, about, base, PORTRAIT), 0, -100, base, PORTRAIT);
  const after = math.zoomedAt(before, 4, about, base, PORTRAIT);
  const on = (/** @type {{zoom:number,x:number,y:number}} */ view) => [(about.x - view.x) / view.zoom, (about.y - view.y) / view.zoom];
  assert.ok(Math.abs((on(before)[0] ?? 0) - (on(after)[0] ?? 1)) < 1e-6);
  assert.ok(Math.abs((on(before)[1] ?? 0) - (on(after)[1] ?? 1)) < 1e-6);
});

test("zoom stays between fitted and eight times; the page never leaves the viewport", () => {
  const base = math.fitted("width", A4, PHONE);
  const rest = math.atRest(base, PHONE);
  assert.equal(math.zoomedAt(rest, 0.2, { x: 0, y: 0 }, base, PHONE).zoom, 1);
  const large = math.zoomedAt(rest, 99, { x: 180, y: 300 }, base, PHONE);
  assert.equal(large.zoom, 8);
  for (const [dx, dy] of [[9e9, 9e9], [-9e9, -9e9]]) {
    const far = math.panned(large, dx ?? 0, dy ?? 0, base, PHONE);
    assert.ok(far.x <= 0 && far.x + base.w * 8 >= PHONE.w);
    assert.ok(far.y <= 0 && far.y + base.h * 8 >= PHONE.h);
  }
});

test("a page smaller than the viewport lies in its middle and does not move sideways", () => {
  const base = math.fitted("page", A4, LANDSCAPE);
  const rest = math.atRest(base, LANDSCAPE);
  assert.ok(Math.abs(rest.x - (LANDSCAPE.w - base.w) / 2) <= 0.5);
  assert.deepEqual(math.panned(rest, 50, 50, base, LANDSCAPE), rest);
  assert.ok(!math.movesSideways(rest, base, LANDSCAPE));
  assert.ok(math.movesSideways(math.zoomedAt(rest, 4, { x: 500, y: 300 }, base, LANDSCAPE), base, LANDSCAPE));
});

test("a page across an upright viewport fits one way only, and is larger on a viewport turned", () => {
  for (const viewportSize of [PORTRAIT, PHONE]) assert.ok(math.fitsCoincide(WIDE, viewportSize));
  assert.ok(math.fitsCoincide(A4, PHONE) && !math.fitsCoincide(A4, PORTRAIT) && !math.fitsCoincide(A4, LANDSCAPE));
  const base = math.fitted("width", WIDE, PORTRAIT);
  const rest = math.atRest(base, PORTRAIT);
  assert.ok(math.isLargerTurned(WIDE, rest, base, PORTRAIT));
  assert.ok(!math.isLargerTurned(WIDE, { ...rest, zoom: 2 }, base, PORTRAIT));
  assert.ok(!math.isLargerTurned(A4, rest, base, PORTRAIT));
  assert.ok(!math.isLargerTurned(WIDE, rest, base, { w: 820, h: base.h + 40 }), "no room for the words");
});

test("only a page larger than the viewport is pushed on, from the end it rests at, and the next begins where one reads on", () => {
  const base = math.fitted("width", A4, LANDSCAPE);
  const top = math.atRest(base, LANDSCAPE);
  const foot = math.panned(top, 0, -9e9, base, LANDSCAPE);
  const at = (/** @type {math.View} */ view, /** @type {"x"|"y"} */ axis, /** @type {1|-1} */ step) => math.isAtEnd(view, base, LANDSCAPE, { axis, step });
  assert.deepEqual([at(top, "y", -1), at(top, "y", 1), at(foot, "y", -1), at(foot, "y", 1)], [true, false, false, true]);
  assert.ok(!at(top, "x", 1) && !at(top, "x", -1), "it does not move across");
  const whole = math.fitted("page", A4, LANDSCAPE);
  assert.ok(!math.isAtEnd(math.atRest(whole, LANDSCAPE), whole, LANDSCAPE, { axis: "y", step: 1 }));
  assert.equal(math.landed(foot, base, LANDSCAPE, { axis: "y", step: 1 }).y, top.y);
  assert.equal(math.landed(top, base, LANDSCAPE, { axis: "y", step: -1 }).y, foot.y);
  const right = math.panned(math.zoomedAt(top, 3, { x: 500, y: 300 }, base, LANDSCAPE), -9e9, -50, base, LANDSCAPE);
  const next = math.landed(right, base, LANDSCAPE, { axis: "x", step: 1 });
  assert.deepEqual(next, { zoom: 3, x: math.gutter(LANDSCAPE), y: math.gutter(LANDSCAPE) });
});

test("turning the tablet keeps zoom and the line at the top", () => {
  const before = math.fitted("width", A4, PORTRAIT);
  const base = math.fitted("width", A4, LANDSCAPE);
  const view = math.panned(math.atRest(before, PORTRAIT), 0, -60, before, PORTRAIT);
  const after = math.refitted(view, before, base, PORTRAIT, LANDSCAPE);
  assert.ok(Math.abs(-after.y / base.h - -view.y / before.h) < 1e-9);
});

test("pictures are made pixel for pixel, from the narrowest rung that is sharp enough", () => {
  const resolutions = [1200, 2400];
  assert.deepEqual(math.basePicture(820, 1, resolutions), { resolution: 1200, pixels: 820 });
  assert.deepEqual(math.basePicture(820, 2, resolutions), { resolution: 1200, pixels: 1200 });
  assert.deepEqual(math.sharpPicture(820, false, 1, resolutions), { resolution: 1200, pixels: 820 });
  assert.deepEqual(math.sharpPicture(820, false, 1.5, resolutions), { resolution: 1200, pixels: 1200 });
  assert.deepEqual(math.sharpPicture(820, false, 2, resolutions), { resolution: 2400, pixels: 1640 });
  assert.deepEqual(math.sharpPicture(1640, true, 1, resolutions), { resolution: 2400, pixels: 2400 });
  assert.deepEqual(math.sharpPicture(6000, true, 3, resolutions), { resolution: 2400, pixels: 2400 });
});

test("page sizes are read from runs; a page beyond them is taken for A4", () => {
  /** @type {[number, number, number][]} */
  const runs = [[2, 595, 842], [3, 842, 595]];
  assert.deepEqual(math.pageSize(runs, 2), { w: 595, h: 842 });
  assert.deepEqual(math.pageSize(runs, 3), { w: 842, h: 595 });
  assert.deepEqual(math.pageSize(runs, 6), { w: 595, h: 842 });
  assert.deepEqual(math.pageSize(null, 1), { w: 595, h: 842 });
});
