/** How tiles that did not come are asked for again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TileHarness, REF, settled } from "./tile_harness.js";

const LINE = { no: "line" };
const PICTURE = { picture: new Blob(["x"]) };
const OTHER = { ...REF, page: 4 };

/** @param {TileHarness} harness @param {number} ms @returns {Promise<number>} how many more are asked for in this time */
async function askedIn(harness, ms) {
  const before = harness.bytes.asked.length;
  await harness.after(ms);
  return harness.bytes.asked.length - before;
}

/** @param {TileHarness} harness @param {object} answer to all, from now on */
const says = (harness, answer) => {
  harness.bytes.answer = () => answer;
};

test("without a line it is asked again by itself, after pauses that grow, one at a time", async (t) => {
  const harness = new TileHarness(t);
  says(harness, LINE);
  await harness.shows();
  assert.equal(harness.bytes.asked.length, 2);
  for (const pause of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    assert.equal(await askedIn(harness, pause - 1), 0);
    assert.equal(await askedIn(harness, 1), 1);
  }
  // One tile's failure loses no other.
  says(harness, PICTURE);
  await harness.after(30_000);
  assert.equal(harness.transform.length, new Set(harness.bytes.asked.map(({ tile }) => `${tile.column}/${tile.row}`)).size);
  assert.ok(harness.transform.length >= 6);
});

test("until one comes only one is under way, then two again and the pauses begin anew", async (t) => {
  const harness = new TileHarness(t);
  says(harness, LINE);
  await harness.shows();
  says(harness, null);
  assert.equal(await askedIn(harness, 1000), 1);
  harness.bytes.asked.at(-1).give(PICTURE);
  await settled();
  assert.equal(harness.bytes.asked.length, 5);
  for (const asked of harness.bytes.asked.slice(-2)) asked.give(LINE);
  await settled();
  says(harness, LINE);
  assert.equal(await askedIn(harness, 999), 0);
  assert.equal(await askedIn(harness, 1), 1);
});

test("a server that is busy is asked again when it said, and later each time", async (t) => {
  const harness = new TileHarness(t);
  says(harness, { later: 3000 });
  await harness.shows();
  for (const pause of [3000, 6000, 12_000, 24_000, 30_000]) {
    assert.equal(await askedIn(harness, pause - 1), 0);
    assert.equal(await askedIn(harness, 1), 1);
  }
});

test("chance spreads the tablets of a hall", async (t) => {
  const harness = new TileHarness(t);
  harness.chance = 1;
  says(harness, { later: 2000 });
  await harness.shows();
  assert.equal(await askedIn(harness, 2799), 0);
  harness.chance = 0;
  assert.equal(await askedIn(harness, 1), 1);
  assert.equal(await askedIn(harness, 3199), 0);
  assert.equal(await askedIn(harness, 1), 1);
});

test("a page that is moved and rests again does not shorten a pause, but shows what is kept", async (t) => {
  const harness = new TileHarness(t);
  await harness.shows();
  const all = harness.transform.length;
  const before = harness.view;
  says(harness, { later: 5000 });
  harness.lie(9600, 0, 0);
  await harness.rests();
  const number = harness.bytes.asked.length;
  harness.tiles.pause();
  await harness.rests();
  assert.equal(harness.bytes.asked.length, number);
  harness.view = before;
  await harness.rests();
  assert.equal(harness.bytes.asked.length, number);
  assert.ok(harness.transform.length >= all);
  // The line is no better for it.
  harness.lie(9600, 0, 0);
  await harness.rests();
  assert.equal(await askedIn(harness, 5000), 1);
  assert.equal(await askedIn(harness, 9999), 0);
  assert.equal(await askedIn(harness, 1), 1);
});

test("a page that is let go after a refusal is not asked for any more", async (t) => {
  for (const answer of [{ later: 2000 }, LINE]) {
    const harness = new TileHarness(t);
    says(harness, answer);
    await harness.shows();
    harness.tiles.clear();
    assert.equal(await askedIn(harness, 120_000), 0);
    t.mock.timers.reset();
  }
});

test("another page begins without the pauses of the one before", async (t) => {
  const harness = new TileHarness(t);
  says(harness, LINE);
  await harness.shows();
  await harness.after(1000);
  says(harness, PICTURE);
  assert.ok((await askedIn(harness, 500)) === 0);
  await harness.shows(OTHER);
  assert.ok(harness.transform.length >= 6);
});

test("a line that is back is used at once", async (t) => {
  const harness = new TileHarness(t);
  says(harness, LINE);
  await harness.shows();
  for (const pause of [1000, 2000, 4000]) await harness.after(pause);
  const number = harness.bytes.asked.length;
  await harness.hears("online", window);
  assert.equal(harness.bytes.asked.length, number + 2);
  says(harness, PICTURE);
  assert.equal(await askedIn(harness, 999), 0);
  await harness.after(1);
  assert.ok(harness.transform.length >= 6);
});

test("nothing is asked for while nobody looks", async (t) => {
  const harness = new TileHarness(t);
  document.hidden = true;
  await harness.shows();
  assert.equal(harness.bytes.asked.length, 0);
  document.hidden = false;
  says(harness, LINE);
  await harness.hears("visibilitychange", document);
  assert.equal(harness.bytes.asked.length, 2);
  document.hidden = true;
  assert.equal(await askedIn(harness, 60_000), 0);
  document.hidden = false;
  says(harness, PICTURE);
  await harness.hears("visibilitychange", document);
  assert.ok(harness.transform.length >= 6);
});
