/** When tiles are put on the glass and when they go. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TILE_WIDTHS, partSeen, tileName, tilesIn } from "../../static/js/viewer/tile_math.js";
import { A1, Desk, REF, settled } from "./tile_desk.js";

const [FOUR, NINE] = TILE_WIDTHS;
const OTHER = { ...REF, page: 4 };

/** @param {Desk} desk @param {number} width @returns {string[]} the tiles that are seen, the middle first */
function seen(desk, width) {
  return tilesIn(partSeen({ view: desk.view, base: desk.base, desk: desk.size, ratio: desk.ratio }), A1, width).map(tileName);
}
const names = (desk) => desk.bytes.asked.map(({ tile }) => tileName(tile));

test("what is seen is asked for, two at a time and the middle first, and stands", async (t) => {
  const desk = new Desk(t);
  desk.bytes.answer = () => null;
  await desk.shows();
  assert.deepEqual(names(desk), seen(desk, NINE).slice(0, 2));
  desk.bytes.answer = () => ({ picture: new Blob(["x"]) });
  for (const asked of desk.bytes.asked) asked.give({ picture: new Blob(["x"]) });
  await settled();
  assert.deepEqual(names(desk), seen(desk, NINE));
  assert.equal(desk.standing.length, seen(desk, NINE).length);
});

test("a fitted page has none, however large the display", async (t) => {
  const desk = new Desk(t);
  desk.size = { w: 3840, h: 2100 };
  desk.ratio = 3;
  desk.zoom(1.01);
  await desk.shows();
  assert.deepEqual(names(desk), []);
  desk.zoom(1.02);
  await desk.rests();
  assert.notEqual(names(desk).length, 0);
  desk.zoom(1);
  await desk.rests();
  assert.equal(desk.standing.length, 0);
});

test("an answer for the page before puts nothing on the next one", async (t) => {
  const desk = new Desk(t);
  desk.bytes.answer = () => null;
  await desk.shows();
  const [first] = desk.bytes.asked;
  desk.tiles.show(OTHER, A1);
  assert.equal(first.signal.aborted, true);
  first.give({ picture: new Blob(["x"]) });
  await settled();
  await desk.after(300);
  assert.deepEqual([desk.standing.length, desk.decoded.length], [0, 0]);
  assert.equal(desk.bytes.asked.at(-1).ref, OTHER);
});

test("a refusal of the page before says nothing of the next one", async (t) => {
  const desk = new Desk(t);
  desk.bytes.answer = () => null;
  await desk.shows();
  const before = [...desk.bytes.asked];
  desk.bytes.answer = () => ({ picture: new Blob(["x"]) });
  await desk.shows({ ...OTHER, document_id: "d2" });
  before[0].give({ no: "right" });
  before[1].give({ no: "line" });
  await settled();
  assert.deepEqual(desk.bytes.forgot, []);
  assert.equal(desk.standing.length, seen(desk, NINE).length);
});

test("a picture of the page before that is being decoded is not put on the next one", async (t) => {
  const desk = new Desk(t);
  desk.holdDecoding = true;
  await desk.shows();
  const under = [...desk.decoded];
  assert.equal(under.length, 2);
  desk.bytes.answer = () => null;
  desk.tiles.show(OTHER, A1);
  for (const bitmap of under) bitmap.give();
  await desk.after(300);
  assert.equal(desk.standing.length, 0);
  assert.ok(under.every(({ closed }) => closed));
});

test("a page that was zoomed while a tile was decoded has it decoded anew, once", async (t) => {
  const desk = new Desk(t);
  desk.zoom(4);
  await desk.shows();
  const all = seen(desk, NINE).length;
  desk.tiles.clear();
  desk.decoded = [];
  desk.zoom(3);
  desk.holdDecoding = true;
  await desk.shows();
  const early = [...desk.decoded];
  desk.zoom(4);
  await desk.rests();
  desk.holdDecoding = false;
  for (const bitmap of early) bitmap.give();
  await settled();
  assert.equal(desk.decoded.length, early.length + all);
  assert.equal(desk.standing.length, all);
  const wide = Math.max(...early.map(({ width }) => width));
  assert.ok(desk.standing.every(({ canvas }) => canvas.width > wide));
});

test("nothing is put on a page that moves; it comes when the page rests", async (t) => {
  const desk = new Desk(t);
  desk.holdDecoding = true;
  await desk.shows();
  desk.tiles.pause();
  desk.holdDecoding = false;
  for (const bitmap of [...desk.decoded]) bitmap.give();
  await settled();
  assert.equal(desk.standing.length, 0);
  assert.ok(desk.decoded.every(({ closed }) => closed));
  const before = names(desk);
  await desk.rests();
  assert.equal(desk.standing.length, seen(desk, NINE).length);
  assert.equal(names(desk).slice(before.length).some((name) => before.includes(name)), false);
});

