/** Which pointer draws, which moves the page, and which is only a hand lying there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PointerIntent } from "../../static/js/viewer/pointer_intent.js";

/** A surface on which events happen at times that the test says. */
class PointerSurface {
  tool = true;
  penDraws = false;
  intent = new PointerIntent({ tool: () => this.tool, penDraws: () => this.penDraws });

  event(id, type, x, y, time, more = {}) {
    return { id, type, x, y, time, button: 0, buttons: 1, size: 10, ...more };
  }

  down(id, type, x, y, time, more) {
    return said(this.intent.down(this.event(id, type, x, y, time, more)));
  }

  move(id, type, x, y, time) {
    return said(this.intent.move(this.event(id, type, x, y, time)));
  }

  up(id, type, x, y, time) {
    return said(this.intent.up(this.event(id, type, x, y, time)));
  }

  cancel(id, type, x, y, time) {
    return said(this.intent.cancel(this.event(id, type, x, y, time)));
  }
}

/** @param {import("../../static/js/viewer/pointer_intent.js").Act[]} acts */
const said = (acts) => acts.map((act) => (act.act === "tap" ? `tap ${act.fingers}` : `${act.act} ${act.phase} ${act.id}${act.erase ? " erasing" : ""}`));

test("without a pen, a chosen tool lets one finger draw; without a tool it moves the page", () => {
  const surface = new PointerSurface();
  assert.deepEqual(surface.down(1, "touch", 0, 0, 0), ["draw begin 1"]);
  assert.deepEqual(surface.move(1, "touch", 50, 0, 20), ["draw move 1"]);
  assert.deepEqual(surface.up(1, "touch", 50, 0, 300), ["draw end 1"]);
  surface.tool = false;
  assert.deepEqual(surface.down(2, "touch", 0, 0, 400), ["pan begin 2"]);
  assert.deepEqual(surface.move(2, "touch", 50, 0, 420), ["pan move 2"]);
  assert.deepEqual(surface.up(2, "touch", 50, 0, 440), ["pan end 2"]);
});

test("once a pen was seen, hovering or down, fingers move the page and the pen draws", () => {
  const surface = new PointerSurface();
  assert.deepEqual(surface.move(9, "pen", 10, 10, 0), []);
  assert.equal(surface.intent.penSeen, true);
  assert.deepEqual(surface.down(1, "touch", 0, 0, 100), ["pan begin 1"]);
  assert.deepEqual(surface.up(1, "touch", 0, 0, 150), ["pan end 1"]);
  assert.deepEqual(surface.down(9, "pen", 10, 10, 200), ["draw begin 9"]);
});

test("a pen draws without a tool where that is wanted, and moves the page where not", () => {
  const surface = new PointerSurface();
  surface.tool = false;
  assert.deepEqual(surface.down(9, "pen", 0, 0, 0), ["pan begin 9"]);
  surface.up(9, "pen", 0, 0, 50);
  surface.penDraws = true;
  assert.deepEqual(surface.down(9, "pen", 0, 0, 100), ["draw begin 9"]);
});

test("the pen's other end erases", () => {
  const surface = new PointerSurface();
  assert.deepEqual(surface.down(9, "pen", 0, 0, 0, { button: 5, buttons: 32 }), ["draw begin 9 erasing"]);
  assert.deepEqual(surface.move(9, "pen", 5, 0, 10), ["draw move 9 erasing"]);
});

test("a palm beside the pen, or shortly after it, is nothing", () => {
  const surface = new PointerSurface();
  surface.down(9, "pen", 0, 0, 0);
  assert.deepEqual(surface.down(1, "touch", 80, 80, 20), []);
  assert.deepEqual(surface.move(1, "touch", 90, 80, 40), []);
  surface.up(9, "pen", 50, 0, 500);
  assert.deepEqual(surface.move(1, "touch", 120, 80, 520), []);
  assert.deepEqual(surface.up(1, "touch", 120, 80, 540), []);
  assert.deepEqual(surface.down(2, "touch", 80, 80, 900), []);
  surface.up(2, "touch", 80, 80, 950);
  assert.deepEqual(surface.down(3, "touch", 80, 80, 1001), ["pan begin 3"]);
});

test("a palm that lay there before the pen came gives up what it was doing", () => {
  const surface = new PointerSurface();
  surface.move(9, "pen", 10, 10, 0);
  assert.deepEqual(surface.down(1, "touch", 80, 80, 100), ["pan begin 1"]);
  assert.deepEqual(surface.down(9, "pen", 0, 0, 140), ["pan cancel 1", "draw begin 9"]);
  assert.deepEqual(surface.move(1, "touch", 90, 90, 160), []);
  assert.deepEqual(surface.up(1, "touch", 90, 90, 180), []);
  assert.deepEqual(surface.move(9, "pen", 10, 0, 190), ["draw move 9"]);
});

test("the first stroke of a pen takes back what the palm began to draw", () => {
  const surface = new PointerSurface();
  assert.deepEqual(surface.down(1, "touch", 80, 80, 0), ["draw begin 1"]);
  assert.deepEqual(surface.down(9, "pen", 0, 0, 40), ["draw cancel 1", "draw begin 9"]);
});

