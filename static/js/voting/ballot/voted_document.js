/** "Xem dự thảo": opens the document of a question, in the version that is voted on. */
import { html } from "lit-html";
import { href } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { presentsNow } from "../../live/meeting_state.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("./card_model.js").PaperLine} PaperLine */

/** @param {VotingContext} context @param {Poll} poll @param {PaperLine} paper */
export function paperButton(context, poll, paper) {
  const words = t(paper.draft ? "vote.see_draft" : "vote.see_paper");
  if (!paper.reachable) return html`<span class="quiet">${t("vote.paper_not_open")}</span>`;
  // The page view shows the newest version; the file of the voted version is always available.
  if (!paper.current) {
    const file = href(`/api/v1/documents/${paper.id}/versions/${paper.version}/file`);
    return html`<a class="text-btn" href=${file} target="_blank" rel="noopener">${icon("download", "small")}${words} (${t("vote.version", { version: paper.version })})</a>`;
  }
  return html`<button type="button" class="text-btn vote-paper" @click=${() => openVotedPaper(context, poll.id, paper.id)}>${words}</button>`;
}

/** @param {VotingContext} context @param {string} pollId @param {string} paperId Collapses the card; for a presenter it starts a preview. */
function openVotedPaper(context, pollId, paperId) {
  context.voting.shrink(pollId);
  if (context.reading.shown?.paper.id === paperId) return;
  if (presentsNow(context.room) && context.reading.follow.mode !== "previewing") context.reading.preview();
  context.reading.open(paperId);
}
