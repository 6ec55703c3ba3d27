/** Puts a question to the vote: the choice of the question, then a confirmation with question, rule, document and quorum. */
import { html, nothing } from "lit-html";
import { openDialog, openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { keepNamesUnbroken } from "../../lib/ui/nonbreaking.js";
import { t } from "../../lib/words.js";
import { orSay, randomKey } from "./chair_actions.js";
import { waits } from "./waits.js";
import { reasonField } from "../../lib/ui/reason_field.js";
import { inTheWay, quorumFor, startFault } from "../model/start_rules.js";
import { pollById } from "../model/vote_state.js";
import { kindLine, paperLine, said, voters } from "../model/vote_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */
/** @typedef {{reason: string, asked: boolean, wrong: string}} Draft what was typed, whether the server asked for a reason, its refusal */

/** @param {VotingContext} context @param {Poll[]} polls if several, the chair chooses from them in order */
export function startVote(context, polls) {
  if (polls.length === 1 && polls[0]) return openStart(context, polls[0].id);
  return context.keepDrawn(openSheet({
    title: t("chair.which_question"),
    body: ({ close }) => html`<ol class="question-choice">${polls.map((one) => pollById(context.room, one.id)).filter((one) => one?.status === "draft").map((one, at) => one && html`<li>
      <button type="button" class="row" @click=${() => { close(); openStart(context, one.id); }}><b class="num">${at + 1}</b>
        <span class="grow"><span class="question-text">${one.question}</span><small class="quiet">${kindLine(context.room, one)} · ${said(one.rule.title)}</small></span>
        ${icon("chevron-right", "small")}</button></li>`)}</ol>`,
  }));
}

/** @param {VotingContext} context @param {string} pollId */
export function openStart(context, pollId) {
  const key = randomKey();
  /** @type {Draft} */
  const draft = { reason: "", asked: false, wrong: "" };
  const opened = openDialog({
    title: t("chair.start_question"),
    broad: true,
    body: (dialog) => {
      const poll = pollById(context.room, pollId);
      if (!poll || poll.status !== "draft") {
        // The vote was started, changed or removed on another device: the room shows the current state.
        queueMicrotask(() => dialog.close());
        return nothing;
      }
      return startView(context, poll, draft, dialog, () => void start(context, poll, draft, key, dialog));
    },
  });
  void context.chairController.rules.load().catch(() => {
    // Without the list, the meeting's own quorum is shown; the server decides.
  });
  return context.keepDrawn(opened);
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {string} key @param {Opened} dialog */
async function start(context, poll, draft, key, dialog) {
  const below = isBelow(context, poll, draft);
  if (below && !draft.reason.trim()) {
    draft.wrong = t("chair.reason_needed");
    dialog.redraw();
    /** @type {HTMLElement|null} */ (dialog.element.querySelector("#override"))?.focus();
    return;
  }
  const outcome = await context.chairController.verbs.start(poll, below ? draft.reason.trim() : null, key);
  if (outcome.done) return dialog.close(true);
  draft.asked ||= outcome.problem?.code === "no_quorum";
  draft.wrong = outcome.problem?.message ?? "";
  return dialog.redraw();
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft */
const isBelow = (context, poll, draft) => draft.asked || !quorumFor(context.room, context.chairController.rules.named(poll.rule_id)?.quorum).met;

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {Opened} dialog @param {() => void} begin */
function startView(context, poll, draft, dialog, begin) {
  const below = isBelow(context, poll, draft);
  const chair = context.room.me.role === "chair";
  const fault = startFault(context.room, poll);
  const other = inTheWay(context.room, poll);
  const stuck = fault !== null || other !== null || (below && !chair);
  return html`<div class="said start-vote" tabindex="-1" data-first>
      <p class="quiet">${kindLine(context.room, poll)}</p>
      <p class="question-text large">${keepNamesUnbroken(poll.question)}</p>
      <ul class="option-list">${poll.options.map((one) => html`<li>${one.label}</li>`)}</ul>
      <dl class="start-facts">
        <dt>${t("chair.rule_name")}</dt><dd>${said(poll.rule.formula)}.
          <small class="quiet">${said(poll.rule.citation)}</small></dd>
        ${poll.document_id ? html`<dt>${t("chair.paper_name")}</dt><dd>${paperLine(context.room, poll) || t("question.paper_gone")}${paperHelp(context, poll, fault)}</dd>` : nothing}
        <dt>${t("chair.quorum_name")}</dt><dd>${quorumView(context, poll)}</dd>
        ${more(poll)}
      </dl>
      ${below ? belowQuorum(chair, draft, dialog) : nothing}
      ${other ? html`<p class="notice">${icon("circle-alert")}<span>${t("error.another_poll_open", { title: other.title })}</span></p>` : nothing}
      ${draft.wrong && !(below && chair) ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${draft.wrong}</span></p>` : nothing}
      ${context.online ? nothing : html`<p class="notice" role="status">${icon("wifi-off")}<span>${t("chair.offline")}</span></p>`}
    </div>
    <div class="btn-row">
      <button type="button" class="btn plain" @click=${() => dialog.close()}>${t("ui.back")}</button>
      <button type="button" class="btn room ${context.chairController.busy ? "busy" : ""}" ?disabled=${stuck || waits(context)} @click=${begin}><span>${t(below && chair ? "chair.start_anyway" : "chair.start")}</span></button>
    </div>`;
}

/** @param {Poll} poll */
function more(poll) {
  const facts = [
    poll.allow_change ? t("chair.change_allowed") : "",
    poll.timer_seconds ? t("chair.timer_set", { minutes: Math.round(poll.timer_seconds / 60) }) : "",
  ].filter(Boolean);
  return facts.length ? html`<dt>${t("chair.also")}</dt><dd>${facts.join(" · ")}</dd>` : nothing;
}

/** @param {VotingContext} context @param {Poll} poll */
function quorumView(context, poll) {
  const { entitled, ...quorum } = quorumFor(context.room, context.chairController.rules.named(poll.rule_id)?.quorum);
  const facts = { ...quorum, met: "", entitled, voters: voters(context.room) };
  if (!entitled) return html`<span class="quorum missing">${t("roll.quorum_of_nobody", facts)}</span>`;
  return html`<span class="quorum num ${quorum.met ? "met" : "missing"}">${t(quorum.met ? "roll.quorum_met" : "roll.quorum_missing", facts)}</span>`;
}

/** @param {boolean} chair @param {Draft} draft @param {Opened} dialog Only a chair may start without a quorum. */
function belowQuorum(chair, draft, dialog) {
  if (!chair) return html`<p class="notice">${icon("circle-alert")}<span>${t("chair.ask_the_chair")}</span></p>`;
  return html`<div class="notice below-quorum">${icon("circle-alert")}<div class="grow"><p>${t("chair.below_quorum")}</p>${reasonField({
    id: "override", label: t("chair.override_reason"), value: draft.reason, wrong: draft.wrong,
    put: (text) => {
      draft.reason = text;
      draft.wrong = "";
      dialog.redraw();
    },
  })}</div></div>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {import("../model/start_rules.js").PaperFault|null} fault Offers one button that corrects the fault. */
function paperHelp(context, poll, fault) {
  if (!fault) return nothing;
  if (fault.fault === "paper_replaced") {
    return html`<span class="paper-fault">${icon("circle-alert", "small")}${t("question.paper_replaced", fault)}
      <button type="button" class="btn plain" ?disabled=${waits(context)} @click=${async () => orSay(await context.chairController.verbs.change(poll, { document_id: poll.document_id, version: fault.current }))}>${t("question.use_version", { version: fault.current })}</button></span>`;
  }
  if (fault.fault === "paper_unpublished") {
    return html`<span class="paper-fault">${icon("circle-alert", "small")}${t("question.paper_unpublished")}
      <button type="button" class="btn plain" ?disabled=${waits(context)} @click=${async () => orSay(await context.chairController.verbs.publish(poll.document_id ?? ""))}>${t("chair.publish_paper")}</button></span>`;
  }
  return html`<span class="paper-fault">${icon("circle-alert", "small")}${t("question.paper_gone")}
    <button type="button" class="btn plain" ?disabled=${waits(context)} @click=${async () => orSay(await context.chairController.verbs.change(poll, { document_id: null, version: null }))}>${t("question.without_paper")}</button></span>`;
}
