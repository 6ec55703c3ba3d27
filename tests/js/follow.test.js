/** Following, reading apart, previewing: every way from one to the other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as follow from "../../static/js/live/follow.js";

/** @param {number} page @param {string} [document_id] */
const at = (page, document_id = "p") => ({ document_id, version: 1, page });

test("a follower goes along, to another paper as well", () => {
  let now = follow.returned(at(1));
  now = follow.liveMoved(now, at(2));
  assert.deepEqual(now, { mode: "following", place: at(2) });
  assert.deepEqual(follow.liveMoved(now, at(1, "q")).place, at(1, "q"));
});

test("who turns a page reads apart and stays there while the room moves", () => {
  const apart = follow.leafed(follow.returned(at(7)), at(8), at(7), false);
  assert.equal(apart.mode, "apart");
  assert.equal(follow.liveMoved(apart, at(12)), apart);
  assert.deepEqual(follow.distance(apart, at(12)), { kind: "page", mine: 8, theirs: 12 });
  assert.deepEqual(follow.distance(apart, at(1, "q")), { kind: "paper", document_id: "q", page: 1 });
  assert.deepEqual(follow.distance(apart, null), { kind: "nothing" });
});

test("leafing back to the room's page is following again, and so is one tap", () => {
  const apart = follow.leafed(follow.returned(at(7)), at(8), at(7), false);
  assert.equal(follow.leafed(apart, at(7), at(7), false).mode, "following");
  assert.deepEqual(follow.returned(at(12)), { mode: "following", place: at(12) });
  assert.equal(follow.distance(follow.returned(at(12)), at(12)), null);
});

test("the presenter takes the room along, unless previewing", () => {
  const now = follow.leafed(follow.returned(at(3)), at(4), at(3), true);
  assert.deepEqual(now, { mode: "following", place: at(4) });
  const alone = follow.leafed(follow.previewing(now), at(9), at(4), true);
  assert.deepEqual(alone, { mode: "previewing", place: at(9) });
  assert.equal(follow.liveMoved(alone, at(5)), alone);
  assert.deepEqual(follow.shown(alone), { mode: "following", place: at(9) });
});

test("a change of hands never moves the room by itself", () => {
  const apart = follow.leafed(follow.returned(at(7)), at(9), at(7), false);
  assert.deepEqual(follow.leaseMoved(apart, at(7), true), { mode: "previewing", place: at(9) });
  const following = follow.returned(at(7));
  assert.deepEqual(follow.leaseMoved(following, at(7), true), following);
  const previewing = { ...follow.previewing(following), place: at(2) };
  assert.deepEqual(follow.leaseMoved(previewing, at(7), false), { mode: "apart", place: at(2) });
  assert.deepEqual(follow.leaseMoved(follow.previewing(following), at(7), false), following);
});

test("places are the same only with the same version", () => {
  assert.ok(follow.samePlace(at(1), at(1)));
  assert.ok(!follow.samePlace(at(1), { ...at(1), version: 2 }));
  assert.ok(!follow.samePlace(at(1), null));
  assert.ok(follow.samePlace(null, null));
});
