/** Wet ink: few messages, new points only; it ends with the finished stroke, or in silence, and never comes back. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { RemoteStrokes } from "../../static/js/ink/sync/remote_strokes.js";
import { StrokeSender } from "../../static/js/ink/sync/stroke_sender.js";
import { handwriting } from "./marks.js";

mock.timers.enable({ apis: ["setTimeout", "Date"] });
const place = { document_id: "d", version: 1, page: 2 };
const style = { color: "#b3261e", width: 2.6, opacity: 1, size: 20 };

/** Time goes by in small steps, so that what is set while it passes comes in its turn. */
function after(/** @type {number} */ ms) {
  for (let left = ms; left > 0; left -= 4) mock.timers.tick(Math.min(4, left));
}

function serverClock({ connected = true } = {}) {
  /** @type {any[]} */ const sent = [];
  const line = { connected };
  const sender = new StrokeSender({ emitVolatile: (event, payload) => sent.push({ event, ...payload }), connected: () => line.connected, now: Date.now });
  const arrived = new Set();
  const room = new RemoteStrokes({ changed: () => {}, arrived: ({ id }) => arrived.has(id), now: Date.now });
  const pass = () => {
    const news = sent.splice(0).map(({ event, ...ink }) => ({ ...ink, author: "u" }));
    if (news.length) room.tick(news);
    return news;
  };
  return { sent, line, sender, arrived, room, pass };
}

test("at most 15 messages a second carry every point once", () => {
  const { sent, sender } = serverClock();
  const points = handwriting(1, 480);
  sender.begin({ id: "s", ...place, style });
  for (let at = 0; at < points.length; at += 4) {
    sender.addPoints(points.slice(at, at + 4));
    after(16);
  }
  sender.end();
  after(200);
  assert.ok(sent.length <= 15 * 2 + 1 && sent.length > 20, `${sent.length} messages`);
  assert.equal(sent.flatMap((one) => one.points).length, 480);
  let from = 0;
  for (const one of sent) {
    assert.deepEqual([one.event, one.from, one.style, one.page], ["ink.wet", from, { color: "#b3261e", width: 2.6, opacity: 1 }, 2]);
    from += one.points.length;
  }
});

test("what arrives is what was drawn; a lost message leaves a straight line", () => {
  const { sent, sender, room, pass } = serverClock();
  sender.begin({ id: "s", ...place, style });
  sender.addPoints([[0.1, 0.1, 0.5], [0.2, 0.1, 0.5]]);
  after(100);
  pass();
  sender.addPoints([[0.3, 0.1, 0.5]]);
  after(100);
  sent.splice(0);
  sender.addPoints([[0.4, 0.1, 0.5]]);
  after(100);
  pass();
  assert.deepEqual(room.strokes("d", 1, 2)[0].points.map(([x]) => x), [0.1, 0.2, 0.4]);
  assert.deepEqual(room.strokes("d", 1, 3), []);
});

test("quick strokes keep the pace and none is lost", () => {
  const { sent, sender } = serverClock();
  for (let n = 0; n < 10; n++) {
    sender.begin({ id: `s${n}`, ...place, style });
    sender.addPoints([[0.1, n / 20, 0.5]]);
    sender.end();
    after(20);
  }
  assert.ok(sent.length <= 4, `${sent.length}`);
  after(1000);
  assert.deepEqual(sent.map((one) => one.id), Array.from({ length: 10 }, (_, n) => `s${n}`));
});

test("a stroke that was taken back goes from the room; one that nobody saw is not mentioned", () => {
  const { sent, sender, room, pass } = serverClock();
  sender.begin({ id: "s", ...place, style });
  sender.addPoints([[0.1, 0.1, 0.5]]);
  after(100);
  pass();
  sender.cancel();
  after(100);
  assert.deepEqual(pass().map(({ gone, points }) => [gone, points]), [[true, []]]);
  assert.deepEqual(room.strokes("d", 1, 2), []);
  sender.begin({ id: "t", ...place, style });
  sender.addPoints([[0.1, 0.1, 0.5]]);
  sender.cancel();
  after(500);
  assert.deepEqual(sent, []);
});

test("without a line nothing is sent, and later only what is new", () => {
  const { sent, line, sender } = serverClock({ connected: false });
  sender.begin({ id: "s", ...place, style });
  sender.addPoints([[0.1, 0.1, 0.5]]);
  after(100);
  line.connected = true;
  sender.addPoints([[0.2, 0.1, 0.5]]);
  after(100);
  assert.deepEqual(sent.map(({ from, points }) => [from, points.length]), [[1, 1]]);
});

test("it ends with the finished stroke, and a late tick does not bring it back", () => {
  const { room, arrived } = serverClock();
  const ink = { id: "s", author: "u", ...place, style, from: 0, points: [[0.1, 0.1, 0.5]] };
  room.tick([ink]);
  assert.equal(room.strokes("d", 1, 2).length, 1);
  room.finished(["s"]);
  room.tick([{ ...ink, from: 1 }]);
  assert.equal(room.strokes("d", 1, 2).length, 0);
  arrived.add("t");
  room.tick([{ ...ink, id: "t" }]);
  assert.equal(room.strokes("d", 1, 2).length, 0);
});

test("it ends when nothing came for ten seconds", () => {
  const { room } = serverClock();
  room.tick([{ id: "s", author: "u", ...place, from: 0, points: [[0.1, 0.1, 0.5]] }]);
  after(6000);
  room.tick([{ id: "t", author: "v", ...place, from: 0, points: [[0.1, 0.1, 0.5]] }]);
  after(5000);
  assert.deepEqual(room.strokes("d", 1, 2).map(({ id }) => id), ["t"]);
  after(6000);
  assert.deepEqual(room.strokes("d", 1, 2), []);
});
