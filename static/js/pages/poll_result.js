/**
 * Interactive parts of the result page, which the server renders: search of a name, printing, the check of the
 * user's ballot against the vote log, and a notice when another vote starts.
 */
import { html, render } from "lit-html";
import { api, Problem } from "../lib/api.js";
import { boot, href } from "../lib/boot.js";
import { matches } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { whenTyped } from "../lib/ui/typing.js";
import { t } from "../lib/words.js";
import { isWithheld } from "../voting/ballot/card_model.js";
import { ReceiptCheck } from "../voting/ballot/receipt_check.js";
import { watchTellers } from "./tellers_form.js";

const POLL_MS = 10_000;
/** The search is offered for lists longer than this. */
const MANY_NAMES = 10;

export function startResult() {
  document.getElementById("print")?.addEventListener("click", () => void print());
  for (const face of ["", "bold ", "italic "]) void document.fonts.load(`${face}13pt Tinos`, "Ộà");
  findNames();
  watchTellers();
  const place = document.getElementById("check");
  if (place) new ReceiptCheck(place, boot.shown).renderSteps();
  if (boot.shown.role && ["in_session", "paused"].includes(boot.shown.meeting_status)) setInterval(() => void checkForVote(), POLL_MS);
}

/** Prints after the fonts are loaded. */
async function print() {
  await document.fonts.ready;
  window.print();
}

function findNames() {
  const place = document.getElementById("find-name");
  const body = document.getElementById("names-body");
  if (!place || !body || body.children.length <= MANY_NAMES) return;
  /** @param {string} text */
  const show = (text) => {
    let found = 0;
    for (const row of body.children) {
      const cells = [...row.children].map((cell) => cell.textContent ?? "");
      const here = matches(cells.join(" "), text);
      row.classList.toggle("unfound", !here); // The print contains all rows; `hidden` would hide them there too.
      if (here) found += 1;
    }
    document.getElementById("names-none")?.toggleAttribute("hidden", found > 0);
  };
  const typed = whenTyped(show);
  render(html`<label class="search"><span class="for-reader">${t("result.find")}</span>${icon("search")}
    <input class="input" type="search" autocomplete="off" placeholder=${t("result.find")} @input=${typed} @compositionend=${typed}></label>`, place);
}

/** Polls for an open vote and shows a notice, so that a reader does not miss it. */
async function checkForVote() {
  if (document.visibilityState !== "visible") return;
  const place = document.getElementById("new-vote");
  /** @type {import("../lib/schemas.js").PollView[]} */ let polls;
  try {
    polls = (await api.get(`/meetings/${boot.meeting_id}/polls`)).items;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return; // The next poll repeats the request.
  }
  // The result is no longer withheld: the server renders the page again.
  const shown = polls.find((poll) => poll.id === boot.shown.poll.id);
  if (document.getElementById("withheld") && shown && !isWithheld(shown)) return location.reload();
  const open = polls.find((poll) => poll.status === "open");
  if (!place) return;
  render(open ? html`<p class="notice" role="alert">${icon("bell")}<span class="grow"><b>${t("vote.began")}</b>: ${open.title}</span>
    <a class="btn ink" href=${href(`/meetings/${boot.meeting_id}`)}>${t("result.back_to_room")}</a></p>` : "", place);
}
