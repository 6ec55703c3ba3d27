/** A request that needs the own password first is sent again after it, with the same key, however long it took. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../static/js/lib/fetch_with_timeout.js";

const page = /** @type {any} */ (globalThis);
page.document = {
  getElementById: () => ({ textContent: JSON.stringify({ csrf_token: "token", user: null, lang: "vi" }) }),
  documentElement: { dataset: {}, lang: "vi" },
};
const { api, onPasswordNeeded } = await import("../../static/js/lib/api.js");
delete page.document; // Other tests run in the same process.

/** A server that needs the password until it was given; the keys of its requests. */
function serverThatAsks() {
  const server = { given: false, keys: /** @type {string[]} */ ([]) };
  page.fetch = async (/** @type {string} */ _path, /** @type {RequestInit} */ options) => {
    if (options?.signal?.aborted) throw new DOMException("aborted", "AbortError");
    server.keys.push(/** @type {any} */ (options?.headers)["Idempotency-Key"]);
    return server.given ? new Response("{}") : new Response(JSON.stringify({ code: "password_needed", detail: "?" }), { status: 403 });
  };
  return server;
}

test("the limit of a request does not count while the person types the password", async () => {
  const server = serverThatAsks();
  onPasswordNeeded(() => new Promise((resolve) => setTimeout(() => resolve((server.given = true)), 40)));
  const reply = await ask((signal) => api.post("/users", {}, { signal }), 10);
  assert.deepEqual(reply, { answer: {}, trouble: null });
  assert.equal(server.keys.length, 2);
  assert.equal(server.keys[0], server.keys[1]);
});

test("whoever gives up gets the refusal of the server", async () => {
  serverThatAsks();
  onPasswordNeeded(async () => false);
  await assert.rejects(api.post("/users", {}), { code: "password_needed" });
});
