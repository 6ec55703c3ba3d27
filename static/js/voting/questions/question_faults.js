/** Faults of the questions prepared before a meeting, each with a sentence for the to-do list. Pure. */
import { paperIn } from "./question_model.js";
import { paperFault } from "../model/start_rules.js";

/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {{key: string, params?: Record<string, string|number>, poll: Poll}} Faulty */

/**
 * @param {import("./question_model.js").Agenda} meeting @param {Poll[]} drafts
 * @returns {Faulty[]} at most one for each question
 */
export function questionFaults(meeting, drafts) {
  return drafts.flatMap((poll) => {
    const fault = paperFault(poll, paperIn(meeting, poll.document_id));
    const number = meeting.agenda.findIndex((item) => item.id === poll.agenda_item_id) + 1;
    if (fault?.fault === "paper_replaced") {
      return [{ key: number ? "prepare.todo.question_replaced" : "prepare.todo.question_replaced_meeting", params: { number, ...fault }, poll }];
    }
    return fault ? [{ key: number ? "prepare.todo.question_without_paper" : "prepare.todo.question_without_paper_meeting", params: { number }, poll }] : [];
  });
}
