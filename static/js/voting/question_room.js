/** Questions written in the room: one that comes up, one that is changed, one that is put once more. */
import { toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { openStart } from "./chair_start.js";
import { orSay, randomKey } from "./chair_verbs.js";
import { live } from "../lib/live_dialog.js";
import { openQuestionForm } from "./question_form.js";
import { bodyOf, draftAgain, draftFrom, newDraft } from "./question_model.js";
import { pollById } from "./vote_state.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("../lib/schemas.js").PollView} Poll */
/** @typedef {import("./question_model.js").Draft} Draft */

/** @param {RoomApp} app @param {Poll|null} poll null: a new question @returns {import("./question_form.js").Host} */
function hostOf(app, poll) {
  const { rules, verbs } = app.chairing;
  return {
    agenda: () => app.room.meeting,
    rules,
    online: () => app.online,
    save: (draft, key) => {
      const body = bodyOf(draft, usualOf(app, draft.rule_id));
      return poll ? verbs.change(poll, body) : verbs.prepare({ ...body, repeats: draft.repeats }, key);
    },
  };
}

/** @param {RoomApp} app @param {string|null} ruleId */
const usualOf = (app, ruleId) => (app.chairing.rules.named(ruleId) ?? app.chairing.rules.usual)?.options ?? [];

/** @param {RoomApp} app @param {Draft} draft @param {string} title @param {string} [notice] */
function openNew(app, draft, title, notice = "") {
  const saved = () => toast(t("question.saved"));
  /** @type {import("./question_form.js").Verb[]} */
  const verbs = [{ label: t("question.save"), tone: "ink", then: saved }];
  if (app.room.meeting.status === "in_session") {
    verbs.push({ label: t("question.save_and_start"), tone: "room", then: (poll) => startWhenKnown(app, poll.id) });
  }
  return live(app, openQuestionForm(hostOf(app, null), draft, { title, verbs, notice }));
}

/** @param {RoomApp} app */
export function openQuestionNew(app) {
  return openNew(app, newDraft(app.room.meeting.current_item_id), t("question.new"));
}

/** @param {RoomApp} app @param {string} pollId */
export async function openQuestionAgain(app, pollId) {
  const poll = pollById(app.room, pollId);
  if (!poll || !(await rulesKnown(app))) return;
  openNew(app, draftAgain(poll, usualOf(app, poll.rule_id)), t("question.again"), t("question.again_of", { title: poll.title }));
}

/** @param {RoomApp} app @param {string} pollId */
export async function openQuestionEdit(app, pollId) {
  const poll = pollById(app.room, pollId);
  if (!poll || !(await rulesKnown(app))) return;
  live(app, openQuestionForm(hostOf(app, poll), draftFrom(poll, usualOf(app, poll.rule_id)), {
    title: t("question.change"), verbs: [{ label: t("question.save"), tone: "ink", then: () => toast(t("question.saved")) }],
  }));
}

/** @param {RoomApp} app Which options are the usual ones is known by the rules. */
async function rulesKnown(app) {
  try {
    await app.chairing.rules.load();
    return true;
  } catch (error) {
    return orSay({ done: false, problem: /** @type {any} */ (error) });
  }
}

/** @param {RoomApp} app @param {string} pollId The answer may overtake the event that brings the question. */
function startWhenKnown(app, pollId) {
  if (pollById(app.room, pollId)) return openStart(app, pollId);
  const look = () => {
    if (!pollById(app.room, pollId)) return;
    app.alsoDrawn.delete(look);
    openStart(app, pollId);
  };
  app.alsoDrawn.add(look);
  return undefined;
}

/** @param {RoomApp} app @param {Poll} poll Taken away at once, with the way back. */
export async function removeQuestion(app, poll) {
  if (!orSay(await app.chairing.verbs.remove(poll))) return;
  const back = { ...bodyOf({ ...draftFrom(poll, []), own: true }, []), repeats: poll.repeats };
  toast(t("question.removed"), { action: { label: t("ui.undo"), run: () => void app.chairing.verbs.prepare(back, randomKey()).then(orSay) } });
}
