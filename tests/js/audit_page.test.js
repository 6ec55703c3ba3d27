/** The audit page: days without a year are past ones; further entries belong to the filters and come once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import "lit-html"; // It runs without a document only if it is loaded before there is one.
import { readDay } from "../../static/js/lib/typed_dates.js";

const page = /** @type {any} */ (globalThis);
page.document = {
  getElementById: () => ({ textContent: JSON.stringify({ csrf_token: "token", user: null, lang: "vi" }) }),
  documentElement: { dataset: {}, lang: "vi" },
};
const { audit, load, loadMore } = await import("../../static/js/pages/audit/data.js");
delete page.document; // Other tests run in the same process.

test("a day without a year is the next one, for what has happened the last one", () => {
  for (const [text, next, past] of [
    ["24/11", "2027-11-24", "2026-11-24"], ["1/12", "2026-12-01", "2026-12-01"],
    ["2/12", "2026-12-02", "2025-12-02"], ["24/11/2028", "2028-11-24", "2028-11-24"], ["31/2", "", ""],
  ]) {
    assert.equal(readDay(text ?? "", "2026-12-01"), next);
    assert.equal(readDay(text ?? "", "2026-12-01", { past: true }), past);
  }
});

test("further entries come once, and not under other filters", async () => {
  /** @type {(() => void)[]} */
  const waiting = [];
  page.fetch = async (/** @type {string} */ path) => {
    const more = path.includes("cursor=");
    if (more) await new Promise((resolve) => waiting.push(() => resolve(null)));
    const answer = more ? { items: [{ id: 1 }], next: null } : { items: [{ id: 2 }], next: "two" };
    return new Response(JSON.stringify(answer));
  };
  const answerAll = async (/** @type {Promise<void>[]} */ ...asked) => {
    for (const answer of waiting.splice(0)) answer();
    await Promise.all(asked);
  };
  await load();
  const [once, twice] = [loadMore(), loadMore()];
  await answerAll(once, twice);
  assert.deepEqual(audit.entries?.map((entry) => entry.id), [2, 1]);
  await load({ kind: "refused" });
  const more = loadMore();
  await load({ kind: "changes" });
  await answerAll(more);
  assert.deepEqual(audit.entries?.map((entry) => entry.id), [2]);
});
