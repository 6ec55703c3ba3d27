/** The ended votes in their agenda item, each with a link to its result page. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { lang, t } from "../../lib/words.js";
import { endedPolls, isWithheld } from "../ballot/card_model.js";
import { resultAddress } from "../ballot/verdict_card.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/** @param {Room} room @param {string|null} itemId null: votes of no item @returns {Poll[]} in the order in which they were held */
export function pollsOver(room, itemId) {
  const items = new Set(room.meeting.agenda.map((item) => item.id));
  const of = (/** @type {Poll} */ poll) => (poll.agenda_item_id && items.has(poll.agenda_item_id) ? poll.agenda_item_id : null);
  return endedPolls(room).filter((poll) => of(poll) === itemId).reverse();
}

/** @param {Poll[]} polls for the drawer or the dialog of an item; returns list items */
export function resultLinks(polls) {
  return polls.map((poll) => html`<li class="result-link"><a href=${resultAddress(poll)}>${icon("list-checks")}
    <span class="grow"><span class="result-link-title">${t("vote.result")}: ${poll.title}</span><small>${verdictOf(poll)}</small></span>${icon("chevron-right", "small")}</a></li>`);
}

/** @param {Poll} poll */
function verdictOf(poll) {
  if (poll.status === "cancelled") return t("vote.cancelled_short");
  if (isWithheld(poll)) return t("vote.awaits_announcement");
  const words = lang === "en" ? poll.result?.en : poll.result?.vi;
  return words ? words.heading : nothing;
}
