/** Which tiles a zoomed page wants, and where they lie. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tiles from "../../static/js/viewer/tile_math.js";
import * as math from "../../static/js/viewer/viewport_math.js";

const A1 = { w: 2384, h: 1684 };
const STRIP = { w: 3000, h: 10 };
const VIEWPORT = { w: 1180, h: 708 };
const [FOUR, NINE] = tiles.TILE_WIDTHS;

/** @param {number} zoom @param {{x:number, y:number}} about @param {number} [ratio] */
function transform(zoom, about, ratio = 2, page = A1) {
  const base = math.fitted("width", page, VIEWPORT);
  const view = math.zoomedAt(math.atRest(base, VIEWPORT), zoom, about, base, VIEWPORT);
  return { view, base, viewportSize: VIEWPORT, ratio };
}

test("a level is chosen where the whole picture ends, and the next where this one would be stretched", () => {
  const of = (need) => tiles.levelFor(need, 2400, tiles.TILE_WIDTHS);
  assert.equal(of(1200), null);
  assert.equal(of(2640), null);
  assert.equal(of(2641), FOUR);
  assert.equal(of(4800 * 1.33), FOUR);
  assert.equal(of(4800 * 1.33 + 1), NINE);
  assert.equal(of(30000), NINE);
  assert.equal(tiles.levelFor(9000, 2400, [FOUR]), FOUR);
  assert.equal(tiles.levelFor(9000, 2400, []), null);
});

test("all of a page is covered once, without gaps, and nothing beyond its edges", () => {
  for (const page of [A1, STRIP, { w: 595, h: 842 }]) {
    for (const width of tiles.TILE_WIDTHS) {
      const all = tiles.tilesIn({ x0: 0, y0: 0, x1: 1, y1: 1 }, page, width);
      const height = tiles.levelHeight(page, width);
      assert.equal(all.reduce((sum, { w, h }) => sum + w * h, 0), width * height);
      assert.equal(new Set(all.map(tiles.tileName)).size, all.length);
      for (const { left, top, w, h, column, row } of all) {
        assert.deepEqual([left, top], [column * tiles.TILE, row * tiles.TILE]);
        assert.ok(w > 0 && h > 0 && left + w <= width && top + h <= height);
      }
    }
  }
});

test("what is seen is covered by few tiles, the ones in the middle first", () => {
  const at = transform(8, { x: 700, y: 300 });
  const part = tiles.partSeen(at);
  const seen = tiles.tilesIn(part, A1, NINE);
  const share = (tiles.needed(at) / NINE) * tiles.TILE;
  const most = (Math.ceil((VIEWPORT.w * 2) / share) + 1) * (Math.ceil((VIEWPORT.h * 2) / share) + 1);
  assert.ok(seen.length > 1 && seen.length <= most, `${seen.length} of at most ${most}`);
  assert.ok(seen.every((tile) => tiles.touches(tile, part, A1)));
  const height = tiles.levelHeight(A1, NINE);
  const [x, y] = [((part.x0 + part.x1) / 2) * NINE, ((part.y0 + part.y1) / 2) * height];
  const first = seen[0];
  assert.ok(first && first.left <= x + tiles.TILE / 2 && first.left + first.w >= x - tiles.TILE / 2);
  assert.ok(first && first.top <= y + tiles.TILE / 2 && first.top + first.h >= y - tiles.TILE / 2);
});

test("the part seen is what the viewport shows, and more beyond it", () => {
  const at = transform(4, { x: 590, y: 354 });
  const part = tiles.partSeen(at);
  assert.ok(Math.abs((part.x1 - part.x0) * at.base.w * 4 - VIEWPORT.w) < 1e-6);
  const more = tiles.partSeen(at, 0.5);
  assert.ok(Math.abs((more.x1 - more.x0) * at.base.w * 4 - 2 * VIEWPORT.w) < 1e-6);
  const whole = tiles.partSeen(transform(1, { x: 0, y: 0 }));
  assert.deepEqual([whole.x0, whole.y0, whole.x1], [0, 0, 1]);
});

test("a page that is off the viewport wants nothing", () => {
  const at = transform(4, { x: 590, y: 354 });
  assert.deepEqual(tiles.tilesIn(tiles.partSeen({ ...at, view: { zoom: 4, x: 5000, y: 0 } }), A1, FOUR), []);
});

test("a tile is decoded to what the screen shows of it, never to more than it has", () => {
  assert.equal(tiles.shrunk(2400, 4800), 0.5);
  assert.equal(tiles.shrunk(6000, 4800), 1);
});

test("the whole picture of a tall page is narrower than asked for, and tiles begin there", () => {
  assert.equal(tiles.wholeWidth(A1, 2400), 2400);
  assert.equal(tiles.wholeWidth({ w: 595, h: 842 }, 2400), 2400);
  // A roll ten times as high as it is wide: its height is the limit.
  assert.equal(tiles.wholeWidth({ w: 100, h: 1000 }, 2400), 800);
  // Three times as high: so is the number of its pixels.
  const third = tiles.wholeWidth({ w: 100, h: 300 }, 2400);
  assert.ok(Math.abs(third - Math.sqrt(16e6 / 3)) < 1e-6 && third < 8000 / 3);
  assert.equal(tiles.levelFor(1500, tiles.wholeWidth({ w: 100, h: 1000 }, 2400), tiles.TILE_WIDTHS), FOUR);
  assert.equal(tiles.levelFor(1500, tiles.wholeWidth(A1, 2400), tiles.TILE_WIDTHS), null);
});

test("a tile shows the same part of the page at every level", () => {
  for (const page of [A1, STRIP]) {
    for (const tile of tiles.tilesIn({ x0: 0, y0: 0, x1: 1, y1: 1 }, page, FOUR)) {
      const over = tiles.tilesIn(tiles.partOf(tile, page), page, NINE);
      assert.ok(over.length >= 1 && over.length <= 4);
      assert.ok(over.every(({ column, row }) => column >> 1 === tile.column && row >> 1 === tile.row));
    }
  }
});