test("while a hand writes nothing is asked for or put", async (t) => {
  const desk = new Desk(t);
  desk.writes = true;
  await desk.shows();
  await desk.after(200);
  assert.deepEqual(names(desk), []);
  desk.writes = false;
  desk.holdDecoding = true;
  await desk.after(200);
  desk.writes = true;
  const under = [...desk.decoded];
  for (const bitmap of under) bitmap.give();
  await settled();
  assert.equal(desk.standing.length, 0);
  assert.ok(under.every(({ closed }) => closed));
  desk.holdDecoding = desk.writes = false;
  await desk.after(200);
  assert.equal(desk.standing.length, seen(desk, NINE).length);
  assert.equal(names(desk).length, seen(desk, NINE).length);
});

test("a picture that came while a hand writes is decoded afterwards", async (t) => {
  const desk = new Desk(t);
  desk.bytes.answer = () => null;
  await desk.shows();
  desk.writes = true;
  desk.bytes.answer = () => ({ picture: new Blob(["x"]) });
  for (const asked of desk.bytes.asked) asked.give({ picture: new Blob(["x"]) });
  await settled();
  assert.equal(desk.decoded.length, 0);
  desk.writes = false;
  await desk.after(200);
  assert.deepEqual([...names(desk)].sort(), [...seen(desk, NINE)].sort());
  assert.equal(desk.standing.length, seen(desk, NINE).length);
});

test("a paper that may no longer be read is forgotten with all that stands of it", async (t) => {
  const desk = new Desk(t);
  desk.bytes.answer = ({ column, row }) => (`${NINE}/${column}/${row}` === seen(desk, NINE)[2] ? { no: "right" } : { picture: new Blob(["x"]) });
  await desk.shows();
  assert.deepEqual(desk.bytes.forgot, [REF.document_id]);
  assert.equal(desk.standing.length, 0);
  const number = names(desk).length;
  await desk.rests();
  await desk.after(60_000);
  assert.equal(names(desk).length, number);
});

test("where the next level is too heavy the tiles of this one stay", async (t) => {
  const desk = new Desk(t);
  desk.zoom(2.5);
  await desk.shows();
  assert.deepEqual(new Set(desk.standing.map(({ width }) => width)), new Set([FOUR]));
  desk.bytes.answer = ({ width }) => (width === NINE ? { no: "sharper" } : { picture: new Blob(["x"]) });
  const number = names(desk).length;
  desk.zoom(4);
  await desk.rests();
  assert.equal(names(desk).slice(number).filter((name) => name.startsWith(`${NINE}/`)).length, 2);
  assert.equal(desk.standing.length, seen(desk, FOUR).length);
  assert.ok(desk.standing.every(({ width }) => width === FOUR));
});

test("tiles that sharper ones cover go one by one, the last with all the others", async (t) => {
  const desk = new Desk(t);
  desk.zoom(2.5);
  await desk.shows();
  const before = desk.standing.length;
  desk.bytes.answer = () => null;
  desk.zoom(3.4);
  await desk.rests();
  const counts = [];
  for (let at = names(desk).findIndex((name) => name.startsWith(`${NINE}/`)); at < desk.bytes.asked.length; at += 1) {
    counts.push(desk.standing.filter(({ width }) => width === FOUR).length);
    desk.bytes.asked[at].give({ picture: new Blob(["x"]) });
    await settled();
  }
  assert.equal(counts[0], before);
  assert.ok(counts.at(-1) > 0 && counts.at(-1) < before, `${counts}`);
  assert.ok(desk.standing.every(({ width }) => width === NINE));
});

test("what is out of sight has room only beside all that is seen", async (t) => {
  const desk = new Desk(t);
  desk.zoom(2.7);
  desk.lie(FOUR, 1024 + 50, 1024 + 40);
  await desk.shows();
  desk.lie(FOUR, 2048 + 50, 1024 + 40);
  await desk.rests();
  assert.equal(seen(desk, FOUR).length, 4);
  assert.equal(desk.standing.length, 6);
  // The tiles before are seen until the sharper ones stand: together they leave no room.
  desk.bytes.answer = () => null;
  desk.zoom(3.35);
  desk.lie(NINE, 4096 + 60, 2048 + 100);
  await desk.rests();
  assert.equal(seen(desk, NINE).length, 6);
  const kept = desk.standing.map(({ canvas }) => /left: (\d+)px; top: (\d+)px/.exec(canvas.style.cssText));
  assert.deepEqual(kept.map(([, left, top]) => `${FOUR}/${left / 1024}/${top / 1024}`).sort(), [...seen(desk, FOUR)].sort());
});
