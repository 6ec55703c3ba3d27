/** Questions edited in the room: a new one, a changed one, a repeated one. */
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { openStart } from "./chair_start.js";
import { orSay, randomKey } from "./chair_actions.js";
import { openQuestionForm } from "../questions/question_form.js";
import { bodyOf, draftAgain, draftFrom, newDraft } from "../questions/question_model.js";
import { pollById } from "../model/vote_state.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../questions/question_model.js").Draft} Draft */

/** @param {VotingContext} context @param {Poll|null} poll null: a new question @returns {import("../questions/question_form.js").Host} */
function hostOf(context, poll) {
  const { rules, verbs } = context.chairController;
  return {
    agenda: () => context.room.meeting,
    rules,
    online: () => context.online,
    save: (draft, key) => {
      const body = bodyOf(draft, usualOf(context, draft.rule_id));
      return poll ? verbs.change(poll, body) : verbs.prepare({ ...body, repeats: draft.repeats }, key);
    },
  };
}

/** @param {VotingContext} context @param {string|null} ruleId */
const usualOf = (context, ruleId) => (context.chairController.rules.named(ruleId) ?? context.chairController.rules.usual)?.options ?? [];

/** @param {VotingContext} context @param {Draft} draft @param {string} title @param {string} [notice] */
function openNew(context, draft, title, notice = "") {
  const saved = () => toast(t("question.saved"));
  /** @type {import("../questions/question_form.js").Verb[]} */
  const verbs = [{ label: t("question.save"), tone: "ink", then: saved }];
  if (context.room.meeting.status === "in_session") {
    verbs.push({ label: t("question.save_and_start"), tone: "room", then: (poll) => startWhenKnown(context, poll.id) });
  }
  return context.keepDrawn(openQuestionForm(hostOf(context, null), draft, { title, verbs, notice }));
}

/** @param {VotingContext} context */
export function openQuestionNew(context) {
  return openNew(context, newDraft(context.room.meeting.current_item_id), t("question.new"));
}

/** @param {VotingContext} context @param {string} pollId */
export async function openQuestionAgain(context, pollId) {
  const poll = pollById(context.room, pollId);
  if (!poll || !(await rulesKnown(context))) return;
  openNew(context, draftAgain(poll, usualOf(context, poll.rule_id)), t("question.again"), t("question.again_of", { title: poll.title }));
}

/** @param {VotingContext} context @param {string} pollId */
export async function openQuestionEdit(context, pollId) {
  const poll = pollById(context.room, pollId);
  if (!poll || !(await rulesKnown(context))) return;
  context.keepDrawn(openQuestionForm(hostOf(context, poll), draftFrom(poll, usualOf(context, poll.rule_id)), {
    title: t("question.change"), verbs: [{ label: t("question.save"), tone: "ink", then: () => toast(t("question.saved")) }],
  }));
}

/** @param {VotingContext} context Waits for the rules, which define the usual options. */
async function rulesKnown(context) {
  try {
    await context.chairController.rules.load();
    return true;
  } catch (error) {
    return orSay({ done: false, problem: /** @type {any} */ (error) });
  }
}

/** @param {VotingContext} context @param {string} pollId The answer may arrive before the event with the question. */
function startWhenKnown(context, pollId) {
  if (pollById(context.room, pollId)) return openStart(context, pollId);
  const look = () => {
    if (!pollById(context.room, pollId)) return;
    context.afterDraw.delete(look);
    openStart(context, pollId);
  };
  context.afterDraw.add(look);
  return undefined;
}

/** @param {VotingContext} context @param {Poll} poll Removes a question at once, and offers to undo it. */
export async function removeQuestion(context, poll) {
  if (!orSay(await context.chairController.verbs.remove(poll))) return;
  const back = { ...bodyOf({ ...draftFrom(poll, []), own: true }, []), repeats: poll.repeats };
  toast(t("question.removed"), { action: { label: t("ui.undo"), run: () => void context.chairController.verbs.prepare(back, randomKey()).then(orSay) } });
}
