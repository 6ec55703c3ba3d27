/** The list of what is still open, in the step that ends the meeting. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/icon.js";
import { count, t } from "../lib/words.js";
import { unfinished } from "./unfinished.js";

/** @typedef {import("../live/room_state.js").Room} Room */

/** Titles of one kind that are named; the rest is a number. */
const NAMED = 3;

/** @param {Room} room */
export function unfinishedView(room) {
  const { notAnnounced, notHeld, itemsLeft, notCalled } = unfinished(room);
  const lines = [
    line("room.unfinished_results", notAnnounced),
    line("room.unfinished_questions", notHeld),
    line("room.unfinished_items", itemsLeft),
    notCalled ? html`<li>${icon("circle-alert", "small")}<span>${count("room.unfinished_roll", notCalled)}</span></li>` : null,
  ].filter(Boolean);
  return lines.length ? html`<p><b>${t("room.unfinished")}</b></p><ul class="unfinished">${lines}</ul>` : nothing;
}

/** @param {string} key of the words with the number @param {string[]} titles */
function line(key, titles) {
  if (!titles.length) return null;
  const more = titles.length - NAMED;
  return html`<li>${icon("circle-alert", "small")}<span><b>${count(key, titles.length)}</b> ${titles.slice(0, NAMED).join("; ")}${more > 0 ? ` ${t("room.unfinished_more", { n: more })}` : ""}</span></li>`;
}
