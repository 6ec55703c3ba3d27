/** The questions of an agenda item in preparation, and those of the meeting itself. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { t } from "../../lib/words.js";
import { moveByKey, startDrag } from "./reorder.js";
import { current } from "./store.js";
import { addQuestion, changeQuestion, moveQuestion, orderQuestions, questions, removeQuestion, useVersion } from "./question_prepare.js";
import { paperIn } from "../../voting/questions/question_model.js";
import { paperFault } from "../../voting/model/start_rules.js";
import { stageOf } from "../../voting/model/vote_state.js";
import { said } from "../../voting/model/vote_words.js";

/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/** @param {string|null} itemId null: of the meeting itself @param {string} addLabel accessible name of the button */
export function questionRows(itemId, addLabel) {
  const polls = questions.of(itemId);
  const drafts = polls.filter((poll) => poll.status === "draft");
  const add = html`<button type="button" class="text-btn add-question" aria-label=${addLabel} @click=${() => addQuestion(itemId)}>${icon("plus", "small")}${t("question.new")}</button>`;
  if (!polls.length) return html`<div class="questions bare">${add}</div>`;
  return html`<div class="questions"><h3 class="questions-head">${t("question.heading")}</h3>
    <ol class="question-rows">${repeat(polls, (poll) => poll.id, (poll) => questionRow(poll, drafts.indexOf(poll), drafts.length))}</ol>
    ${add}</div>`;
}

/** @param {Poll} poll @param {number} index among the questions not opened yet; -1: opened @param {number} length */
function questionRow(poll, index, length) {
  const draft = index >= 0;
  const fault = draft ? paperFault(poll, paperIn(current(), poll.document_id)) : null;
  const move = (/** @type {number} */ steps) => void moveQuestion(poll, steps);
  return html`<li class="question-row ${fault ? "amber" : ""}" id="question-${poll.id}" data-id=${draft ? poll.id : nothing} tabindex="-1"
      @keydown=${(/** @type {KeyboardEvent} */ event) => draft && moveByKey(event, move)}>
    ${draft ? html`<button type="button" class="grip" aria-label=${t("question.grip", { question: poll.title })} @pointerdown=${(/** @type {PointerEvent} */ event) => startDrag(event, (ids) => void orderQuestions(ids))}
      @keydown=${(/** @type {KeyboardEvent} */ event) => gripKey(event, move)}>${icon("vote")}</button>` : html`<span class="grip still">${icon("vote")}</span>`}
    <button type="button" class="question-open" ?disabled=${!draft} aria-haspopup="dialog" @click=${() => void changeQuestion(poll)}>
      <span class="question-text">${poll.title}</span><small>${factsOf(poll)}</small></button>
    ${draft ? html`<button type="button" class="btn icon-only more" aria-haspopup="menu" aria-expanded="false" aria-label=${t("question.menu", { title: poll.title })}
      @click=${(/** @type {Event} */ event) => openRowMenu(/** @type {HTMLElement} */ (event.currentTarget), poll, index, length)}>${icon("ellipsis")}</button>`
      : html`<span class="mark">${t(`chair.stage_${stageOf(poll) === "open" ? "now" : stageOf(poll)}`)}</span>`}
    ${fault ? faultView(poll, fault) : nothing}
  </li>`;
}

/** @param {Poll} poll @returns {string} */
function factsOf(poll) {
  const paper = paperIn(current(), poll.document_id);
  return [
    t(`question.method_${poll.method}`),
    said(poll.rule.title),
    paper ? t("chair.by_paper", { title: paper.title, version: poll.version ?? 1 }) : "",
  ].filter(Boolean).join(" · ");
}

/** A fault with a button that corrects it. @param {Poll} poll @param {import("../../voting/model/start_rules.js").PaperFault} fault */
function faultView(poll, fault) {
  if (fault.fault !== "paper_replaced") return html`<p class="question-fault">${icon("circle-alert", "small")}<span class="grow">${t("question.paper_gone")}</span></p>`;
  return html`<p class="question-fault">${icon("circle-alert", "small")}<span class="grow">${t("question.paper_replaced", fault)}</span>
    <button type="button" class="btn plain" @click=${() => void useVersion(poll, fault.current)}>${t("question.use_version", { version: fault.current })}</button></p>`;
}

/** @param {KeyboardEvent} event @param {(steps: number) => void} move */
function gripKey(event, move) {
  if (event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  event.stopPropagation();
  move(event.key === "ArrowUp" ? -1 : 1);
}

/** @param {HTMLElement} button @param {Poll} poll @param {number} index @param {number} length */
function openRowMenu(button, poll, index, length) {
  openMenu(button, [
    { label: t("question.change"), icon: "pencil", run: () => void changeQuestion(poll) },
    null,
    { label: t("prepare.move_up"), icon: "arrow-up", key: "Alt+↑", disabled: index === 0, run: () => void moveQuestion(poll, -1) },
    { label: t("prepare.move_down"), icon: "arrow-down", key: "Alt+↓", disabled: index === length - 1, run: () => void moveQuestion(poll, 1) },
    null,
    { label: t("question.remove"), icon: "trash-2", danger: true, run: () => void removeQuestion(poll) },
  ]);
}
