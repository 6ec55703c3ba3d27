/** Who may write for the room: the rule, what the toolbar offers, what waits on the tablet, and wet strokes of others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { audiencesFor, MEETING, PRIVATE, whyNotForRoom, withdrawableFrom } from "../../static/js/ink/model/audience.js";
import { selectionOf } from "../../static/js/ink/marks/selection_model.js";
import { Toolbar } from "../../static/js/ink/toolbar/toolbar.js";
import { RemoteStrokes } from "../../static/js/ink/sync/remote_strokes.js";
import { WriterWatch } from "../../static/js/ink/sync/writer_watch.js";
import { reduce } from "./registered_state.js";
import { canBeMuted, moderates, mutedPeople, writesForRoom } from "../../static/js/live/writing.js";
import { Tablet } from "./simulated_tablet.js";
import { page, pass } from "./ink_page.js";
import { InkServer } from "./ink_server.js";
import { draft } from "./marks.js";
import { person, room } from "./rooms.js";

const me = (/** @type {string} */ role) => ({ me: { user_id: "me", role, entitled_to_vote: true } });
const OFF = { member_writing: false };
const people = (/** @type {object} */ mine) => [{ ...person("me", "member"), ...mine }, person("sec", "secretary"), person("an", "member"), person("g", "guest")];
const muted = { participants: people({ writing_muted: true }) };

test("a member writes for the room while it is allowed, not muted, or presenting", () => {
  assert.ok(writesForRoom(room(), "me"));
  assert.ok(!writesForRoom(room(OFF), "me"));
  assert.ok(!writesForRoom(room(muted), "me"));
  assert.ok(writesForRoom(room({ ...OFF, presenter: "me" }), "me"));
  assert.ok(writesForRoom(room(OFF), "sec"));
  assert.ok(writesForRoom(room(OFF, me("chair")), "me"));
  assert.ok(!writesForRoom(room({ participants: people({}) }), "g"));
  assert.ok(writesForRoom(room(OFF), "somebody not known here"));
});

test("chair, secretary and presenter keep order among the members", () => {
  assert.deepEqual(["chair", "secretary", "member", "guest"].map((role) => moderates(room({}, me(role)))), [true, true, false, false]);
  assert.ok(moderates(room({ presenter: "me" })));
  const now = room({ participants: people({}), presenter: "an" });
  assert.deepEqual(["me", "sec", "an", "g", "nobody"].map((id) => canBeMuted(now, id)), [false, false, false, true, false]);
});

test("who was muted is known from the event on, and let go again", () => {
  const event = (/** @type {boolean} */ wanted) => ({ epoch: "e", seq: 6, type: "writer_muted", data: { user_id: "me", muted: wanted } });
  const then = reduce(room(), event(true));
  assert.deepEqual(mutedPeople(then).map((one) => one.user_id), ["me"]);
  assert.deepEqual(mutedPeople(reduce(then, event(false))), []);
});

test("the room is not offered to whoever may not write for it; own marks can still be taken back", () => {
  assert.deepEqual(audiencesFor(room(OFF)), ["private", "person"]);
  assert.deepEqual(withdrawableFrom(room(OFF)), ["private", "meeting", "person"]);
  assert.deepEqual([whyNotForRoom(room()), whyNotForRoom(room(OFF)), whyNotForRoom(room(muted))], [null, "writing_off", "muted"]);
  assert.deepEqual([whyNotForRoom(room(OFF, me("guest"))), whyNotForRoom(room({ ...OFF, status: "closed" }))], [null, null]);
  const shared = /** @type {any} */ ({ ...draft({ id: "a", audience: "meeting" }), author: "me", author_name: "A", created_at: "x" });
  const found = selectionOf([shared], {
    me: "me", runs: false, audiences: audiencesFor(room(OFF)), withdrawable: withdrawableFrom(room(OFF)), colorsFor: () => ["#b3261e"],
  });
  assert.deepEqual([found?.removes, found?.changes, found?.colors, found?.reaches], [true, false, [], ["private", "person"]]);
});