test("broad contact is a hand: sooner when a pen is about", () => {
  const surface = new PointerSurface();
  assert.deepEqual(surface.down(1, "touch", 0, 0, 0, { size: 60 }), ["draw begin 1"]);
  surface.up(1, "touch", 0, 0, 100);
  assert.deepEqual(surface.down(2, "touch", 0, 0, 200, { size: 120 }), []);
  surface.up(2, "touch", 0, 0, 300);
  surface.move(9, "pen", 0, 0, 400);
  assert.deepEqual(surface.down(3, "touch", 0, 0, 2000, { size: 60 }), []);
});

test("a second finger takes a stroke back that has just begun or is still short", () => {
  const surface = new PointerSurface();
  surface.down(1, "touch", 0, 0, 0);
  surface.move(1, "touch", 60, 0, 60);
  assert.deepEqual(surface.down(2, "touch", 200, 0, 140), ["draw cancel 1", "pan begin 1", "pan begin 2"]);
  const slow = new PointerSurface();
  slow.down(1, "touch", 0, 0, 0);
  slow.move(1, "touch", 20, 0, 600);
  assert.deepEqual(slow.down(2, "touch", 200, 0, 700), ["draw cancel 1", "pan begin 1", "pan begin 2"]);
});

test("a second finger in the middle of a long stroke ends it and moves the page", () => {
  const surface = new PointerSurface();
  surface.down(1, "touch", 0, 0, 0);
  surface.move(1, "touch", 90, 0, 200);
  assert.deepEqual(surface.down(2, "touch", 200, 0, 400), ["draw end 1", "pan begin 1", "pan begin 2"]);
  assert.deepEqual(surface.move(1, "touch", 80, 0, 420), ["pan move 1"]);
  assert.deepEqual(surface.up(2, "touch", 200, 0, 500), ["pan end 2"]);
  assert.deepEqual(surface.move(1, "touch", 60, 0, 520), ["pan move 1"]);
  assert.deepEqual(surface.up(1, "touch", 60, 0, 540), ["pan end 1"]);
});

test("two fingers that come and go together undo, three redo", () => {
  const surface = new PointerSurface();
  surface.down(1, "touch", 0, 0, 0);
  surface.down(2, "touch", 100, 0, 30);
  assert.deepEqual(surface.up(1, "touch", 0, 0, 120), ["pan end 1"]);
  assert.deepEqual(surface.up(2, "touch", 100, 0, 140), ["pan end 2", "tap 2"]);
  for (const id of [3, 4, 5]) surface.down(id, "touch", id * 50, 0, 1000 + id);
  surface.up(3, "touch", 150, 0, 1100);
  surface.up(4, "touch", 200, 0, 1110);
  assert.deepEqual(surface.up(5, "touch", 250, 0, 1120), ["pan end 5", "tap 3"]);
});

test("fingers that moved, stayed, were taken away or were four are no tap", () => {
  for (const [slide, long, taken, many] of [[20, 0, false, 2], [0, 400, false, 2], [0, 0, true, 2], [0, 0, false, 4]]) {
    const surface = new PointerSurface();
    for (let id = 1; id <= many; id += 1) surface.down(id, "touch", id * 60, 0, id);
    surface.move(1, "touch", 60 + slide, 0, 30);
    for (let id = 1; id < many; id += 1) surface.up(id, "touch", 0, 0, 100 + long);
    const last = taken ? surface.cancel(many, "touch", 0, 0, 110) : surface.up(many, "touch", 0, 0, 110 + long);
    assert.deepEqual(last, [`pan ${taken ? "cancel" : "end"} ${many}`], JSON.stringify([slide, long, taken, many]));
  }
});

test("one finger's tap is a dot, not an undo", () => {
  const surface = new PointerSurface();
  surface.down(1, "touch", 0, 0, 0);
  assert.deepEqual(surface.up(1, "touch", 0, 0, 60), ["draw end 1"]);
});

test("what the system takes away is taken back", () => {
  const surface = new PointerSurface();
  surface.down(1, "touch", 0, 0, 0);
  surface.move(1, "touch", 90, 0, 200);
  assert.deepEqual(surface.cancel(1, "touch", 90, 0, 220), ["draw cancel 1"]);
  assert.deepEqual(surface.up(1, "touch", 90, 0, 230), []);
});

test("a mouse draws with its left button and moves the page with the middle one", () => {
  const surface = new PointerSurface();
  assert.deepEqual(surface.down(1, "mouse", 0, 0, 0), ["draw begin 1"]);
  assert.deepEqual(surface.down(2, "touch", 90, 0, 100), []);
  assert.deepEqual(surface.up(1, "mouse", 0, 0, 200), ["draw end 1"]);
  assert.deepEqual(surface.down(1, "mouse", 0, 0, 300, { button: 1, buttons: 4 }), ["pan begin 1"]);
  surface.up(1, "mouse", 0, 0, 320);
  assert.deepEqual(surface.down(1, "mouse", 0, 0, 400, { button: 2, buttons: 2 }), []);
  surface.tool = false;
  assert.deepEqual(surface.down(1, "mouse", 0, 0, 500), ["pan begin 1"]);
});

test("a page that goes away under the pen ends the pen's stroke for good", () => {
  const surface = new PointerSurface();
  surface.down(9, "pen", 0, 0, 0);
  surface.intent.release();
  assert.deepEqual(surface.move(9, "pen", 10, 0, 20), []);
  assert.deepEqual(surface.up(9, "pen", 10, 0, 40), []);
  assert.deepEqual(surface.down(9, "pen", 0, 0, 80), ["draw begin 9"]);
});
