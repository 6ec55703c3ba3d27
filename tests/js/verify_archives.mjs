/**
 * Checks archives with the browser's verifier: reads lines of JSON from standard input and writes one for each, in one
 * process, because to start node takes longer than most checks.
 *
 * In: {archive, kept, receipts, key, requireKey}; archive in base64, kept and receipts as lists of [name, base64] or,
 * of receipts, texts INDEX:HASH. Out: {exit, code, index, log, vi, en}.
 */
import { createInterface } from "node:readline";
import { verify } from "../../static/js/verifier/verify.js";

/** @typedef {[string, string]} Encoded name and content of a file */

/** @param {string} base64 */
const bytesOf = (base64) => new Uint8Array(Buffer.from(base64, "base64"));

/** @param {Encoded} file */
const fileOf = ([name, content]) => ({ name, bytes: bytesOf(content) });

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {{archive: string, kept: Encoded[], receipts: (Encoded|string)[], key: string|null, requireKey: boolean}} */
  const { archive, kept, receipts, key, requireKey } = JSON.parse(line);
  const running = verify({
    archive: bytesOf(archive),
    kept: kept.map(fileOf),
    receipts: receipts.map((one) => (typeof one === "string" ? one : fileOf(one))),
    key,
    requireKey,
  });
  let step = running.next();
  while (!step.done) step = running.next();
  const { exit, fault, unusable, lines } = step.value;
  const code = fault?.code ?? unusable?.code ?? null;
  const [vi, en] = [lines("vi"), lines("en")].map((told) => `${told.join("\n")}\n`);
  const found = { exit, code, index: fault?.index ?? null, log: fault?.log ?? null, vi, en };
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
