/**
 * The checklist before the documents are published. Pure, so that it can be tested. A line is done or needs
 * attention.
 *
 * @typedef {import("../../lib/schemas.js").MeetingView} Meeting
 * @typedef {import("../../lib/schemas.js").PollView} Poll
 * @typedef {{key: string, n?: number, params?: Record<string, string | number>, done: boolean, place: string}} Line
 *   `key`: key of the text, `n`: its count; `place`: target of the link: "people", "times", "add-item",
 *   "sending", "refused", or the id of an element
 * @typedef {{sending: number, refused: number}} OnTheWay files that are not yet documents
 */

import { questionFaults } from "../../voting/questions/question_faults.js";
import { hasFailed, isProcessing, minutesOf, papersOf, peopleOf, slotOf } from "./shapes.js";

/** @param {Meeting} meeting @returns {Line} */
function agendaLine(meeting) {
  const n = meeting.agenda.length;
  if (!n) return { key: "prepare.todo.no_items", done: false, place: "add-item" };
  const minutes = minutesOf(meeting);
  const slot = slotOf(meeting);
  if (slot !== null && minutes > slot) {
    return { key: "prepare.todo.too_long", n, params: { minutes, over: minutes - slot }, done: false, place: `item-${meeting.agenda[0]?.id}` };
  }
  const untimed = meeting.agenda.find((item) => !item.minutes);
  return {
    key: "prepare.todo.items", n, params: { minutes }, done: true,
    place: `item-${(untimed ?? meeting.agenda[0])?.id}`,
  };
}

/** @param {Meeting} meeting @returns {Line[]} */
function peopleLines(meeting) {
  const { chairs, secretaries, voters } = peopleOf(meeting);
  const place = "people";
  if (chairs && secretaries && voters) return [{ key: "prepare.todo.people", n: voters, done: true, place }];
  const missing = [
    chairs ? null : "prepare.todo.no_chair",
    secretaries ? null : "prepare.todo.no_secretary",
    voters ? null : "prepare.todo.no_voters",
  ];
  return missing.filter((key) => key !== null).map((key) => ({ key, done: false, place }));
}

/** @param {Meeting} meeting @param {OnTheWay} uploads @returns {Line[]} */
function paperLines(meeting, { sending, refused }) {
  const papers = papersOf(meeting);
  /** @type {Line[]} */
  const lines = [];
  const processing = papers.filter(isProcessing);
  const failed = papers.filter(hasFailed);
  const ready = papers.length - processing.length - failed.length;
  if (ready) lines.push({ key: "prepare.todo.ready", n: ready, done: true, place: `paper-${papers[0]?.id}` });
  if (sending) lines.push({ key: "prepare.todo.sending", n: sending, done: false, place: "sending" });
  if (refused) lines.push({ key: "prepare.todo.refused", n: refused, done: false, place: "refused" });
  if (processing.length) lines.push({ key: "prepare.todo.processing", n: processing.length, done: false, place: `paper-${processing[0]?.id}` });
  if (failed.length) lines.push({ key: "prepare.todo.failed", n: failed.length, done: false, place: `paper-${failed[0]?.id}` });
  return lines;
}

/** @param {Meeting} meeting @returns {Line[]} */
function containerLines(meeting) {
  /** @type {Line[]} */
  const lines = [];
  const bare = meeting.agenda.map((item, index) => ({ item, number: index + 1 })).filter(({ item }) => !item.documents.length);
  const first = bare[0];
  if (first) {
    const numbers = bare.map(({ number }) => number).join(", ");
    lines.push({ key: "prepare.todo.bare_items", n: bare.length, params: { numbers }, done: false, place: `item-${first.item.id}` });
  }
  if (!meeting.documents.length) lines.push({ key: "prepare.todo.no_invitation", done: false, place: "meeting-papers" });
  return lines;
}

/** @param {Meeting} meeting @returns {Line[]} */
function guestLines(meeting) {
  const papers = papersOf(meeting);
  const shut = papers.length > 0 && !papers.some((paper) => paper.open_to_guests);
  if (!peopleOf(meeting).guests || !shut) return [];
  return [{ key: "prepare.todo.guests_shut", done: false, place: `paper-${papers[0]?.id}` }];
}

/** @param {Meeting} meeting @param {Poll[]} polls @returns {Line[]} */
function questionLines(meeting, polls) {
  const drafts = polls.filter((poll) => poll.status === "draft");
  const faulty = questionFaults(meeting, drafts);
  /** @type {Line[]} */
  const lines = faulty.map(({ key, params, poll }) => ({ key, params, done: false, place: `question-${poll.id}` }));
  const good = drafts.length - faulty.length;
  if (good) lines.unshift({ key: "prepare.todo.questions", n: good, done: true, place: `question-${drafts.find((poll) => faulty.every((one) => one.poll !== poll))?.id}` });
  return lines;
}

/**
 * @param {Meeting} meeting
 * @param {OnTheWay} uploads
 * @param {Poll[]} [polls] questions for the vote
 * @returns {Line[]} done lines first
 */
export function todoLines(meeting, uploads, polls = []) {
  const lines = [
    agendaLine(meeting),
    ...peopleLines(meeting),
    ...(meeting.place ? [] : [{ key: "prepare.todo.no_place", done: false, place: "times" }]),
    ...paperLines(meeting, uploads),
    ...containerLines(meeting),
    ...guestLines(meeting),
    ...questionLines(meeting, polls),
  ];
  return [...lines.filter((line) => line.done), ...lines.filter((line) => !line.done)];
}
