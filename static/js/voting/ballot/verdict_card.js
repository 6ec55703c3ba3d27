/** The card after a vote: the verdict with its arithmetic, the announcement, this person's ballot. */
import { html, nothing } from "lit-html";
import { href } from "../../lib/boot.js";
import { clock } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { keepNamesUnbroken } from "../../lib/ui/nonbreaking.js";
import { lang, t } from "../../lib/words.js";
import { isWithheld, itemNumber, keptBallot, labelOf, ownPartIn, receiptCode } from "./card_model.js";
import { recordedLine } from "./card_words.js";
import { saveReceiptButton } from "./receipt_file.js";
import { slipButton } from "./receipt_slip.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/** @param {Poll} poll */
export const resultAddress = (poll) => href(`/meetings/${poll.meeting_id}/polls/${poll.id}`);

/** @param {VotingContext} context @param {Poll} poll */
export function verdictCard(context, poll) {
  const number = itemNumber(context.room, poll);
  const cancelled = poll.status === "cancelled";
  return html`<article class="vote-card verdict" aria-labelledby="vote-verdict">
    <header class="vote-head">
      <p class="vote-kind">${t("vote.result")}${number === null ? nothing : html` · ${t("vote.item", { number })}`}</p>
      ${cancelled || isWithheld(poll) ? nothing : html`<p class="vote-announced ${poll.ending.announced_at ? "done" : ""}">${announced(poll)}</p>`}
    </header>
    <div class="vote-body">
      <p class="verdict-title">${keepNamesUnbroken(poll.title)}</p>
      ${cancelled ? cancelledPart(poll) : isWithheld(poll) ? withheldPart() : resultPart(poll)}
      ${ownPart(context, poll)}
    </div>
    <footer class="verdict-foot">
      ${isWithheld(poll) ? nothing : html`<a class="btn plain" href=${resultAddress(poll)}>${t("vote.see_result")}${icon("arrow-right", "small")}</a>`}
      <button type="button" class="btn ink" @click=${() => context.voting.putAway(poll)}>${t("vote.put_away")}</button>
    </footer>
  </article>`;
}

/** @param {Poll} poll */
function announced({ ending, result }) {
  if (ending.announced_at) return html`${icon("check", "small")}${t("vote.announced_at", { time: clock(ending.announced_at) })}`;
  return t(result?.verdict === "tie_needs_ruling" ? "vote.awaits_ruling" : "vote.awaits_announcement");
}

/** @param {Poll} poll The announcement is shown once it was made. */
function resultPart({ result, ending }) {
  if (!result) return nothing;
  const words = lang === "en" ? result.en : result.vi;
  return html`<h2 class="verdict-heading" id="vote-verdict" tabindex="-1">${words.heading}</h2>
    <p class="verdict-arithmetic num">${words.arithmetic}</p>
    <p class="verdict-identity num">${words.breakdown}</p>
    ${ending.announced_at ? html`<p class="verdict-aloud">${keepNamesUnbroken(words.announcement)}</p>` : nothing}`;
}

function withheldPart() {
  return html`<h2 class="verdict-heading" id="vote-verdict" tabindex="-1">${t("vote.withheld")}</h2>
    <p class="verdict-identity">${t("vote.withheld_note")}</p>`;
}

/** @param {Poll} poll */
function cancelledPart({ ending }) {
  return html`<h2 class="verdict-heading" id="vote-verdict" tabindex="-1">${t("vote.cancelled")}</h2>
    <p class="verdict-arithmetic">${t("vote.cancel_reason", { reason: ending.cancel_reason ?? "" })}</p>
    <p class="verdict-identity">${t("vote.cancelled_note")}</p>`;
}

/** @param {VotingContext} context @param {Poll} poll */
function ownPart(context, poll) {
  const view = context.voting.view(poll.id);
  const own = ownPartIn(context.room, poll, view);
  if (own.kind === "none") return nothing;
  if (own.kind !== "ballot") return html`<p class="verdict-own">${t(`vote.own_${own.kind}`, { choice: labelOf(poll, own.wanted) })}</p>`;
  const kept = keptBallot(context.room, poll.id, view);
  return html`<div class="verdict-own">${icon("check", "small")}<span>${recordedLine(poll, own.ballot)}
    ${own.ballot.receipt ? html`<span class="vote-receipt num">${t("vote.receipt", { code: receiptCode(own.ballot.receipt) })}</span>` : nothing}
    ${inLog(context, poll)}</span>${kept ? receiptButtons(context, poll, kept) : nothing}</div>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {NonNullable<ReturnType<typeof keptBallot>>} kept */
function receiptButtons({ room, meetingId }, poll, kept) {
  const at = room.my_ballots.find((one) => one.poll_id === poll.id && one.revision === kept.revision)?.at ?? null;
  const slip = { meetingId, meeting: room.meeting.title, title: poll.title, at, receipt: kept.receipt };
  return html`<div class="receipt-ways">${saveReceiptButton(poll.id, kept)}${slipButton(slip)}</div>`;
}

/** @param {VotingContext} context @param {Poll} poll What this device found out about this person's ballot in the vote log. */
function inLog(context, poll) {
  const checked = context.voting.ownCheck.of(poll);
  if (checked === undefined) return nothing;
  const end = checked && (checked.state === "verified" && checked.reason ? checked.reason : checked.state);
  return html`<span class="vote-in-log ${checked?.state ?? ""}" role="status">${t(`vote.in_log_${end ?? "checking"}`)}</span>`;
}
