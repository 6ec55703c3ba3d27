/** News of pens and notes: in whatever order the two streams bring it, and whenever the paper was loaded, the same stands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answeredPut, answeredRemoved, forgotten, loaded, loading, pageKey } from "../../static/js/live/annotations.js";
import { reduce, reduceOwn } from "./registered_state.js";
import { chance, oneOf } from "./chance.js";
import { sized } from "./effort.js";
import { annotation } from "./marks.js";
import { room } from "./rooms.js";

const answer = (items = [], more = {}) => ({ items, epoch: "e", seq: 5, mine_seq: 0, ...more });
const open = (items = []) => loaded(loading(room(), "d"), "d", answer(items));
const put = (items, own = false) => ({ type: `${own ? "own_" : ""}annotations_put`, data: { document_id: "d", items }, own });
const removed = (items, own = false) => ({ type: `${own ? "own_" : ""}annotations_removed`, data: { document_id: "d", items }, own });
const removal = (id, revision, more = {}) => ({ id, version: 1, page: 1, revision, ...more });

/** One event further in its stream. */
function step(now, { type, data, own }) {
  const seq = (own ? now.mine_seq : now.seq) + 1;
  return (own ? reduceOwn : reduce)(now, { epoch: "e", seq, type, data });
}
const after = (events, from = open()) => events.reduce(step, from).annotations.d;
const idsOf = (paper, version = 1, page = 1) => Object.keys(paper.pages[pageKey(version, page)] ?? {});

/** All orders. @param {any[]} list @returns {any[][]} */
const orders = (list) => (list.length < 2 ? [list] : list.flatMap((one, at) => orders(list.toSpliced(at, 1)).map((rest) => [one, ...rest])));

test("a put shows, a newer one replaces, a removal takes away for good", () => {
  const one = annotation("a");
  assert.deepEqual(after([put([one])]).pages["1/1"].a, one);
  assert.equal(after([put([one]), put([{ ...one, revision: 2, text: "new" }])]).pages["1/1"].a.text, "new");
  assert.equal(after([put([{ ...one, revision: 2, text: "new" }]), put([one])]).pages["1/1"].a.text, "new");
  const gone = after([put([one]), removed([removal("a", 2)]), put([one])]);
  assert.deepEqual([idsOf(gone), gone.gone], [[], { a: 2 }]);
});

test("an event from which the server erased everything changes nothing, and a removal of what was never seen is kept", () => {
  const before = open([annotation("a")]);
  for (const own of [false, true]) assert.equal(after([put([], own)], before), before.annotations.d);
  assert.deepEqual(after([put([]), removed([removal("b", 2)])], before).gone, { b: 2 });
});

test("what goes from the room to its author, or back, stays with the author in any order of the streams", () => {
  const shared = annotation("a", { audience: "meeting" });
  const own = { ...shared, audience: "private", revision: 2 };
  for (const order of orders([removed([removal("a", 2)]), put([own], true)])) {
    const paper = after([put([shared]), ...order]);
    assert.deepEqual([paper.pages["1/1"].a, paper.gone], [own, {}]);
  }
});

test("every order of the same news ends in the same state", () => {
  for (let seed = 1; seed <= sized(30, 150); seed++) {
    const random = chance(seed);
    const events = [];
    for (let n = 0; n < 6; n++) {
      const id = oneOf(random, ["a", "b"]);
      const revision = 1 + Math.floor(random() * 4);
      const own = random() < 0.5;
      events.push(random() < 0.6
        ? put([annotation(id, { revision, text: `revision ${revision}`, page: id === "a" ? 1 : 2 })], own)
        : removed([removal(id, revision, { page: id === "a" ? 1 : 2 })], own));
    }
    const states = orders(events).map((order) => {
      const { pages, gone } = after(order);
      return JSON.stringify([pages["1/1"]?.a ?? null, pages["1/2"]?.b ?? null, gone.a ?? 0, gone.b ?? 0]);
    });
    assert.equal(new Set(states).size, 1, `seed ${seed}`);
  }
});

