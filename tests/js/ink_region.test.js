/** Which part of a page a canvas holds, at every zoom, on every screen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as region from "../../static/js/ink/canvas/region.js";
import { clamped } from "../../static/js/viewer/viewport_math.js";
import { chance } from "./chance.js";

const A4 = { w: 820, h: 1160 };
const WIDE = { w: 1152, h: 814 };
const VIEWPORTS = [{ w: 820, h: 1068 }, { w: 1180, h: 708 }, { w: 360, h: 688 }];

/** @param {object} [given] @returns {region.Transform} */
const transform = ({ zoom = 1, x = 0, y = 0, base = A4, viewportSize = VIEWPORTS[0], ratio = 1 } = {}) => ({
  view: clamped({ zoom, x, y }, base, viewportSize), base, viewportSize, ratio,
});

test("at zoom 1 it is the whole page, a pixel for a pixel", () => {
  const own = region.regionFor(transform({ ratio: 2 }));
  assert.deepEqual([own.left, own.top, own.width, own.height], [0, 0, 820, 1160]);
  assert.deepEqual([own.pixelsWide, own.pixelsHigh, own.scale], [1640, 2320, 2]);
});

test("at eight times it is what is seen and a margin, still a pixel for a pixel", () => {
  const now = transform({ zoom: 8, x: -3000.3, y: -4000.7 });
  const own = region.regionFor(now);
  assert.equal(own.scale, 8);
  const { x0, y0, x1, y1 } = region.seen(now);
  assert.ok(own.left < x0 && own.top < y0 && own.left + own.width > x1 && own.top + own.height > y1);
  assert.ok(own.pixelsWide * own.pixelsHigh <= region.MOST_PIXELS * 1.01);
  assert.ok(own.pixelsWide * own.pixelsHigh > 2 * 820 * 1068);
});

test("wherever the page stands, a canvas shows all of it, on whole pixels, within the limit", () => {
  const random = chance(5);
  for (let round = 0; round < 3000; round += 1) {
    const base = random() < 0.5 ? A4 : WIDE;
    const viewportSize = VIEWPORTS[Math.floor(random() * VIEWPORTS.length)];
    const ratio = [1, 1.5, 2, 3][Math.floor(random() * 4)];
    const zoom = 1 + 7 * random() ** 2;
    const now = transform({ zoom, x: -random() * base.w * zoom, y: -random() * base.h * zoom, base, viewportSize, ratio });
    for (const margin of [true, false]) {
      const own = region.regionFor(now, { margin });
      assert.ok(own.pixelsWide * own.pixelsHigh <= region.MOST_PIXELS * 1.01);
      assert.ok(region.stillDoes(own, now, own), "it shows what is seen");
      if (own.scale !== now.view.zoom * ratio) continue;
      for (const [at, origin] of [[own.left, now.view.x], [own.top, now.view.y]]) {
        const pixel = (origin + at * now.view.zoom) * ratio;
        assert.ok(Math.abs(pixel - Math.round(pixel)) < 1e-6, `${pixel} is between two pixels`);
      }
    }
  }
});

test("a pan within the margin and the same zoom need no new canvas; what shows an edge or is coarse does", () => {
  const before = transform({ zoom: 4, x: -1000, y: -1500 });
  const own = region.regionFor(before);
  const near = transform({ zoom: 4, x: -1100, y: -1400 });
  assert.ok(region.stillDoes(own, near, region.regionFor(near)));
  const far = transform({ zoom: 4, x: -2400, y: -3500 });
  assert.ok(!region.stillDoes(own, far, region.regionFor(far)));
  const nearer = transform({ zoom: 6, x: -1700, y: -2400 });
  assert.ok(!region.stillDoes(own, nearer, region.regionFor(nearer)));
  assert.ok(!region.stillDoes(null, before, own));
});

test("a screen with more pixels than the limit gets a coarser canvas of all that is seen", () => {
  const now = transform({ zoom: 2, base: { w: 2000, h: 2830 }, viewportSize: { w: 2560, h: 1440 }, ratio: 3 });
  const own = region.regionFor(now);
  assert.ok(own.scale < 6);
  assert.ok(own.pixelsWide * own.pixelsHigh <= region.MOST_PIXELS * 1.01);
  assert.ok(region.stillDoes(own, now, own));
});

test("places of the viewport and of the page lead to each other", () => {
  const now = transform({ zoom: 3, x: -700, y: -900 });
  const [x, y] = region.onPage({ x: 400, y: 500 }, now);
  const box = region.inViewport([x, y, x, y], now);
  assert.ok(Math.abs(box.left - 400) < 1e-9 && Math.abs(box.top - 500) < 1e-9);
});
