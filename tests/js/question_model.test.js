/** A question while it is written: its limits, its options, what is sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { questionFaults } from "../../static/js/voting/questions/question_faults.js";
import * as model from "../../static/js/voting/questions/question_model.js";
import { paper } from "./rooms.js";
import { poll } from "./votes.js";

const USUAL = poll("x").options;

/** @param {...string} labels */
const options = (...labels) => labels.map((label, at) => ({ key: `option-${at + 1}`, label }));

/** @param {Partial<import("../../static/js/voting/questions/question_model.js").Draft>} more */
const draft = (more) => ({ ...model.newDraft("a"), question: "Thông qua?", ...more });

/** @param {Partial<import("../../static/js/voting/questions/question_model.js").Draft>} more */
const faults = (more) => model.faultsIn(draft(more)).map(({ place, key }) => `${place} ${key}`);

test("a question is there, and not longer than a card can show", () => {
  assert.deepEqual(faults({}), []);
  assert.deepEqual(faults({ question: " \u00a0\n" }), ["question question.missing"]);
  assert.deepEqual(faults({ question: "ă".normalize("NFD").repeat(1000) }), []);
  assert.deepEqual(faults({ question: "a".repeat(1001) }), ["question question.too_long"]);
});

test("characters are counted near the end, as people count them", () => {
  assert.equal(model.charactersLeft("ngắn", 1000), null);
  assert.equal(model.charactersLeft("ă".normalize("NFD").repeat(900), 1000), 100);
  assert.equal(model.charactersLeft("a".repeat(1003), 1000), -3);
});

test("own options: none, one, too many, twice the same, too long", () => {
  const own = (/** @type {{key:string, label:string}[]} */ list) => faults({ own: true, options: list });
  assert.deepEqual(own(options("", " ")), ["options question.no_options"]);
  assert.deepEqual(own(options("Một")), ["options question.one_option"]);
  assert.deepEqual(own(options("Phương án A", "  phương   án a ")), ["option-1 question.duplicate_option"]);
  assert.deepEqual(own(options("A", "b".repeat(121))), ["option-1 question.long_option"]);
  assert.deepEqual(own(options(...Array.from({ length: 21 }, (_, at) => `Phương án ${at}`))), ["options question.too_many_options"]);
  assert.deepEqual(own(options("A", "B", "")), []);
  assert.deepEqual(faults({ own: false, options: options("A", "A") }), []);
});

test("an option with the words of a usual choice is that choice, and no other bears its key", () => {
  assert.deepEqual(model.keyedOptions(options(" tán  thành ", "Hoãn lại"), USUAL), [{ key: "for", label: "tán thành" }, { key: "option-2", label: "Hoãn lại" }]);
  assert.deepEqual(model.keyedOptions([{ key: "for", label: "Phương án A" }], USUAL), [{ key: "own-for", label: "Phương án A" }]);
});

test("a new option has a key of its own", () => {
  assert.equal(model.newOption(options("A", "B")).key, "option-3");
  assert.equal(model.newOption([{ key: "option-3", label: "" }, { key: "option-1", label: "" }]).key, "option-4");
});

test("what is sent: clean text, own options only where there are some, no version without a paper", () => {
  const body = /** @type {any} */ (model.bodyOf(draft({ question: "  Thông   qua? ", version: 2, rule_id: null }), USUAL));
  assert.deepEqual([body.question, body.options, body.document_id, body.version, body.rule_id], ["Thông qua?", null, null, null, undefined]);
  const own = /** @type {any} */ (model.bodyOf(draft({ own: true, options: options("A", "", "Không biểu quyết"), document_id: "p", version: 2 }), USUAL));
  assert.deepEqual(own.options, [{ key: "option-1", label: "A" }, { key: "abstain", label: "Không biểu quyết" }]);
  assert.equal(own.version, 2);
});

test("a question goes into the form and comes out as it was", () => {
  const own = poll("q", { options: options("A", "B"), title: "Ngắn", question: "Dài", timer_seconds: 120 });
  const form = model.draftFrom(own, USUAL);
  assert.deepEqual([form.own, form.title, form.timer_seconds], [true, "Ngắn", 120]);
  assert.deepEqual(/** @type {any} */ (model.bodyOf(form, USUAL)).options, own.options);
  const usual = model.draftFrom(poll("q"), USUAL);
  assert.deepEqual([usual.own, usual.title], [false, ""]);
  assert.equal(model.draftAgain(poll("q"), USUAL).repeats, "q");
});

test("the item's papers come first; without an item all of them do", () => {
  const agenda = { documents: [paper("m")], agenda: [{ id: "a", title: "a", documents: [paper("p")] }, { id: "b", title: "b", documents: [paper("r")] }] };
  assert.deepEqual(model.papersFor(agenda, "a").map((one) => one.id), ["p", "m"]);
  assert.deepEqual(model.papersFor(agenda, null).map((one) => one.id), ["m", "p", "r"]);
  assert.equal(model.paperIn(agenda, "r")?.id, "r");
  assert.equal(model.paperIn(agenda, "x"), null);
});

test("questions of one item change places among themselves only", () => {
  const drafts = ["a1", "b1", "a2", "a3"].map((id) => poll(id));
  assert.deepEqual(model.wholeOrder(drafts, ["a3", "a1", "a2"]), ["a3", "b1", "a1", "a2"]);
  assert.deepEqual(model.shifted(["x", "y", "z"], 2, -1), ["x", "z", "y"]);
  assert.deepEqual(model.shifted(["x", "y"], 0, -1), ["x", "y"]);
});

test("what is to do before the meeting names the item whose question is behind its paper", () => {
  const meeting = { documents: [], agenda: [{ id: "a", title: "a", documents: [paper("p", { current_version: 3 })] }] };
  const behind = poll("q", { agenda_item_id: "a", document_id: "p", version: 2 });
  const bare = poll("r", { document_id: "gone", version: 1 });
  const good = poll("s", { document_id: "p", version: 3 });
  const said = questionFaults(meeting, [behind, bare, good]).map(({ key, params }) => [key, params?.number, params?.current]);
  assert.deepEqual(said, [["prepare.todo.question_replaced", 1, 3], ["prepare.todo.question_without_paper_meeting", 0, undefined]]);
});
