/** The votes in the secretary's working column: the open one whole, the result that just came, and all of the meeting's. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/icon.js";
import { t } from "../lib/words.js";
import { openVerdict } from "./chair_verdict.js";
import { voteTimer } from "./chair_strip_vote.js";
import { waits } from "./live_dialog.js";
import { openQuestionNew } from "./question_room.js";
import { voteList } from "./vote_list.js";
import { openVoteView } from "./vote_sheet.js";
import { openPolls } from "./vote_state.js";
import { capital, resultWords } from "./vote_words.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function voteColumn(app) {
  const { room } = app;
  const poll = app.voting.inHand;
  const running = ["in_session", "paused"].includes(room.meeting.status);
  if (!room.polls.length && !running) return nothing;
  const others = room.polls.length - (poll ? 1 : 0);
  return html`<section class="column-votes"><div class="column-title"><h2>${t("chair.votes")}</h2>${poll ? voteTimer(app, poll) : nothing}</div>
    ${poll ? openVoteView(app, poll) : lastResult(app)}
    ${others || openPolls(room).length > 1 ? html`<div class="column-all-votes">${poll ? html`<h3>${t("chair.all_votes")}</h3>` : nothing}${voteList(app)}</div>` : nothing}
    ${running ? html`<button type="button" class="btn plain wide" aria-haspopup="dialog" ?disabled=${waits(app)} @click=${() => openQuestionNew(app)}>${icon("plus", "small")}${t("question.new")}</button>` : nothing}
  </section>`;
}

/** @param {RoomApp} app The result that came last flows in by itself; the minute has its sentence. */
function lastResult(app) {
  const ended = app.room.polls.filter((poll) => poll.status === "closed" && poll.result);
  const last = ended.sort((a, b) => Date.parse(a.result?.at ?? "") - Date.parse(b.result?.at ?? "")).at(-1);
  const words = last && resultWords(last);
  if (!last || !words) return nothing;
  return html`<button type="button" class="last-result ${last.result?.verdict}" aria-haspopup="dialog" @click=${() => openVerdict(app, last.id)}>
    <span class="quiet">${last.title}</span><b class="verdict-line">${words.heading}</b><span class="num">${capital(words.arithmetic)}.</span></button>`;
}
