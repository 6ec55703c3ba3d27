/** What the vote card says, from the room, from what waits on the tablet and from what was chosen there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CardMarks } from "../../static/js/voting/ballot/card_marks.js";
import * as model from "../../static/js/voting/ballot/card_model.js";
import { item, paper, room } from "./rooms.js";

const AT = "2026-11-24T02:40:00Z";
const NOW = Date.parse(AT);
const RECEIPT = { log_index: 7, leaf_hash: "3f7a91c2" + "0".repeat(56) };

/** @param {object} [more] @returns {any} */
const poll = (more = {}) => ({
  id: "q", meeting_id: "m", position: 1, title: "Question", question: "Question", method: "named", rule_id: "r", agenda_item_id: "b",
  options: [{ key: "for", label: "For" }, { key: "against", label: "Against" }, { key: "abstain", label: "Abstain" }],
  document_id: "p", version: 2, allow_change: false, timer_seconds: 60, repeats: null, status: "open", closed_at: null, result: null,
  ending: { ruling: null, announced_at: null, announced_by: null, cancelled_at: null, cancelled_by: null, cancel_reason: null },
  ...more,
  opened: { at: AT, n: 9, present: 6, voters: ["me", "x"], document: { document_id: "p", version: 2, sha256: "ab" }, .../** @type {any} */ (more).opened },
});
/** @param {object} [more] @returns {any} */
const ballot = (more = {}) => ({ poll_id: "q", choice: "for", channel: "tablet", revision: 1, receipt: RECEIPT, at: AT, ...more });
/** @param {any[]} polls @param {object} [more] */
const roomWith = (polls, more = {}) => room({ agenda: [item("a", 1), item("b", 2, [paper("p", { current_version: 2, title: "Dự thảo Nghị quyết" })])] }, { polls, ...more });
const NOTHING = { chosen: null, changing: false };
/** @param {any} here @param {any} [view] @param {any} [marks] */
const card = (here, view = null, marks = NOTHING) => model.cardOf(here, model.openPolls(here)[0] ?? assert.fail("no open poll"), view, marks);

test("a voter chooses, and a choice is not a ballot", () => {
  const here = roomWith([poll()]);
  assert.deepEqual([card(here).stage, card(here).choice], ["choosing", null]);
  const chosen = card(here, null, { chosen: "against", changing: false });
  assert.deepEqual([chosen.stage, chosen.choice, chosen.ballot], ["chosen", "against", null]);
  assert.equal(card(here, null, { chosen: "gone", changing: false }).stage, "choosing");
});

test("what was sent says how it stands until the server acknowledged it", () => {
  const here = roomWith([poll()]);
  for (const state of ["sending", "sending_again", "settling"]) {
    const sent = card(here, { state, wanted: "for" });
    assert.deepEqual([sent.stage, sent.choice], [state, "for"]);
  }
  const standing = { choice: "for", revision: 1, receipt: RECEIPT };
  const done = card(here, { state: "recorded", wanted: "for", standing, code: "", detail: "" });
  assert.deepEqual([done.stage, done.ballot?.receipt, done.ballot?.at], ["recorded", RECEIPT, null]);
  const told = card(roomWith([poll()], { my_ballots: [ballot()] }), { state: "recorded", wanted: "for", standing, code: "", detail: "" });
  assert.equal(told.ballot?.at, AT);
});

test("a ballot from another tablet, or recorded by hand, shows the same receipt", () => {
  const other = card(roomWith([poll()], { my_ballots: [ballot({ choice: "against" })] }), null, { chosen: "for", changing: false });
  assert.deepEqual([other.stage, other.ballot?.choice, other.choice], ["recorded", "against", null]);
  const byHand = card(roomWith([poll()], { my_ballots: [ballot({ channel: "recorded" })] }));
  assert.deepEqual([byHand.stage, byHand.ballot?.channel], ["recorded", "recorded"]);
});

