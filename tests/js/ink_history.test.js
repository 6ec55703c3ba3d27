/** Taking back and doing again, while others change and remove; and what a page shows of all this. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { did, nothingDone, redo, renamed, undo } from "../../static/js/ink/model/history.js";
import { fresh } from "../../static/js/ink/model/operations.js";
import { overlaid } from "../../static/js/ink/sync/pending_changes.js";
import { chance, oneOf } from "./chance.js";
import { annotation, draft } from "./marks.js";

/** A small store: what stands, and what a person does to it. */
class CanvasLayer {
  /** @type {Map<string, any>} */ marks = new Map();
  history = nothingDone;
  count = 0;

  find = (/** @type {string} */ id) => this.marks.get(id) ?? null;

  add(...drafts) {
    for (const one of drafts) this.marks.set(one.id, one);
    this.history = did(this.history, { verb: "add", drafts });
  }

  change(patches) {
    const edits = patches.map(({ id, patch }) => {
      const before = Object.fromEntries(Object.keys(patch).map((field) => [field, this.marks.get(id)[field]]));
      this.marks.set(id, { ...this.marks.get(id), ...patch });
      return { id, before, after: patch };
    });
    this.history = did(this.history, { verb: "change", edits });
  }

  remove(...ids) {
    const drafts = ids.map((id) => this.marks.get(id));
    for (const id of ids) this.marks.delete(id);
    this.history = did(this.history, { verb: "remove", drafts });
  }

  turn(/** @type {typeof undo} */ way) {
    const { history, work } = way(this.history, this.find);
    this.history = history;
    if (work?.verb === "add") {
      for (const one of work.drafts) {
        const id = `new-${++this.count}`;
        this.marks.set(id, { ...one, id });
        this.history = renamed(this.history, one.id, id);
      }
    } else if (work?.verb === "remove") {
      for (const id of work.ids) this.marks.delete(id);
    } else if (work) {
      for (const { id, patch } of work.patches) this.marks.set(id, { ...this.marks.get(id), ...patch });
    }
    return work;
  }

  get shown() {
    return [...this.marks.values()].map(({ id: _, ...rest }) => JSON.stringify(rest)).sort();
  }
}
const mark = (/** @type {string} */ id, more = {}) => draft({ id, ...more });

test("what was added, changed and removed comes back step by step, and goes again", () => {
  const sheet = new CanvasLayer();
  const seen = [sheet.shown];
  sheet.add(mark("a"), mark("b"));
  seen.push(sheet.shown);
  sheet.change([{ id: "a", patch: { text: "1" } }, { id: "b", patch: { text: "2" } }]);
  seen.push(sheet.shown);
  sheet.remove("a");
  seen.push(sheet.shown);
  for (let round = 0; round < 3; round++) {
    for (const before of seen.slice(0, -1).reverse()) {
      sheet.turn(undo);
      assert.deepEqual(sheet.shown, before);
    }
    assert.equal(sheet.turn(undo), null);
    for (const after of seen.slice(1)) {
      sheet.turn(redo);
      assert.deepEqual(sheet.shown, after);
    }
    assert.equal(sheet.turn(redo), null);
  }
});

test("random doings: as many steps back give what stood before, as many forth what stood after", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = chance(seed);
    const sheet = new CanvasLayer();
    const seen = [sheet.shown];
    const steps = 1 + Math.floor(random() * 8);
    for (let n = 0; n < steps; n++) {
      const ids = [...sheet.marks.keys()];
      const what = random();
      if (what < 0.5 || !ids.length) sheet.add(mark(`m-${n}`, { text: `made ${n}` }));
      else if (what < 0.75) sheet.change([{ id: oneOf(random, ids), patch: { text: `changed ${n}` } }]);
      else sheet.remove(oneOf(random, ids));
      seen.push(sheet.shown);
    }
    const back = Math.floor(random() * (steps + 1));
    for (let n = 0; n < back; n++) sheet.turn(undo);
    assert.deepEqual(sheet.shown, seen[steps - back], `seed ${seed}`);
    for (let n = 0; n < back; n++) sheet.turn(redo);
    assert.deepEqual(sheet.shown, seen[steps], `seed ${seed}`);
  }
});

test("what somebody else removed or changed meanwhile is passed over", () => {
  const sheet = new CanvasLayer();
  sheet.add(mark("a"));
  sheet.add(mark("b"));
  sheet.change([{ id: "a", patch: { text: "mine" } }]);
  sheet.marks.set("a", { ...sheet.marks.get("a"), text: "theirs" });
  sheet.marks.delete("b");
  assert.deepEqual(sheet.turn(undo), { verb: "remove", ids: ["a"] });
  assert.deepEqual(sheet.shown, []);
  sheet.turn(redo);
  assert.equal(sheet.find("new-1").text, "theirs");
});

test("something new ends what could be done again", () => {
  const sheet = new CanvasLayer();
  sheet.add(mark("a"));
  sheet.turn(undo);
  sheet.add(mark("b"));
  assert.equal(sheet.turn(redo), null);
});

const me = { user_id: "me", name: "Me" };
const place = { document_id: "d", version: 1, page: 1 };
const op = (/** @type {any} */ facts) => fresh({ target: "annotations", document_id: "d", patch: null, revision: null, made: 0, key: facts.id, ...facts });

test("what waits lies over what the server has, in drawing order", () => {
  const page = { b: annotation("b", { created_at: "2" }), a: annotation("a", { created_at: "2" }), c: annotation("c", { created_at: "1" }) };
  const ops = [
    op({ verb: "create", id: "new", draft: mark("new") }),
    op({ verb: "create", id: "elsewhere", draft: mark("elsewhere", { page: 2 }) }),
    op({ verb: "change", id: "a", draft: {}, patch: { text: "mine" } }),
    op({ verb: "remove", id: "c", draft: {} }),
    op({ verb: "create", id: "n", target: "notes", document_id: null, draft: { id: "n" } }),
  ];
  const shown = overlaid(page, ops, place, me);
  assert.deepEqual(shown.map(({ id, text, revision }) => [id, text, revision]), [["a", "mine", 1], ["b", null, 1], ["new", null, 0]]);
  assert.deepEqual(overlaid(page, structuredClone(ops).map((one, at) => ({ ...one, draft: ops[at].draft, patch: ops[at].patch })), place, me)
    .every((one, at) => one === shown[at]), true);
});

test("a refused creation stays on the page; of a refused change or removal the server's state is shown", () => {
  const page = { a: annotation("a"), b: annotation("b") };
  const refused = { code: "x", detail: "" };
  const ops = [
    { ...op({ verb: "create", id: "new", draft: mark("new") }), refused },
    { ...op({ verb: "change", id: "a", draft: {}, patch: { text: "mine" } }), refused },
    { ...op({ verb: "remove", id: "b", draft: {} }), refused },
  ];
  assert.deepEqual(overlaid(page, ops, place, me).map(({ id, text }) => [id, text]), [["a", null], ["b", null], ["new", null]]);
});
