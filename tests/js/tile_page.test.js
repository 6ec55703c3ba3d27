/** When tiles are put on the screen and when they go. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TILE_WIDTHS, partSeen, tileName, tilesIn } from "../../static/js/viewer/tile_math.js";
import { A1, TileHarness, REF, settled } from "./tile_harness.js";

const [FOUR, NINE] = TILE_WIDTHS;
const OTHER = { ...REF, page: 4 };

/** @param {TileHarness} harness @param {number} width @returns {string[]} the tiles that are seen, the middle first */
function seen(harness, width) {
  return tilesIn(partSeen({ view: harness.view, base: harness.base, viewportSize: harness.size, ratio: harness.ratio }), A1, width).map(tileName);
}
const names = (harness) => harness.bytes.asked.map(({ tile }) => tileName(tile));

test("what is seen is asked for, two at a time and the middle first, and stands", async (t) => {
  const harness = new TileHarness(t);
  harness.bytes.answer = () => null;
  await harness.shows();
  assert.deepEqual(names(harness), seen(harness, NINE).slice(0, 2));
  harness.bytes.answer = () => ({ picture: new Blob(["x"]) });
  for (const asked of harness.bytes.asked) asked.give({ picture: new Blob(["x"]) });
  await settled();
  assert.deepEqual(names(harness), seen(harness, NINE));
  assert.equal(harness.transform.length, seen(harness, NINE).length);
});

test("a fitted page has none, however large the display", async (t) => {
  const harness = new TileHarness(t);
  harness.size = { w: 3840, h: 2100 };
  harness.ratio = 3;
  harness.zoom(1.01);
  await harness.shows();
  assert.deepEqual(names(harness), []);
  harness.zoom(1.02);
  await harness.rests();
  assert.notEqual(names(harness).length, 0);
  harness.zoom(1);
  await harness.rests();
  assert.equal(harness.transform.length, 0);
});

test("an answer for the page before puts nothing on the next one", async (t) => {
  const harness = new TileHarness(t);
  harness.bytes.answer = () => null;
  await harness.shows();
  const [first] = harness.bytes.asked;
  harness.tiles.show(OTHER, A1);
  assert.equal(first.signal.aborted, true);
  first.give({ picture: new Blob(["x"]) });
  await settled();
  await harness.after(300);
  assert.deepEqual([harness.transform.length, harness.decoded.length], [0, 0]);
  assert.equal(harness.bytes.asked.at(-1).ref, OTHER);
});

test("a refusal of the page before says nothing of the next one", async (t) => {
  const harness = new TileHarness(t);
  harness.bytes.answer = () => null;
  await harness.shows();
  const before = [...harness.bytes.asked];
  harness.bytes.answer = () => ({ picture: new Blob(["x"]) });
  await harness.shows({ ...OTHER, document_id: "d2" });
  before[0].give({ no: "right" });
  before[1].give({ no: "line" });
  await settled();
  assert.deepEqual(harness.bytes.forgot, []);
  assert.equal(harness.transform.length, seen(harness, NINE).length);
});

test("a picture of the page before that is being decoded is not put on the next one", async (t) => {
  const harness = new TileHarness(t);
  harness.holdDecoding = true;
  await harness.shows();
  const under = [...harness.decoded];
  assert.equal(under.length, 2);
  harness.bytes.answer = () => null;
  harness.tiles.show(OTHER, A1);
  for (const bitmap of under) bitmap.give();
  await harness.after(300);
  assert.equal(harness.transform.length, 0);
  assert.ok(under.every(({ closed }) => closed));
});

test("a page that was zoomed while a tile was decoded has it decoded anew, once", async (t) => {
  const harness = new TileHarness(t);
  harness.zoom(4);
  await harness.shows();
  const all = seen(harness, NINE).length;
  harness.tiles.clear();
  harness.decoded = [];
  harness.zoom(3);
  harness.holdDecoding = true;
  await harness.shows();
  const early = [...harness.decoded];
  harness.zoom(4);
  await harness.rests();
  harness.holdDecoding = false;
  for (const bitmap of early) bitmap.give();
  await settled();
  assert.equal(harness.decoded.length, early.length + all);
  assert.equal(harness.transform.length, all);
  const wide = Math.max(...early.map(({ width }) => width));
  assert.ok(harness.transform.every(({ canvas }) => canvas.width > wide));
});

test("nothing is put on a page that moves; it comes when the page rests", async (t) => {
  const harness = new TileHarness(t);
  harness.holdDecoding = true;
  await harness.shows();
  harness.tiles.pause();
  harness.holdDecoding = false;
  for (const bitmap of [...harness.decoded]) bitmap.give();
  await settled();
  assert.equal(harness.transform.length, 0);
  assert.ok(harness.decoded.every(({ closed }) => closed));
  const before = names(harness);
  await harness.rests();
  assert.equal(harness.transform.length, seen(harness, NINE).length);
  assert.equal(names(harness).slice(before.length).some((name) => before.includes(name)), false);
});

