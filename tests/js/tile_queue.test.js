/** How tiles that did not come are asked for again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk, REF, settled } from "./tile_desk.js";

const LINE = { no: "line" };
const PICTURE = { picture: new Blob(["x"]) };
const OTHER = { ...REF, page: 4 };

/** @param {Desk} desk @param {number} ms @returns {Promise<number>} how many more are asked for in this time */
async function askedIn(desk, ms) {
  const before = desk.bytes.asked.length;
  await desk.after(ms);
  return desk.bytes.asked.length - before;
}

/** @param {Desk} desk @param {object} answer to all, from now on */
const says = (desk, answer) => {
  desk.bytes.answer = () => answer;
};

test("without a line it is asked again by itself, after pauses that grow, one at a time", async (t) => {
  const desk = new Desk(t);
  says(desk, LINE);
  await desk.shows();
  assert.equal(desk.bytes.asked.length, 2);
  for (const pause of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    assert.equal(await askedIn(desk, pause - 1), 0);
    assert.equal(await askedIn(desk, 1), 1);
  }
  // One tile's failure loses no other.
  says(desk, PICTURE);
  await desk.after(30_000);
  assert.equal(desk.standing.length, new Set(desk.bytes.asked.map(({ tile }) => `${tile.column}/${tile.row}`)).size);
  assert.ok(desk.standing.length >= 6);
});

test("until one comes only one is under way, then two again and the pauses begin anew", async (t) => {
  const desk = new Desk(t);
  says(desk, LINE);
  await desk.shows();
  says(desk, null);
  assert.equal(await askedIn(desk, 1000), 1);
  desk.bytes.asked.at(-1).give(PICTURE);
  await settled();
  assert.equal(desk.bytes.asked.length, 5);
  for (const asked of desk.bytes.asked.slice(-2)) asked.give(LINE);
  await settled();
  says(desk, LINE);
  assert.equal(await askedIn(desk, 999), 0);
  assert.equal(await askedIn(desk, 1), 1);
});

test("a server that is busy is asked again when it said, and later each time", async (t) => {
  const desk = new Desk(t);
  says(desk, { later: 3000 });
  await desk.shows();
  for (const pause of [3000, 6000, 12_000, 24_000, 30_000]) {
    assert.equal(await askedIn(desk, pause - 1), 0);
    assert.equal(await askedIn(desk, 1), 1);
  }
});

test("chance spreads the tablets of a hall", async (t) => {
  const desk = new Desk(t);
  desk.chance = 1;
  says(desk, { later: 2000 });
  await desk.shows();
  assert.equal(await askedIn(desk, 2799), 0);
  desk.chance = 0;
  assert.equal(await askedIn(desk, 1), 1);
  assert.equal(await askedIn(desk, 3199), 0);
  assert.equal(await askedIn(desk, 1), 1);
});

test("a page that is moved and rests again does not shorten a pause, but shows what is kept", async (t) => {
  const desk = new Desk(t);
  await desk.shows();
  const all = desk.standing.length;
  const before = desk.view;
  says(desk, { later: 5000 });
  desk.lie(9600, 0, 0);
  await desk.rests();
  const number = desk.bytes.asked.length;
  desk.tiles.pause();
  await desk.rests();
  assert.equal(desk.bytes.asked.length, number);
  desk.view = before;
  await desk.rests();
  assert.equal(desk.bytes.asked.length, number);
  assert.ok(desk.standing.length >= all);
  // The line is no better for it.
  desk.lie(9600, 0, 0);
  await desk.rests();
  assert.equal(await askedIn(desk, 5000), 1);
  assert.equal(await askedIn(desk, 9999), 0);
  assert.equal(await askedIn(desk, 1), 1);
});

test("a page that is let go after a refusal is not asked for any more", async (t) => {
  for (const answer of [{ later: 2000 }, LINE]) {
    const desk = new Desk(t);
    says(desk, answer);
    await desk.shows();
    desk.tiles.clear();
    assert.equal(await askedIn(desk, 120_000), 0);
    t.mock.timers.reset();
  }
});

test("another page begins without the pauses of the one before", async (t) => {
  const desk = new Desk(t);
  says(desk, LINE);
  await desk.shows();
  await desk.after(1000);
  says(desk, PICTURE);
  assert.ok((await askedIn(desk, 500)) === 0);
  await desk.shows(OTHER);
  assert.ok(desk.standing.length >= 6);
});

test("a line that is back is used at once", async (t) => {
  const desk = new Desk(t);
  says(desk, LINE);
  await desk.shows();
  for (const pause of [1000, 2000, 4000]) await desk.after(pause);
  const number = desk.bytes.asked.length;
  await desk.hears("online", window);
  assert.equal(desk.bytes.asked.length, number + 2);
  says(desk, PICTURE);
  assert.equal(await askedIn(desk, 999), 0);
  await desk.after(1);
  assert.ok(desk.standing.length >= 6);
});

test("nothing is asked for while nobody looks", async (t) => {
  const desk = new Desk(t);
  document.hidden = true;
  await desk.shows();
  assert.equal(desk.bytes.asked.length, 0);
  document.hidden = false;
  says(desk, LINE);
  await desk.hears("visibilitychange", document);
  assert.equal(desk.bytes.asked.length, 2);
  document.hidden = true;
  assert.equal(await askedIn(desk, 60_000), 0);
  document.hidden = false;
  says(desk, PICTURE);
  await desk.hears("visibilitychange", document);
  assert.ok(desk.standing.length >= 6);
});