test("a choice that lost against another tablet's is noted; one that was refused says why and may be made again", () => {
  const standing = { choice: "against", revision: 1, receipt: RECEIPT };
  const lost = card(roomWith([poll()], { my_ballots: [ballot({ choice: "against" })] }), { state: "other_stands", wanted: "for", standing, code: "already_voted", detail: "" });
  assert.deepEqual([lost.stage, lost.note], ["recorded", { kind: "other_stands", wanted: "for" }]);
  const refused = card(roomWith([poll()]), { state: "refused", wanted: "for", standing: null, code: "not_a_voter", detail: "Why." });
  assert.deepEqual([refused.stage, refused.note], ["choosing", { kind: "refused", wanted: "for", detail: "Why." }]);
});

test("where a change is allowed another choice can be made, and the recorded one stands until then", () => {
  const here = roomWith([poll({ allow_change: true })], { my_ballots: [ballot()] });
  const changing = card(here, null, { chosen: "against", changing: true });
  assert.deepEqual([changing.stage, changing.choice, changing.ballot?.choice], ["chosen", "against", "for"]);
  assert.equal(card(roomWith([poll()], { my_ballots: [ballot()] }), null, { chosen: "against", changing: true }).stage, "recorded");
  const onItsWay = card(here, { state: "sending_again", wanted: "against" }, NOTHING);
  assert.deepEqual([onItsWay.stage, onItsWay.ballot?.choice], ["sending_again", "for"]);
});

test("who may not vote now: late, not entitled, or a vote by hands", () => {
  assert.equal(card(roomWith([poll({ opened: { voters: ["x"] } })])).stage, "late");
  const guest = { me: { user_id: "me", role: "guest", entitled_to_vote: false } };
  assert.equal(card(roomWith([poll({ opened: { voters: ["x"] } })], guest)).stage, "watching");
  assert.equal(card(roomWith([poll({ method: "hands" })])).stage, "by_hand");
  assert.equal(card(roomWith([poll({ method: "paper" })], { my_ballots: [ballot()] })).stage, "recorded");
});

test("the vote on tablets is in front of one by hands, a later one of an earlier one", () => {
  const hands = poll({ id: "h", method: "hands", opened: { at: "2026-11-24T02:50:00Z" } });
  const older = poll({ id: "o", method: "paper" });
  const ids = model.openPolls(roomWith([older, hands, poll(), poll({ id: "d", status: "draft", opened: undefined })])).map((one) => one.id);
  assert.deepEqual(ids.slice(0, 1), ["q"]);
  assert.ok(ids.indexOf("h") < ids.indexOf("o"));
});

test("while it is open only who voted is counted, and the sum is whole", () => {
  const here = roomWith([poll()], { votes: [{ poll_id: "q", voted: 4, present: 6, n: 9 }] });
  const [open] = model.openPolls(here);
  assert.deepEqual(open && model.progressOf(here, open), { voted: 4, waiting: 2, absent: 3, n: 9 });
  assert.equal(open && model.progressOf(roomWith([poll()]), open), null);
});

test("the timer informs and ends at nought", () => {
  assert.equal(model.secondsLeft(poll(), NOW + 18_000), 42);
  assert.equal(model.secondsLeft(poll(), NOW + 600_000), 0);
  assert.equal(model.secondsLeft(poll({ timer_seconds: null }), NOW), null);
});

test("the paper of the question: which version, whether it is a draft, whether it can be opened", () => {
  assert.deepEqual(model.paperOf(roomWith([]), poll()), { id: "p", version: 2, draft: true, reachable: true, current: true });
  const renewed = room({ documents: [paper("p", { current_version: 3 })] });
  assert.equal(model.paperOf(renewed, poll())?.current, false);
  assert.equal(model.paperOf(room(), poll())?.reachable, false);
  assert.equal(model.paperOf(room(), poll({ opened: { document: null } })), null);
  assert.equal(model.paperOf(room({ documents: [paper("p", { title: "Dự toán" })] }), poll())?.draft, false);
});

/** @param {string} id @param {string} at @param {object} [more] */
const closed = (id, at, more = {}) => poll({ id, status: "closed", closed_at: at, result: { at, verdict: "adopted" }, ...more });