test("a toolbar whose audience was taken away falls back for good, and says which one it was", () => {
  let now = room();
  const toolbar = new Toolbar({ memory: { get: () => null, set: () => {} }, width: () => 1180, room: () => now, use: () => {}, changed: () => {} });
  toolbar.reach = MEETING;
  assert.equal(toolbar.settle(), null);
  now = room(OFF);
  assert.deepEqual([toolbar.reach, toolbar.settle(), toolbar.settle()], [PRIVATE, MEETING, null]);
  now = room();
  assert.deepEqual(toolbar.reach, PRIVATE);
});

const FOR_ROOM = { audience: /** @type {const} */ ("meeting") };

/** @param {InkServer} server */
function told(server) {
  const made = page(server);
  /** @type {number[]} */ const counts = [];
  made.outbox.whenHeldBack((count) => void counts.push(count));
  return { ...made, counts };
}

test("what was written for the room offline stays with its author where the room may not have it, and is told once", async () => {
  const server = new InkServer();
  server.fate = () => "lost";
  const { create, outbox, counts } = told(server);
  await create("first", FOR_ROOM);
  for (let n = 0; n < 120; n++) await create(`mark-${n}`, n % 3 ? FOR_ROOM : {});
  server.open = false;
  server.fate = () => "fine";
  outbox.hurry();
  await pass(8);
  assert.equal(server.made.length, 121);
  assert.deepEqual([...new Set([...server.marks.values()].map((one) => one.audience))], ["private"]);
  assert.deepEqual([counts, outbox.ops], [[81], []]);
});

test("a mark of the room that is changed leaves it with the change; one that is shown stays where it is", async () => {
  const server = new InkServer();
  const { create, change, outbox, counts } = told(server);
  await create("shared", FOR_ROOM);
  await create("own");
  await pass(3);
  server.open = false;
  await change("shared", { text: "new words" }, 1, FOR_ROOM);
  await change("own", { ...FOR_ROOM, user_id: null }, 1);
  await pass(4);
  assert.deepEqual([server.marks.get("shared").audience, server.marks.get("shared").text], ["private", "new words"]);
  assert.deepEqual([server.marks.get("own").audience, server.marks.get("own").revision], ["private", 1]);
  assert.deepEqual([counts, outbox.ops], [[2], []]);
});

test("a store shows what was held back as its author's own at every moment", async () => {
  const server = new InkServer();
  const tablet = new Tablet(server, "me");
  await tablet.store.start();
  tablet.join();
  tablet.store.show("d");
  await pass(1);
  server.open = false;
  const { ids } = tablet.store.addAnnotations(draft({ id: undefined, ...FOR_ROOM }));
  await pass(3);
  assert.deepEqual(tablet.marks().map(({ id, audience }) => [id, audience]), [[ids[0], "private"]]);
  assert.deepEqual([tablet.store.outbox.refused, tablet.store.outbox.ops], [[], []]);
});

test("wet strokes of somebody who may write no more vanish and do not come back", () => {
  let may = true;
  const wet = new RemoteStrokes({ changed: () => {}, arrived: () => false, may: () => may });
  const ink = /** @type {any} */ ({ id: "s", author: "an", document_id: "d", version: 1, page: 1, from: 0, points: [[0.1, 0.1, 0.5]] });
  wet.tick([ink]);
  assert.equal(wet.strokes("d", 1, 1).length, 1);
  may = false;
  wet.writersChanged();
  wet.tick([{ ...ink, from: 1 }, { ...ink, id: "t" }]);
  assert.deepEqual(wet.strokes("d", 1, 1), []);
});

test("whoever begins to write is told of once; the latest one takes the place of the one before", () => {
  const watch = new WriterWatch();
  assert.equal(watch.heard("a", 1000), "show");
  assert.equal(watch.heard("a", 1000), "nothing");
  assert.equal(watch.heard("a", 2000), "renew");
  assert.equal(watch.heard("b", 2500), "show");
  assert.equal(watch.heard("a", 3000), "nothing");
  watch.gone("b");
  assert.equal(watch.heard("b", 4000), "nothing");
  assert.equal(watch.heard("b", 9500), "show");
  watch.acted("b");
  assert.equal(watch.heard("b", 9600), "show");
});
