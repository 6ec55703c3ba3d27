/** Texts of the vote card: kind of vote, question, and the state of this person's ballot. */
import { clock, countdown } from "../../lib/format.js";
import { lang, t } from "../../lib/words.js";
import { itemNumber, labelOf, progressOf, secondsLeft } from "./card_model.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/schemas.js").Words} Words */
/** @typedef {import("./card_model.js").Card} Card */

/** @param {Words} words @returns {string} in the language of the page */
export const said = (words) => (lang === "en" ? words.en : words.vi);

/** @param {Room} room @param {Poll} poll "Biểu quyết công khai · mục 3" */
export function kindLine(room, poll) {
  const number = itemNumber(room, poll);
  const kind = t(`vote.kind_${poll.method}`);
  return number === null ? kind : `${kind} · ${t("vote.item", { number })}`;
}

/** @param {Poll} poll @param {number} nowMs server time @returns {string} "" without a timer */
export function timeLine(poll, nowMs) {
  const left = secondsLeft(poll, nowMs);
  if (left === null) return "";
  return left ? t("vote.time_left", { time: countdown(left) }) : t("vote.time_over");
}

/** @param {string} line a sentence, lowercased at its start to be part of another */
const lowered = (line) => line.charAt(0).toLocaleLowerCase(lang) + line.slice(1);

/** @param {Poll} poll @param {import("./card_model.js").PaperLine|null} paper "Theo dự thảo bản 2 · được thông qua khi …" */
export function ruleLine(poll, paper) {
  const line = poll.rule.line ? said(poll.rule.line) : "";
  if (!paper) return line;
  const by = t(paper.draft ? "vote.by_draft" : "vote.by_paper_version", { version: paper.version });
  return line ? `${by} · ${lowered(line)}` : by;
}

/**
 * @param {Room} room @param {import("./card_model.js").OpenPoll} poll
 * @returns {{text:string, known:boolean}} without known figures: a hidden text of about their length, which
 *   reserves the space
 */
export function progressLine(room, poll) {
  const progress = progressOf(room, poll);
  const { present, n } = poll.opened;
  const numbers = progress ?? { voted: 0, waiting: present, absent: n - present };
  const text = t("vote.progress", { ...numbers, voters: said(room.meeting.quorum_rule.voters) });
  return { text, known: progress !== null };
}

/** @param {Poll} poll @param {import("./card_model.js").CountedBallot} ballot */
export function recordedLine(poll, { choice, channel, at }) {
  const label = labelOf(poll, choice);
  const enteredByHand = channel === "recorded";
  // The answer to this person's request has no time; the event that follows has one.
  if (!at) return t(enteredByHand ? "vote.recorded_for" : "vote.recorded", { choice: label });
  return t(enteredByHand ? "vote.recorded_for_at" : "vote.recorded_at", { choice: label, time: clock(at) });
}

/** @param {Card} card @returns {string} the state of this person's vote, in one sentence */
export function stateLine(card) {
  const { poll, stage, ballot } = card;
  const choice = labelOf(poll, card.choice);
  if (stage === "recorded" && ballot) return recordedLine(poll, ballot);
  if (stage === "chosen") return t("vote.chosen_unsent", { choice });
  if (stage === "sending" || stage === "sending_again" || stage === "settling") return t(`vote.${stage}`, { choice });
  if (stage === "by_hand") return t(`vote.by_${poll.method}`);
  if (stage === "late") return t("vote.late");
  if (stage !== "choosing") return "";
  return ballot ? t("vote.standing_yet", { choice: labelOf(poll, ballot.choice) }) : t("vote.not_sent");
}

/** @param {Card} card @returns {string} the notice for a voter before sending */
export function hintLine({ poll }) {
  const abstain = poll.options.find((one) => one.key === "abstain");
  const parts = [abstain ? t("vote.hint_abstain", { choice: abstain.label }) : t("vote.hint_choose")];
  parts.push(t("vote.hint_unsent"), t(poll.allow_change ? "vote.hint_change" : "vote.hint_final"));
  return parts.join(" ");
}

/** @param {Card} card @returns {string} "" without a note */
export function noteLine({ poll, note }) {
  if (!note) return "";
  const choice = labelOf(poll, note.wanted);
  return note.kind === "other_stands" ? t("vote.other_stands", { choice }) : t("vote.refused", { choice, detail: note.detail });
}