test("the state is that of what the server has, whenever the paper is asked for and answered", () => {
  for (let seed = 1; seed <= sized(100, 300); seed++) {
    const random = chance(seed);
    /** @type {Map<string, any>} */ const server = new Map();
    let now = room();
    let [seq, mine_seq] = [now.seq, now.mine_seq];
    /** @type {any[]} */ const sent = [];
    let asked = false;
    /** @type {any} */ let answered = null;
    const deliver = (count) => {
      for (const event of sent.splice(0, count)) now = (event.own ? reduceOwn : reduce)(now, event);
    };
    for (let moment = 0; moment < 30; moment++) {
      const what = random();
      if (what < 0.5) {
        const id = oneOf(random, ["a", "b", "c"]);
        const before = server.get(id);
        const revision = (before?.revision ?? 0) + 1;
        if (before?.gone) continue;
        const own = random() < 0.5;
        const put_it = !before || random() < 0.7;
        const item = annotation(id, { revision, audience: own ? "private" : "meeting" });
        server.set(id, put_it ? { revision, item, own } : { revision, gone: true });
        const events = put_it ? [put([item], own)] : [removed([removal(id, revision)], before.own)];
        if (put_it && before && before.own !== own) events.push(removed([removal(id, revision)], before.own));
        for (const { type, data, own: stream } of events) sent.push({ epoch: "e", seq: stream ? ++mine_seq : ++seq, type, data, own: stream });
      } else if (what < 0.75) {
        deliver(1 + Math.floor(random() * 3));
      } else if (!asked) {
        now = loading(now, "d");
        asked = true;
      } else if (!answered) {
        answered = answer([...server.values()].filter((one) => one.item).map((one) => one.item), { seq, mine_seq });
      } else {
        now = loaded(now, "d", answered);
      }
    }
    if (!asked) now = loading(now, "d");
    answered ??= answer([...server.values()].filter((one) => one.item).map((one) => one.item), { seq, mine_seq });
    now = loaded(now, "d", answered);
    deliver(sent.length);
    const here = Object.fromEntries(Object.entries(now.annotations.d.pages["1/1"] ?? {}).map(([id, one]) => [id, one.revision]));
    const there = Object.fromEntries([...server].filter(([, one]) => one.item).map(([id, one]) => [id, one.revision]));
    assert.deepEqual(here, there, `seed ${seed}`);
  }
});

test("only loaded papers are there, and what is older than the answer is not done again", () => {
  const without = step(room(), put([annotation("a")]));
  assert.deepEqual([without.annotations, without.seq], [{}, 6]);
  const ahead = loaded(loading(room(), "d"), "d", answer([], { seq: 8 }));
  assert.deepEqual(idsOf(step(ahead, put([annotation("a")])).annotations.d), []);
});

test("an answer of another history or from before the question is not taken", () => {
  assert.deepEqual(loaded(loading(room(), "d"), "d", answer([], { epoch: "other" })).annotations, {});
  assert.deepEqual(loaded(loading(room(), "d"), "d", answer([], { seq: 4 })).annotations, {});
  assert.deepEqual(loaded(room(), "d", answer([annotation("a")])).annotations, {});
});

test("a paper that is taken away takes its annotations along", () => {
  const gone = reduce(open([annotation("a")]), { epoch: "e", seq: 6, type: "document_removed", data: { document_id: "d" } });
  assert.deepEqual(gone.annotations, {});
  const before = open();
  assert.equal(forgotten(before, "other"), before);
});

test("what an own request was answered stands at once, also while the paper is being asked for", () => {
  const one = annotation("a");
  assert.deepEqual(idsOf(answeredPut(open(), "d", [one]).annotations.d), ["a"]);
  const during = loaded(answeredPut(loading(room(), "d"), "d", [one]), "d", answer());
  assert.deepEqual(idsOf(during.annotations.d), ["a"]);
  const gone = answeredRemoved(open([one]), "d", [{ id: "a", version: 1, page: 1 }]);
  assert.deepEqual(idsOf(after([put([{ ...one, revision: 9 }])], gone)), []);
  assert.deepEqual(answeredPut(room(), "d", [one]).annotations, {});
});

test("only the page that changed is copied, and names of every object's own are no ids", () => {
  const before = open([annotation("a"), annotation("b", { page: 2 })]);
  const next = step(before, put([annotation("constructor")])).annotations.d;
  assert.equal(next.pages["1/2"], before.annotations.d.pages["1/2"]);
  assert.notEqual(next.pages["1/1"], before.annotations.d.pages["1/1"]);
  assert.deepEqual(idsOf(next), ["a", "constructor"]);
});
