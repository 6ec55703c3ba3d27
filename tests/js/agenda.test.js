import assert from "node:assert/strict";
import { test } from "node:test";
import { AgendaController } from "../../static/js/agenda/agenda_controller.js";

/** @param {Partial<{status: string, current_item_id: string|null}>} [meeting] */
function agendaOf(meeting = {}) {
  const agenda = ["a", "b", "c"].map((id) => ({ id, title: id, documents: [{ id: `paper-${id}` }] }));
  const room = { meeting: { status: "running", current_item_id: "a", agenda, ...meeting } };
  const reading = { follow: { place: { document_id: "paper-c" } } };
  return { room, controller: new AgendaController(/** @type {any} */ ({ room, reading, redraw: () => {} })) };
}

test("the current item and the one on the screen are expanded, after the meeting all", () => {
  const open = (/** @type {any} */ controller) => ["a", "b", "c"].filter((id) => controller.isOpen(id));
  assert.deepEqual(open(agendaOf().controller), ["a", "c"]);
  assert.deepEqual(open(agendaOf({ status: "closed" }).controller), ["a", "b", "c"]);
});

test("an item somebody expanded stays expanded when it becomes the current one", () => {
  const { room, controller } = agendaOf();
  controller.toggleItem("b");
  assert.equal(controller.isOpen("b"), true);
  room.meeting.current_item_id = "b";
  assert.equal(controller.isOpen("b"), true);
  room.meeting.status = "closed";
  assert.equal(controller.isOpen("b"), true);
});

test("an item somebody collapsed stays collapsed when another becomes the current one", () => {
  const { room, controller } = agendaOf();
  controller.toggleItem("a");
  assert.equal(controller.isOpen("a"), false);
  room.meeting.current_item_id = "b";
  assert.equal(controller.isOpen("a"), false);
  controller.toggleItem("a");
  assert.equal(controller.isOpen("a"), true);
});
