/**
 * A reporter of node's test runner: one line of JSON for each test file, once all have ended.
 *
 * {file, passed, failures, output}. A file that crashes, that a test's end never came from, or that
 * holds no test has a failure; a file that was not found has no line at all.
 */
import { resolve } from "node:path";
import { inspect } from "node:util";

/** @typedef {{passed: number, failures: string[], output: string, pending: Map<string, number>}} Result */

/** Failures that repeat what the subtest or the output of the file says. */
const REPEATED = new Set(["subtestsFailed"]);

/** @param {import("node:test/reporters").TestEvent} event @param {Result} result */
function add(event, result) {
  if (event.type === "test:stdout" || event.type === "test:stderr") {
    result.output += event.data.message;
    return;
  }
  if (event.type !== "test:enqueue" && event.type !== "test:pass" && event.type !== "test:fail") return;
  const { name, nesting, file = "" } = event.data;
  const isFile = resolve(name) === file;
  const key = `${nesting} ${name}`;
  const change = event.type === "test:enqueue" ? 1 : -1;
  if (!isFile) result.pending.set(key, (result.pending.get(key) ?? 0) + change);
  if (event.type === "test:pass" && !isFile) result.passed += 1;
  if (event.type !== "test:fail") return;
  const error = /** @type {any} */ (event.data.details.error);
  if (REPEATED.has(error.failureType)) return;
  result.failures.push(`${isFile ? "the file itself" : name}: ${inspect(error.cause ?? error)}`);
}

/** @param {AsyncIterable<import("node:test/reporters").TestEvent>} events */
export default async function* fileResults(events) {
  /** @type {Map<string, Result>} */
  const results = new Map();
  for await (const event of events) {
    const file = /** @type {{file?: string}} */ (event.data ?? {}).file;
    if (!file) {
      // What node says of an error that it met outside every test names no file.
      if (event.type === "test:diagnostic") process.stderr.write(`${event.data.message}\n`);
      continue;
    }
    const result = results.get(file) ?? { passed: 0, failures: [], output: "", pending: new Map() };
    results.set(file, result);
    add(event, result);
  }
  for (const [file, { passed, failures, output, pending }] of results) {
    for (const [name, count] of pending) if (count > 0) failures.push(`${name}: it never ended`);
    if (!passed && !failures.length) failures.push("the file holds no test that passed");
    yield `${JSON.stringify({ file, passed, failures, output })}\n`;
  }
}