test("the verdict of the latest vote, until it is put away or old", () => {
  const here = roomWith([closed("q", AT), closed("r", "2026-11-24T02:45:00Z")]);
  const nothing = { saw: () => false, gone: () => false };
  assert.equal(model.verdictToShow(here, NOW + 360_000, nothing)?.id, "r");
  assert.equal(model.verdictToShow(here, NOW + 3_600_000, nothing), null);
  assert.equal(model.verdictToShow(here, NOW + 3_600_000, { ...nothing, saw: (id) => id === "r" })?.id, "r");
  assert.equal(model.verdictToShow(here, NOW + 360_000, { ...nothing, gone: (id) => id === "r" }), null);
  const tie = roomWith([closed("t", AT, { result: { at: AT, verdict: "tie_needs_ruling" } })]);
  const putAway = { ...nothing, gone: (/** @type {string} */ end) => end === "t:tie" };
  assert.equal(model.verdictToShow(tie, NOW, putAway), null);
  const ruled = { ...closed("t", AT).ending, ruling: { side: "for", reason: "", by: {}, at: "2026-11-24T03:00:00Z" } };
  assert.equal(model.verdictToShow(roomWith([closed("t", AT, { ending: ruled })]), Date.parse("2026-11-24T03:05:00Z"), putAway)?.id, "t");
  assert.equal(model.verdictToShow(room({ ...here.meeting, status: "closed" }, { polls: here.polls }), NOW + 360_000, nothing), null);
});

test("whoever put away that a vote ended sees its result once it is announced, however late that is", () => {
  const waits = closed("q", AT, { result: null });
  const putAway = { saw: () => false, gone: (/** @type {string} */ end) => end === model.endOf(waits) };
  assert.ok(model.isWithheld(waits));
  assert.equal(model.verdictToShow(roomWith([waits]), NOW, { ...putAway, gone: () => false })?.id, "q");
  assert.equal(model.verdictToShow(roomWith([waits]), NOW, putAway), null);
  const known = closed("q", AT, { ending: { ...waits.ending, announced_at: "2026-11-24T05:00:00Z" } });
  assert.equal(model.verdictToShow(roomWith([known]), Date.parse("2026-11-24T05:01:00Z"), putAway)?.id, "q");
  assert.equal(model.isWithheld(known), false);
  const after = closed("later", "2026-11-24T04:00:00Z", { result: null });
  assert.equal(model.verdictToShow(roomWith([known, after]), Date.parse("2026-11-24T05:01:00Z"), putAway)?.id, "q");
});

test("one's own part in a vote that is over", () => {
  const own = (/** @type {any} */ view, more = {}, of = closed("q", AT)) => model.ownPartIn(roomWith([of], more), of, view).kind;
  assert.equal(own(null, { my_ballots: [ballot()] }), "ballot");
  assert.equal(own(null), "not_sent");
  assert.equal(own({ state: "settling", wanted: "for" }), "asking");
  assert.equal(own({ state: "not_arrived", wanted: "for", standing: null, code: "poll_not_open", detail: "" }), "not_arrived");
  assert.equal(own(null, {}, closed("q", AT, { opened: { voters: [] } })), "late");
  assert.equal(own(null, { me: { user_id: "g", role: "guest", entitled_to_vote: false } }), "none");
  assert.equal(own(null, {}, closed("q", AT, { method: "hands" })), "none");
});

test("a receipt is short enough to be read aloud", () => {
  assert.equal(model.receiptCode(RECEIPT), "3F7A-91C2");
  assert.equal(model.receiptCode(null), "");
});

test("a reload finds what was chosen, put small and put away; votes do not mix", () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const memory = /** @type {any} */ ({ get: (/** @type {string} */ key) => kept.get(key) ?? null, set: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value) });
  const before = new CardMarks(memory, "m");
  before.choose("q", "for");
  before.change("r", true);
  before.putSmall("q", true);
  before.putAway("old");
  const after = new CardMarks(memory, "m");
  assert.deepEqual([after.of("q"), after.of("r")], [{ chosen: "for", changing: false }, { chosen: null, changing: true }]);
  assert.deepEqual([after.isSmall("q"), after.isSmall("r"), after.isGone("old"), after.isGone("q")], [true, null, true, false]);
  after.choose("q", null);
  after.change("r", false);
  assert.deepEqual(new CardMarks(memory, "m").of("q"), NOTHING);
  assert.deepEqual(new CardMarks(memory, "other").isGone("old"), false);
});
