/** What is fetched ahead, in which order, and how many at a time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { victims } from "../../static/js/viewer/lru.js";
import { pageFrom } from "../../static/js/viewer/page_number.js";
import { order, Prefetcher } from "../../static/js/viewer/prefetch.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("neighbours come first, then previews and images of the paper from here on, each once", () => {
  const wishes = order({ page: 5, count: 10, width: 1200, sharp: 1200, preview: 640 });
  const widths = (/** @type {number} */ width) => wishes.filter((one) => one.width === width).map((one) => one.page);
  assert.deepEqual(widths(640), [6, 7, 8, 9, 10, 4, 3, 2, 1]);
  assert.deepEqual(widths(1200), [6, 4, 7, 3, 8, 9, 10, 2, 1]);
  assert.deepEqual(wishes.slice(0, 4).map((one) => one.width), [1200, 1200, 1200, 1200]);
  assert.deepEqual(wishes.filter((prefetchRequest) => prefetchRequest.near).map((prefetchRequest) => prefetchRequest.page), [6, 4, 7, 3]);
});

test("where the room is comes right after the neighbours", () => {
  const pages = order({ page: 2, count: 40, roomPage: 30, width: 1200, sharp: 1200, preview: 640 }).map((prefetchRequest) => prefetchRequest.page);
  assert.deepEqual(pages.slice(0, 5), [3, 1, 4, 30, 31]);
});

test("a sharper rung is fetched for the two neighbours only", () => {
  const sharp = order({ page: 1, count: 9, width: 1200, sharp: 2400, preview: 640 }).filter((prefetchRequest) => prefetchRequest.width === 2400);
  assert.deepEqual(sharp.map((prefetchRequest) => prefetchRequest.page), [2]);
});

test("a paper of one page asks for nothing", () => {
  assert.deepEqual(order({ page: 1, count: 1, width: 1200, sharp: 2400, preview: 640 }), []);
});

test("two at a time; a new list replaces what has not begun", async () => {
  /** @type {{page:number, done:() => void}[]} */
  const begun = [];
  const prefetcher = new Prefetcher({
    jitterMs: 0,
    fetch: (prefetchRequest) => new Promise((done) => begun.push({ page: prefetchRequest.page, done: () => done(null) })),
  });
  prefetcher.replace(order({ page: 5, count: 10, width: 1200, sharp: 1200, preview: 640 }));
  assert.deepEqual(begun.map((one) => one.page), [6, 4]);
  prefetcher.replace(order({ page: 1, count: 10, width: 1200, sharp: 1200, preview: 640 }));
  begun[0]?.done();
  await settled();
  assert.deepEqual(begun.map((one) => one.page), [6, 4, 2]);
});

test("far pages wait for their random moment, near ones do not", async () => {
  /** @type {number[]} */
  const begun = [];
  const fetch = async (/** @type {import("../../static/js/viewer/prefetch.js").PrefetchRequest} */ prefetchRequest) => void begun.push(prefetchRequest.page);
  const prefetcher = new Prefetcher({ fetch, jitterMs: 60_000, random: () => 0.5 });
  prefetcher.replace(order({ page: 1, count: 9, width: 1200, sharp: 1200, preview: 640 }));
  await settled();
  assert.deepEqual(begun, [2, 3]);
  prefetcher.stop();
});

test("far pages come with rests between them; a turn's neighbours do not wait for one", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {number[]} */
  const begun = [];
  const fetch = async (/** @type {import("../../static/js/viewer/prefetch.js").PrefetchRequest} */ prefetchRequest) => void begun.push(prefetchRequest.page);
  const prefetcher = new Prefetcher({ fetch, jitterMs: 1000, restMs: 400, random: () => 0.5 });
  prefetcher.replace(order({ page: 1, count: 30, width: 1200, sharp: 1200, preview: 640 }));
  await settled();
  assert.deepEqual(begun, [2, 3]);
  context.mock.timers.tick(500);
  await settled();
  assert.deepEqual(begun, [2, 3, 2]);
  context.mock.timers.tick(199);
  await settled();
  assert.deepEqual(begun, [2, 3, 2]);
  context.mock.timers.tick(1);
  await settled();
  assert.deepEqual(begun, [2, 3, 2, 3]);
  prefetcher.replace(order({ page: 20, count: 30, width: 1200, sharp: 1200, preview: 640 }));
  await settled();
  assert.deepEqual(begun.slice(4), [21, 19, 22, 18]);
  context.mock.timers.tick(499);
  await settled();
  assert.equal(begun.length, 8);
  prefetcher.stop();
});

test("trouble gives the list up until the next turn", async () => {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    throw new Error("no network");
  };
  const prefetcher = new Prefetcher({ fetch, jitterMs: 0, restMs: 0 });
  prefetcher.replace(order({ page: 5, count: 50, width: 1200, sharp: 1200, preview: 640 }));
  await settled();
  assert.ok(asked <= 4, String(asked));
});

test("what was not used for longest goes first, and no more than has to", () => {
  const kept = [
    { key: "new", bytes: 40, used: 3 },
    { key: "old", bytes: 40, used: 1 },
    { key: "middle", bytes: 40, used: 2 },
  ];
  assert.deepEqual(victims(kept, 100), ["old"]);
  assert.deepEqual(victims(kept, 120), []);
  assert.deepEqual(victims(kept, 0), ["old", "middle", "new"]);
});

test("a typed page number is held within the paper", () => {
  assert.equal(pageFrom(" 7 ", 42), 7);
  assert.equal(pageFrom("0", 42), 1);
  assert.equal(pageFrom("9999", 42), 42);
  assert.equal(pageFrom("trang", 42), null);
});
