/** What the toolbar offers and remembers, and what its keys mean. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { audiencesFor, MEETING, PRIVATE, recipients, validReach } from "../../static/js/ink/model/audience.js";
import { inkCommandOf, keyOf } from "../../static/js/ink/toolbar/ink_keys.js";
import { KINDS, TOOLS } from "../../static/js/ink/tools/index.js";
import { Toolbar } from "../../static/js/ink/toolbar/toolbar.js";
import * as model from "../../static/js/ink/toolbar/toolbar_model.js";
import { person, room } from "./rooms.js";

/** @param {Record<string, string>} [kept] @param {any} [now] */
function toolbarIn(kept = {}, now = room({}, { me: { user_id: "me", role: "member", entitled_to_vote: true } })) {
  const memory = new Map(Object.entries(kept));
  /** @type {Toolbar} */
  const toolbar = new Toolbar({
    memory: { get: (key) => memory.get(key) ?? null, set: (key, value) => void memory.set(key, value) },
    width: () => 1180,
    room: () => now,
    use: (tool) => toolbar.heard(tool),
    changed: () => {},
  });
  return { toolbar, memory };
}

test("the essential tools stay in the least room, in the toolbar's order; the others are behind more", () => {
  assert.deepEqual(model.fitting(344).shown, ["pen", "highlighter", "mark", "note", "eraser"]);
  assert.deepEqual(model.fitting(48 * 5 + 8 * 4), { shown: ["pen", "highlighter", "note", "eraser"], more: ["mark", "text", "shape", "select"] });
  assert.deepEqual(model.fitting(0).shown, ["pen"]);
  assert.deepEqual(model.fitting(2000), { shown: Object.keys(model.SLOTS), more: [] });
});

test("every tool has an icon, a key of its own if any, and words in both languages", () => {
  const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const icons = read("static/icons.txt").split("\n");
  for (const { name, icon } of TOOLS) assert.ok(icons.includes(icon), `${name}: ${icon}`);
  const keys = TOOLS.flatMap(({ key }) => key ?? []);
  assert.equal(new Set(keys).size, keys.length);
  const words = [...TOOLS.map(({ name }) => `ink.tool_${name}`), ...KINDS.map((kind) => `ink.kind_${kind}`)];
  words.push(...Object.keys(model.SLOTS).filter(model.hasOptions).map((slot) => `ink.options_${slot}`));
  for (const language of ["vi", "en"]) {
    const catalogue = read(`translations/${language}/LC_MESSAGES/room.po`);
    for (const key of words) assert.ok(catalogue.includes(`msgid "${key}"`), `${language}: ${key}`);
  }
});

test("beside the page when the tablet lies, below it when it stands and on a phone", () => {
  assert.equal(model.sideFor(1180, 820), "side");
  assert.equal(model.sideFor(1440, 900), "side");
  assert.equal(model.sideFor(800, 360), "side");
  assert.equal(model.sideFor(820, 1180), "footer");
  assert.equal(model.sideFor(360, 800), "footer");
  assert.equal(model.sideFor(600, 400), "footer");
});

test("a chosen tool chosen again is put down; a toolbar put away takes tool and audience with it", () => {
  const { toolbar } = toolbarIn();
  toolbar.toggle("pen");
  assert.equal(toolbar.tool, "pen");
  assert.ok(toolbar.holds("pen"));
  toolbar.toggle("pen");
  assert.equal(toolbar.tool, null);
  toolbar.take("strike");
  assert.equal(toolbar.toolOf("mark"), "strike");
  toolbar.reach = MEETING;
  toolbar.put(false);
  assert.equal(toolbar.tool, null);
  assert.equal(toolbar.open, false);
  assert.deepEqual(toolbar.reach, PRIVATE);
});

test("a pen that comes down by itself shows as the chosen tool", () => {
  const { toolbar } = toolbarIn();
  toolbar.heard("highlighter");
  assert.ok(toolbar.holds("highlighter"));
});

test("blue for oneself and red for the room, each remembered apart", () => {
  const { toolbar, memory } = toolbarIn();
  assert.equal(toolbar.style("pen").color, "#1c4fa1");
  toolbar.choose("pen", { color: "#6a3fa0", width: 4.5 });
  toolbar.reach = MEETING;
  assert.equal(toolbar.style("pen").color, "#b3261e");
  toolbar.choose("pen", { color: "#17694c" });
  toolbar.reach = PRIVATE;
  assert.deepEqual(toolbar.style("pen"), { color: "#6a3fa0", width: 4.5, opacity: 1, size: 20 });
  const again = toolbarIn(Object.fromEntries(memory)).toolbar;
  assert.equal(again.style("pen").width, 4.5);
  assert.equal(again.style("highlighter").color, "#ffd84d");
  assert.ok(again.style("highlighter").opacity < 1);
});

test("what was remembered and does not fit any more is left out", () => {
  assert.equal(toolbarIn({ "ink:private:pen": "#00ff00 99" }).toolbar.style("pen").color, "#1c4fa1");
  assert.equal(toolbarIn({ "ink:private:pen": "#b3261e 99" }).toolbar.style("pen").width, 2.6);
  assert.equal(toolbarIn({ "ink:private:text": "#b3261e 28" }).toolbar.style("text").size, 28);
});

test("the audience is private at first, and falls back to it when it may not be chosen any more", () => {
  const member = room({}, { me: { user_id: "me", role: "member", entitled_to_vote: true } });
  const guest = room({}, { me: { user_id: "me", role: "guest", entitled_to_vote: false } });
  const over = room({ status: "closed" }, { me: { user_id: "me", role: "chair", entitled_to_vote: true } });
  assert.deepEqual(toolbarIn().toolbar.reach, PRIVATE);
  assert.deepEqual(audiencesFor(member), ["private", "meeting", "person"]);
  assert.deepEqual(audiencesFor(guest), ["private"]);
  assert.deepEqual(audiencesFor(over), ["private"]);
  assert.deepEqual(validReach(MEETING, member), MEETING);
  assert.deepEqual(validReach(MEETING, guest), PRIVATE);
  assert.deepEqual(validReach({ audience: "person", user_id: "gone", name: "A" }, member), PRIVATE);
});

test("only who can read a paper can be sent something on it", () => {
  const people = [person("me", "member"), person("a", "member"), person("g", "guest")];
  const now = room({ participants: people }, { me: { user_id: "me", role: "member", entitled_to_vote: true } });
  assert.deepEqual(recipients(now, { open_to_guests: false }).map((one) => one.user_id), ["a"]);
  assert.deepEqual(recipients(now, { open_to_guests: true }).map((one) => one.user_id), ["a", "g"]);
});

test("keys of pens and notes", () => {
  const press = (/** @type {string} */ key, more = {}) => inkCommandOf({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });
  assert.deepEqual(press("p"), { tool: "pen" });
  assert.deepEqual(press("P"), { tool: "pen" });
  assert.deepEqual(press("v"), { tool: "select" });
  assert.deepEqual(press("z", { ctrlKey: true }), { verb: "undo" });
  assert.deepEqual(press("Z", { ctrlKey: true, shiftKey: true }), { verb: "redo" });
  assert.deepEqual(press("z", { metaKey: true }), { verb: "undo" });
  assert.deepEqual(press("Escape"), { verb: "put_down" });
  assert.equal(press("z"), null);
  assert.equal(press("p", { ctrlKey: true }), null);
  assert.equal(press("constructor"), null);
  assert.equal(keyOf("note"), "N");
  assert.equal(keyOf("arrow"), null);
});
