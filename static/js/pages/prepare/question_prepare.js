/** Actions on the questions of a meeting in preparation: add, change, reorder, remove with undo. */
import { api, randomKey } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { say } from "../../lib/ui/status_message.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { current, touch } from "./store.js";
import { openQuestionForm } from "../../voting/questions/question_form.js";
import { bodyOf, draftFrom, newDraft, wholeOrder } from "../../voting/questions/question_model.js";
import { QuestionStore } from "../../voting/questions/question_store.js";
import { RuleList } from "../../voting/model/rule_list.js";

/** @typedef {import("../../lib/schemas.js").PollView} Poll */

export const questions = new QuestionStore(boot.meeting.id, touch);
const rules = new RuleList(boot.meeting.id, touch);

export function startQuestions() {
  questions.start();
}

/** @param {Poll|null} poll null: a new one @returns {import("../../voting/questions/question_form.js").Host} */
function hostOf(poll) {
  return {
    agenda: current,
    rules,
    online: () => true, // This page has no connection state; a failed request shows an error.
    save: (draft, key) => {
      const body = bodyOf(draft, usualOf(draft.rule_id));
      return poll
        ? questions.ask(null, () => api.patch(`/polls/${poll.id}`, body, { key }))
        : questions.ask(null, () => api.post(questions.path, { ...body, repeats: draft.repeats }, { key }));
    },
  };
}

/** @param {string|null} ruleId */
const usualOf = (ruleId) => (rules.named(ruleId) ?? rules.usual)?.options ?? [];

/** @param {string|null} itemId */
export function addQuestion(itemId) {
  openQuestionForm(hostOf(null), newDraft(itemId), {
    title: t("question.new"), verbs: [{ label: t("question.save"), tone: "ink", then: (poll) => focusQuestion(poll.id) }],
  });
}

/** @param {Poll} poll */
export async function changeQuestion(poll) {
  try {
    await rules.load();
  } catch (error) {
    return sayProblem(error);
  }
  openQuestionForm(hostOf(poll), draftFrom(poll, usualOf(poll.rule_id)), {
    title: t("question.change"), verbs: [{ label: t("question.save"), tone: "ink", then: () => focusQuestion(poll.id) }],
  });
  return undefined;
}

/** @param {string} id */
function focusQuestion(id) {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`question-${id}`)?.focus()));
}

/** Sets the document version of a question to the current one. @param {Poll} poll @param {number} version */
export async function useVersion(poll, version) {
  const outcome = await questions.ask(null, () => api.patch(`/polls/${poll.id}`, { document_id: poll.document_id, version }));
  if (outcome.problem) sayProblem(outcome.problem);
}

/** Removes a question immediately; "Hoàn tác" creates the same question again at its position. @param {Poll} poll */
export async function removeQuestion(poll) {
  const order = questions.drafts.map((one) => one.id);
  const gone = await questions.ask((polls) => polls.filter((one) => one.id !== poll.id), () => api.del(`/polls/${poll.id}`));
  if (gone.problem && gone.problem.status !== 404) return sayProblem(gone.problem);
  toast(t("question.removed"), { action: { label: t("ui.undo"), run: () => void restoreQuestion(poll, order) } });
  return undefined;
}

/** @param {Poll} poll @param {string[]} order ids of all questions, including the removed one */
async function restoreQuestion(poll, order) {
  const body = { ...bodyOf({ ...draftFrom(poll, []), own: true }, []), repeats: poll.repeats };
  const made = await questions.ask(null, () => api.post(questions.path, body, { key: randomKey() }));
  if (made.problem) return sayProblem(made.problem);
  const here = new Set(questions.drafts.map((one) => one.id));
  const back = order.map((id) => (id === poll.id ? made.answer.id : id)).filter((id) => here.has(id));
  await questions.reorder([...back, ...[...here].filter((id) => !back.includes(id))]);
  focusQuestion(made.answer.id);
  return undefined;
}

/** @param {string[]} ids questions of one item, in the new order */
export function orderQuestions(ids) {
  return questions.reorder(wholeOrder(questions.drafts, ids));
}

/** @param {Poll} poll @param {number} steps */
export async function moveQuestion(poll, steps) {
  const ids = questions.of(poll.agenda_item_id).filter((one) => one.status === "draft").map((one) => one.id);
  const from = ids.indexOf(poll.id);
  const to = Math.min(ids.length - 1, Math.max(0, from + steps));
  if (from === to) return;
  ids.splice(to, 0, ...ids.splice(from, 1));
  say(t("question.moved", { from: from + 1, to: to + 1 }));
  await orderQuestions(ids);
}
