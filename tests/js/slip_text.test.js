/** The text of a printed receipt: as the document defines it, without choice and voter, and read by the page /verify. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encode } from "uqr";
import { fromBase32, toBase32 } from "../../static/js/lib/base32.js";
import { toHex, utf8 } from "../../static/js/lib/bytes.js";
import { receiptOfText } from "../../static/js/verifier/receipts.js";
import { slipText } from "../../static/js/voting/ballot/slip_text.js";
import { chance } from "./chance.js";

const { slip, log } = JSON.parse(readFileSync(new URL("../../docs/vote-log-vectors.json", import.meta.url), "utf8"));
const LOG_ID = "b7RkW3xTqLmN9pVz5sYcHd";
const RECEIPT = { log_id: LOG_ID, log_index: slip.index, leaf_hash: slip.leaf, proof: [], note: slip.note };

test("the printed receipt of the document is made and read", () => {
  assert.equal(slipText(RECEIPT), slip.text);
  const read = receiptOfText(slip.text);
  assert.deepEqual([read?.index, toHex(read?.leaf ?? new Uint8Array()), read?.note?.logId, read?.pollId, read?.choice], [3, slip.leaf, LOG_ID, "", ""]);
});

test("its QR code has version 10 of level M", () => {
  assert.equal(encode(slip.text, { ecc: "M" }).version, 10);
});

test("a receipt that has no signed checkpoint of its own has no text", () => {
  assert.equal(slipText({ ...RECEIPT, note: undefined }), null);
  assert.equal(slipText({ ...RECEIPT, note: log.checkpoints[2] }), null);
  assert.equal(slipText({ ...RECEIPT, leaf_hash: "00" }), null);
  assert.equal(slipText({ ...RECEIPT, note: slip.note.replace(/\S+\n$/, "aaaaaaaa\n") }), null);
});

test("base32 has one right form, that of RFC 4648", () => {
  const published = ["", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"];
  published.forEach((text, length) => assert.equal(toBase32(utf8("foobar".slice(0, length))), text));
  const random = chance(5);
  for (let length = 0; length < 60; length++) {
    const bytes = Uint8Array.from({ length }, () => Math.floor(random() * 256));
    assert.deepEqual(fromBase32(toBase32(bytes)), bytes);
  }
  for (const wrong of ["my", "MZ", "M", "MZX", "MY======", "M1", " MY"]) assert.equal(fromBase32(wrong), null);
});
