/** The service worker: what it keeps, which requests it answers, and that a new build replaces the old. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const SOURCE = readFileSync(new URL("../../static/js/entries/service_worker.js", import.meta.url), "utf8");
const ORIGIN = "https://hop.test";

/** A browser's caches, in memory. */
class Caches {
  /** @type {Map<string, Map<string, string>>} */ all = new Map();

  /** @param {(url: string) => string} server */
  constructor(server) {
    this.server = server;
  }

  /** @param {string} name */
  async open(name) {
    const kept = this.all.get(name) ?? new Map();
    this.all.set(name, kept);
    const whole = (/** @type {string|{url:string}} */ asked) => new URL(typeof asked === "string" ? asked : asked.url, ORIGIN).href;
    return {
      addAll: async (/** @type {(string|{url:string})[]} */ list) => list.forEach((one) => kept.set(whole(one), this.server(whole(one)))),
      match: async (/** @type {string} */ url) => kept.get(whole(url)),
    };
  }

  keys = async () => [...this.all.keys()];
  delete = async (/** @type {string} */ name) => this.all.delete(name);
}

/**
 * @param {Caches} caches @param {{version: string, root?: string}} build
 * @param {(request: any) => Promise<any>} fetch the network
 */
function started(caches, { version, root = "" }, fetch) {
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const self = {
    APP_SHELL: { version, root, page: `${root}/offline`, files: [`${root}/static/dist/room-${version}.js`, `${root}/words/vi.js?v=1`] },
    addEventListener: (/** @type {string} */ name, /** @type {(event: any) => void} */ listener) => void (listeners[name] = listener),
    skipWaiting: async () => {},
    clients: { claim: async () => {} },
  };
  class Request {
    constructor(/** @type {string} */ url) {
      this.url = url;
    }
  }
  runInNewContext(SOURCE, { self, caches, fetch, Request, URL, location: { origin: ORIGIN }, setTimeout: () => 0, Promise, Set });
  const life = async (/** @type {string} */ name) => {
    let work = Promise.resolve();
    listeners[name]?.({ waitUntil: (/** @type {Promise<void>} */ promise) => void (work = promise) });
    await work;
  };
  const asks = async (/** @type {string} */ path, /** @type {object} */ more = {}) => {
    /** @type {any} */
    let answer = "left to the browser";
    const request = { method: "GET", mode: "navigate", url: `${ORIGIN}${path}`, ...more };
    listeners.fetch?.({ request, respondWith: (/** @type {any} */ given) => void (answer = given) });
    return answer;
  };
  return { life, asks };
}

const gone = async () => Promise.reject(new TypeError("no network"));

test("without a network a page is the shell, what it loads is kept, and the rest is left alone", async () => {
  const worker = started(new Caches((url) => `kept ${url}`), { version: "a", root: "/hop" }, gone);
  await worker.life("install");
  assert.equal(await worker.asks("/hop/meetings/1"), `kept ${ORIGIN}/hop/offline`);
  assert.equal(await worker.asks("/hop/static/dist/room-a.js", { mode: "cors" }), `kept ${ORIGIN}/hop/static/dist/room-a.js`);
  for (const path of ["/hop/as/chair/meetings/1", "/hop/api/v1/documents/1/file", "/elsewhere/1", "/hop/words/vi.js"]) {
    assert.equal(await worker.asks(path), "left to the browser", path);
  }
  assert.equal(await worker.asks("/hop/api/v1/session", { mode: "cors" }), "left to the browser");
  assert.equal(await worker.asks("/hop/meetings/1", { method: "POST" }), "left to the browser");
});

test("a page comes from the server whenever it answers", async () => {
  const caches = new Caches((url) => `kept ${url}`);
  const fresh = { status: 404, text: "the server's own words" };
  const worker = started(caches, { version: "a" }, async () => fresh);
  await worker.life("install");
  assert.equal(await worker.asks("/meetings/1"), fresh);
  const away = started(caches, { version: "a" }, async () => ({ status: 502 }));
  assert.equal(await away.asks("/meetings/1"), `kept ${ORIGIN}/offline`);
});

test("after a deploy the new shell is shown and the old one is gone; other products' caches stay", async () => {
  let build = "old";
  const caches = new Caches((url) => `${build} ${url}`);
  await started(caches, { version: "1" }, gone).life("install");
  await caches.open("somebody else's");
  build = "new";
  const next = started(caches, { version: "2" }, gone);
  await next.life("install");
  await next.life("activate");
  assert.deepEqual((await caches.keys()).sort(), ["dienhong::shell:2", "somebody else's"]);
  assert.equal(await next.asks("/meetings/1"), `new ${ORIGIN}/offline`);
});