test("while a hand writes nothing is asked for or put", async (t) => {
  const harness = new TileHarness(t);
  harness.writes = true;
  await harness.shows();
  await harness.after(200);
  assert.deepEqual(names(harness), []);
  harness.writes = false;
  harness.holdDecoding = true;
  await harness.after(200);
  harness.writes = true;
  const under = [...harness.decoded];
  for (const bitmap of under) bitmap.give();
  await settled();
  assert.equal(harness.transform.length, 0);
  assert.ok(under.every(({ closed }) => closed));
  harness.holdDecoding = harness.writes = false;
  await harness.after(200);
  assert.equal(harness.transform.length, seen(harness, NINE).length);
  assert.equal(names(harness).length, seen(harness, NINE).length);
});

test("a picture that came while a hand writes is decoded afterwards", async (t) => {
  const harness = new TileHarness(t);
  harness.bytes.answer = () => null;
  await harness.shows();
  harness.writes = true;
  harness.bytes.answer = () => ({ picture: new Blob(["x"]) });
  for (const asked of harness.bytes.asked) asked.give({ picture: new Blob(["x"]) });
  await settled();
  assert.equal(harness.decoded.length, 0);
  harness.writes = false;
  await harness.after(200);
  assert.deepEqual([...names(harness)].sort(), [...seen(harness, NINE)].sort());
  assert.equal(harness.transform.length, seen(harness, NINE).length);
});

test("a paper that may no longer be read is forgotten with all that stands of it", async (t) => {
  const harness = new TileHarness(t);
  harness.bytes.answer = ({ column, row }) => (`${NINE}/${column}/${row}` === seen(harness, NINE)[2] ? { no: "right" } : { picture: new Blob(["x"]) });
  await harness.shows();
  assert.deepEqual(harness.bytes.forgot, [REF.document_id]);
  assert.equal(harness.transform.length, 0);
  const number = names(harness).length;
  await harness.rests();
  await harness.after(60_000);
  assert.equal(names(harness).length, number);
});

test("where the next level is too heavy the tiles of this one stay", async (t) => {
  const harness = new TileHarness(t);
  harness.zoom(2.5);
  await harness.shows();
  assert.deepEqual(new Set(harness.transform.map(({ width }) => width)), new Set([FOUR]));
  harness.bytes.answer = ({ width }) => (width === NINE ? { no: "sharper" } : { picture: new Blob(["x"]) });
  const number = names(harness).length;
  harness.zoom(4);
  await harness.rests();
  assert.equal(names(harness).slice(number).filter((name) => name.startsWith(`${NINE}/`)).length, 2);
  assert.equal(harness.transform.length, seen(harness, FOUR).length);
  assert.ok(harness.transform.every(({ width }) => width === FOUR));
});

test("tiles that sharper ones cover go one by one, the last with all the others", async (t) => {
  const harness = new TileHarness(t);
  harness.zoom(2.5);
  await harness.shows();
  const before = harness.transform.length;
  harness.bytes.answer = () => null;
  harness.zoom(3.4);
  await harness.rests();
  const counts = [];
  for (let at = names(harness).findIndex((name) => name.startsWith(`${NINE}/`)); at < harness.bytes.asked.length; at += 1) {
    counts.push(harness.transform.filter(({ width }) => width === FOUR).length);
    harness.bytes.asked[at].give({ picture: new Blob(["x"]) });
    await settled();
  }
  assert.equal(counts[0], before);
  assert.ok(counts.at(-1) > 0 && counts.at(-1) < before, `${counts}`);
  assert.ok(harness.transform.every(({ width }) => width === NINE));
});

test("what is out of sight has room only beside all that is seen", async (t) => {
  const harness = new TileHarness(t);
  harness.zoom(2.7);
  harness.lie(FOUR, 1024 + 50, 1024 + 40);
  await harness.shows();
  harness.lie(FOUR, 2048 + 50, 1024 + 40);
  await harness.rests();
  assert.equal(seen(harness, FOUR).length, 4);
  assert.equal(harness.transform.length, 6);
  // The tiles before are seen until the sharper ones stand: together they leave no room.
  harness.bytes.answer = () => null;
  harness.zoom(3.35);
  harness.lie(NINE, 4096 + 60, 2048 + 100);
  await harness.rests();
  assert.equal(seen(harness, NINE).length, 6);
  const kept = harness.transform.map(({ canvas }) => /left: (\d+)px; top: (\d+)px/.exec(canvas.style.cssText));
  assert.deepEqual(kept.map(([, left, top]) => `${FOUR}/${left / 1024}/${top / 1024}`).sort(), [...seen(harness, FOUR)].sort());
});
