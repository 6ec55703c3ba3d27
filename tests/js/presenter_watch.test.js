/** Whoever runs the meeting is told that nobody presents, once it lasts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PresenterWatch } from "../../static/js/presentation/presenter_watch.js";
import { room } from "./rooms.js";

const runs = { user_id: "chair", role: "chair", entitled_to_vote: true };

/** @param {string} presenter @param {object} [meeting] @param {object} [me] */
const serverClock = (presenter, meeting = {}, me = runs) =>
  room(meeting, { me, presence: { joined: 3, online: 2, following: 2, lost: 1, presenter, seq: 5, online_ids: [], lost_ids: [] } });

/** @returns {{watch: PresenterWatch, said: string[]}} */
function watching() {
  /** @type {string[]} */
  const said = [];
  return { watch: new PresenterWatch((words) => said.push(words)), said };
}

test("a presenter who left is missed once it lasts, and no longer after coming back", () => {
  const { watch, said } = watching();
  assert.equal(watch.words(serverClock("following"), 0), null);
  assert.equal(watch.words(serverClock("lost"), 1000), null, "a page loaded again");
  assert.equal(watch.words(serverClock("lost"), 4000), "room.presenter_left");
  assert.deepEqual(said, ["room.presenter_left"]);
  assert.equal(watch.words(serverClock("following"), 5000), null);
  assert.equal(watch.words(serverClock("lost"), 6000), null, "missed anew");
});

test("a presenter who never came, and none at all", () => {
  const { watch } = watching();
  watch.words(serverClock("away"), 0);
  assert.equal(watch.words(serverClock("away"), 4000), "room.presenter_absent");
  watch.words(serverClock("away", { presenter: null }), 5000);
  assert.equal(watch.words(serverClock("away", { presenter: null }), 9000), "room.nobody_presents");
});

test("told to who runs the meeting, while it is under way, and not again after it was put aside", () => {
  const { watch } = watching();
  for (const other of [serverClock("lost", {}, { ...runs, role: "member" }), serverClock("lost", { status: "published" }), serverClock("lost", { presenter: "chair" }), room({}, { me: runs })]) {
    watch.words(other, 0);
    assert.equal(watch.words(other, 9000), null);
  }
  watch.words(serverClock("lost"), 10_000);
  watch.dismiss(serverClock("lost"));
  assert.equal(watch.words(serverClock("lost"), 20_000), null);
  watch.words(serverClock("following"), 21_000);
  watch.words(serverClock("lost"), 22_000);
  assert.equal(watch.words(serverClock("lost"), 26_000), "room.presenter_left");
});
