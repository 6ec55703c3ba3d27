/** The verdict with its arithmetic, the text to read aloud, the chair's ruling on a tie, and the announcement. */
import { html, nothing } from "lit-html";
import { openDialog } from "../../lib/ui/dialog.js";
import { clock } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { toast } from "../../lib/ui/toast.js";
import { keepNamesUnbroken } from "../../lib/ui/nonbreaking.js";
import { t } from "../../lib/words.js";
import { openCancel } from "./chair_cancel.js";
import { randomKey } from "./chair_actions.js";
import { waits } from "./waits.js";
import { openQuestionAgain } from "./question_room.js";
import { reasonField } from "../../lib/ui/reason_field.js";
import { pollById, stageOf } from "../model/vote_state.js";
import { resultAddress } from "../ballot/verdict_card.js";
import { capital, kindLine, paperLine, resultWords } from "../model/vote_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */
/** @typedef {{side: string, reason: string, wrong: string}} Draft */

/** @param {VotingContext} context @param {string} pollId */
export function openVerdict(context, pollId) {
  // Both the closing event and the answer to the request open the dialog.
  if (context.chairController.showing === pollId) return null;
  context.chairController.showing = pollId;
  const keys = { announce: randomKey(), rule: randomKey() };
  /** @type {Draft} */
  const draft = { side: "", reason: "", wrong: "" };
  const opened = openDialog({
    title: t("chair.result"),
    broad: true,
    body: (dialog) => {
      const poll = pollById(context.room, pollId);
      if (!poll || (!poll.result && poll.status !== "cancelled")) return html`<p class="said" role="status">${t("chair.result_coming")}</p>`;
      return verdictView(context, poll, draft, keys, dialog);
    },
  });
  opened.element.classList.add("verdict-dialog");
  void opened.closed.then(() => {
    context.chairController.showing = null;
    const poll = pollById(context.room, pollId);
    if (poll) context.voting.hasRead(poll);
  });
  return context.keepDrawn(opened);
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {{announce: string, rule: string}} keys @param {Opened} dialog */
function verdictView(context, poll, draft, keys, dialog) {
  const stage = stageOf(poll);
  return html`<div class="said verdict-said" tabindex="-1" data-first>
      <p class="quiet">${[kindLine(context.room, poll), paperLine(context.room, poll)].filter(Boolean).join(" · ")}</p>
      <p class="vote-title">${keepNamesUnbroken(poll.title)}</p>
      ${stage === "cancelled" ? cancelled(poll) : nothing}
      ${wordsView(poll, stage)}
      ${stage === "tied" ? ruling(context, draft, dialog, poll) : nothing}
      ${poll.ending.ruling ? html`<p class="quiet">${t("chair.ruled", { name: keepNamesUnbroken(poll.ending.ruling.by.name), reason: poll.ending.ruling.reason })}</p>` : nothing}
      ${draft.wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${draft.wrong}</span></p>` : nothing}
      ${context.online ? nothing : html`<p class="notice" role="status">${icon("wifi-off")}<span>${t("chair.offline")}</span></p>`}
    </div>
    <div class="btn-row verdict-row">
      <button type="button" class="btn icon-only verdict-more" aria-haspopup="menu" aria-expanded="false" aria-label=${t("chair.more_of_vote")}
        @click=${(/** @type {Event} */ event) => openVerdictMenu(/** @type {HTMLElement} */ (event.currentTarget), context, poll, dialog)}>${icon("ellipsis")}</button>
      ${poll.ending.announced_at ? html`<span class="announced grow">${icon("check", "small")}${t("chair.announced_at", { time: clock(poll.ending.announced_at) })}</span>` : nothing}
      <button type="button" class="btn plain tall" @click=${() => dialog.close()}>${t("ui.close")}</button>
      ${steps(context, poll, stage, draft, keys, dialog)}
    </div>`;
}

/** @param {Poll} poll @param {string} stage A vote cancelled while open has no result text. */
function wordsView(poll, stage) {
  const words = resultWords(poll);
  if (!words) return nothing;
  return html`<p class="verdict-words ${poll.result?.verdict} ${stage}">${words.heading}</p>
    <p class="arithmetic num">${capital(words.arithmetic)}.</p>
    ${stage === "cancelled" ? nothing : html`<figure class="read-aloud"><figcaption>${t("chair.read_aloud")}</figcaption><blockquote>${keepNamesUnbroken(words.announcement)}</blockquote></figure>`}
    <p class="quiet num breakdown">${capital(words.breakdown)}.</p>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {string} stage @param {Draft} draft @param {{announce: string, rule: string}} keys @param {Opened} dialog */
function steps(context, poll, stage, draft, keys, dialog) {
  const busy = context.chairController.busy ? "busy" : "";
  if (stage === "closed") {
    return html`<button type="button" class="btn room tall ${busy}" ?disabled=${waits(context)} @click=${() => void announce(context, poll, draft, keys.announce, dialog)}><span>${t("chair.announce")}</span></button>`;
  }
  if (stage === "tied" && context.room.me.role === "chair") {
    return html`<button type="button" class="btn room tall ${busy}" ?disabled=${waits(context)} @click=${() => void rule(context, poll, draft, keys.rule, dialog)}><span>${t("chair.rule_send")}</span></button>`;
  }
  return nothing;
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {string} key @param {Opened} dialog */
async function announce(context, poll, draft, key, dialog) {
  const outcome = await context.chairController.verbs.announce(poll, key);
  draft.wrong = outcome.problem?.message ?? "";
  if (!outcome.done) return dialog.redraw();
  toast(t("chair.announced"));
  return dialog.close(true);
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {string} key @param {Opened} dialog */
async function rule(context, poll, draft, key, dialog) {
  if (!draft.side || !draft.reason.trim()) {
    draft.wrong = t(draft.side ? "chair.reason_needed" : "chair.side_needed");
    return dialog.redraw();
  }
  const outcome = await context.chairController.verbs.rule(poll, draft.side, draft.reason.trim(), key);
  draft.wrong = outcome.problem?.message ?? "";
  return dialog.redraw();
}

/** @param {VotingContext} context @param {Draft} draft @param {Opened} dialog @param {Poll} poll Two choices with equal design: neither is suggested. */
function ruling(context, draft, dialog, poll) {
  if (context.room.me.role !== "chair") return html`<p class="notice">${icon("circle-alert")}<span>${t("chair.rule_awaited_long")}</span></p>`;
  const sides = poll.options.filter((one) => one.key === "for" || one.key === "against");
  return html`<fieldset class="ruling"><legend>${t("chair.rule_question")}</legend>
    <div class="equal-choices">${sides.map((one) => html`<label class="equal-choice"><input type="radio" name="ruling" value=${one.key} .checked=${draft.side === one.key}
      @change=${() => { draft.side = one.key; draft.wrong = ""; dialog.redraw(); }}><span>${one.label}</span></label>`)}</div>
    ${reasonField({ id: "ruling-reason", label: t("chair.rule_reason"), value: draft.reason, put: (text) => { draft.reason = text; draft.wrong = ""; dialog.redraw(); } })}
  </fieldset>`;
}

/** @param {Poll} poll */
function cancelled(poll) {
  const { cancel_reason: reason, cancelled_by: by } = poll.ending;
  return html`<p class="notice">${icon("circle-alert")}<span>${t("chair.cancelled_by", { name: by?.name ?? t("result.the_server"), reason: reason ?? "" })}</span></p>`;
}

/** @param {HTMLElement} button @param {VotingContext} context @param {Poll} poll @param {Opened} dialog */
function openVerdictMenu(button, context, poll, dialog) {
  openMenu(button, [
    { label: t("vote.see_result"), icon: "list-checks", href: resultAddress(poll) },
    { label: t("question.again"), icon: "refresh-cw", run: () => { dialog.close(); openQuestionAgain(context, poll.id); } },
    ...(poll.status === "closed" ? [{ label: t("chair.cancel_result"), icon: "x", danger: true, run: () => { dialog.close(); openCancel(context, poll.id); } }] : []),
  ]);
}
