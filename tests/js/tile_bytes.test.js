/** What is remembered of tiles that were fetched, and of pages that have none. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { TileBytes } from "../../static/js/viewer/tile_bytes.js";
import { TILE_WIDTHS, tilesIn } from "../../static/js/viewer/tile_math.js";

const PAGE = { w: 2384, h: 1684 };
const REF = { document_id: "d1", version: 1, sha256: "a", page: 3 };
const [FOUR, NINE] = TILE_WIDTHS;
const whole = { x0: 0, y0: 0, x1: 1, y1: 1 };
const [one, two, three] = tilesIn(whole, PAGE, FOUR);
const [wide] = tilesIn(whole, PAGE, NINE);
const { signal } = new AbortController();

let asked = [];
let answer = (response) => response.end(Buffer.alloc(1000));
const server = createServer((request, response) => {
  asked.push(request.url);
  answer(response);
});
let root = "";
before(async () => {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  root = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());
beforeEach(() => {
  asked = [];
  answer = (response) => response.end(Buffer.alloc(1000));
});
const refuses = (status, headers = {}, problem = undefined) => {
  const type = problem ? { "Content-Type": "application/json" } : {};
  answer = (response) => response.writeHead(status, { ...type, ...headers }).end(problem && JSON.stringify(problem));
};

test("a tile is asked for by its place, once", async () => {
  const bytes = new TileBytes(root);
  for (let times = 0; times < 2; times += 1) assert.equal((await bytes.get(REF, one, signal)).picture.size, 1000);
  assert.deepEqual(asked, [`/api/v1/documents/d1/versions/1/pages/3/tiles/${FOUR}/${one.column}/${one.row}`]);
});

test("the ones used last are kept, as far as the memory goes", async () => {
  const bytes = new TileBytes(root, 2500);
  for (const tile of [one, two, one, three]) await bytes.get(REF, tile, signal);
  assert.equal(asked.length, 3);
  await bytes.get(REF, one, signal);
  assert.equal(asked.length, 3);
  await bytes.get(REF, two, signal);
  assert.equal(asked.length, 4);
});

test("nothing of a paper that was taken away is kept", async () => {
  const bytes = new TileBytes(root);
  await bytes.get(REF, one, signal);
  await bytes.get({ ...REF, document_id: "d2" }, one, signal);
  bytes.forget("d1");
  await bytes.get(REF, one, signal);
  await bytes.get({ ...REF, document_id: "d2" }, one, signal);
  assert.equal(asked.length, 3);
});

test("where there is nothing sharper, that level and those above it are not asked for again", async () => {
  const bytes = new TileBytes(root);
  refuses(204);
  assert.deepEqual(await bytes.get(REF, wide, signal), { no: "sharper" });
  assert.deepEqual(bytes.levels(REF), [FOUR]);
  await bytes.get(REF, one, signal);
  assert.deepEqual(bytes.levels(REF), []);
  assert.deepEqual(bytes.levels({ ...REF, page: 4 }), TILE_WIDTHS);
});

test("a page that is too heavy or broken at a level keeps the levels below", async () => {
  for (const code of ["page_too_heavy", "page_broken"]) {
    const bytes = new TileBytes(root);
    refuses(422, {}, { code });
    assert.deepEqual(await bytes.get(REF, wide, signal), { no: "sharper" });
    assert.deepEqual(bytes.levels(REF), [FOUR]);
    await bytes.get(REF, one, signal);
    assert.deepEqual(bytes.levels(REF), []);
  }
});

test("what is no tile is nothing sharper, any other thing not found is a paper that was taken away", async () => {
  const bytes = new TileBytes(root);
  refuses(404, {}, { code: "no_such_tile" });
  assert.deepEqual(await bytes.get(REF, wide, signal), { no: "sharper" });
  assert.deepEqual(bytes.levels(REF), [FOUR]);
  refuses(404, {}, { code: "not_found" });
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "right" });
  refuses(404);
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "right" });
  assert.deepEqual(bytes.levels(REF), [FOUR]);
  refuses(410, {}, { code: "gone" });
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "right" });
});

test("a page that is being made is asked for later, a refused one is said to be refused", async () => {
  const bytes = new TileBytes(root);
  refuses(503, { "Retry-After": "2" });
  assert.deepEqual(await bytes.get(REF, one, signal), { later: 2000 });
  refuses(403);
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "right" });
  refuses(500);
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "line" });
  answer = (response) => response.writeHead(404, { "Content-Type": "application/json" }).end("{");
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "line" });
  assert.deepEqual(bytes.levels(REF), TILE_WIDTHS);
});

test("a paper that is forgotten while an answer comes stays forgotten", async () => {
  const bytes = new TileBytes(root);
  answer = (response) => {
    bytes.forget("d1");
    response.end(Buffer.alloc(1000));
  };
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "right" });
  assert.equal(bytes.has(REF, one), false);
  assert.equal((await bytes.get({ ...REF, document_id: "d2" }, one, signal)).picture.size, 1000);
});

test("a wish given up while the body is coming keeps nothing", async (t) => {
  const bytes = new TileBytes(root);
  const stop = new AbortController();
  // The last bytes are there already when it is given up.
  const body = async () => {
    stop.abort();
    return new Blob(["late"]);
  };
  t.mock.method(globalThis, "fetch", async () => ({ status: 200, headers: new Headers(), blob: body }));
  await bytes.get(REF, one, stop.signal);
  assert.equal(bytes.has(REF, one), false);
  await bytes.get(REF, two, signal);
  assert.equal(bytes.has(REF, two), true);
});

test("tiles give way to all else that is asked for", async (t) => {
  const asks = t.mock.method(globalThis, "fetch");
  await new TileBytes(root).get(REF, one, signal);
  assert.equal(asks.mock.calls[0].arguments[1].priority, "low");
});

test("a broken line and a wish given up leave nothing behind", async () => {
  const bytes = new TileBytes(root);
  answer = (response) => response.writeHead(200, { "Content-Length": "9" }).destroy();
  assert.deepEqual(await bytes.get(REF, one, signal), { no: "line" });
  const stop = new AbortController();
  answer = () => stop.abort();
  await bytes.get(REF, one, stop.signal);
  answer = (response) => response.end(Buffer.alloc(1000));
  assert.equal((await bytes.get(REF, one, signal)).picture.size, 1000);
});
