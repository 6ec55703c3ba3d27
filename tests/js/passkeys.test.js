// Passkeys: the server's JSON becomes what the browser takes, and back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64Url, signWithPasskey, toBase64Url } from "../../static/js/lib/passkeys.js";

const bytes = (/** @type {number[]} */ ...values) => Uint8Array.from(values);
const options = { challenge: "-_8", rpId: "hop.example", allowCredentials: [{ id: "AQID", type: "public-key" }], timeout: 1, userVerification: "preferred" };

/** @param {any} get what `navigator.credentials.get` does */
async function signedBy(get) {
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { credentials: { get } } });
  return signWithPasskey(/** @type {any} */ (options), new AbortController().signal);
}

test("base64url has no padding and its own two letters", () => {
  for (const length of [0, 1, 2, 3, 31, 32, 33]) {
    const value = Uint8Array.from({ length }, (_, at) => 255 - at * 7);
    assert.deepEqual(fromBase64Url(toBase64Url(value.buffer)), value);
  }
  assert.equal(toBase64Url(bytes(0xfb, 0xff).buffer), "-_8");
  assert.throws(() => fromBase64Url("a*"));
});

test("binary values of a request and of its answer are converted", async () => {
  /** @type {any} */
  let asked;
  const response = { clientDataJSON: bytes(1).buffer, authenticatorData: bytes(2).buffer, signature: bytes(3).buffer };
  const answer = await signedBy(async (/** @type {any} */ given) => {
    asked = given.publicKey;
    return { id: "AQID", rawId: bytes(1, 2, 3).buffer, type: "public-key", response };
  });
  assert.deepEqual(asked.challenge, bytes(0xfb, 0xff));
  assert.deepEqual(asked.allowCredentials, [{ type: "public-key", id: bytes(1, 2, 3) }]);
  assert.deepEqual(answer, {
    id: "AQID",
    rawId: "AQID",
    type: "public-key",
    response: { clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw" },
  });
});

test("who gives up gets no error; a fault stays one", async () => {
  for (const name of ["NotAllowedError", "AbortError"]) {
    assert.equal(await signedBy(() => Promise.reject(new DOMException("", name))), null);
  }
  await assert.rejects(signedBy(() => Promise.reject(new DOMException("", "DataError"))), { name: "DataError" });
});
