/** The list of open work, in the confirmation that ends the meeting. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { count, t } from "../lib/words.js";

/** How many titles of one kind are listed; the rest is a number. */
const NAMED = 3;

/** @param {import("../room/feature.js").Unfinished[]} unfinished */
export function unfinishedView(unfinished) {
  const lines = unfinished.map((one) => ("titles" in one ? line(one.words, one.titles) : numberLine(one))).filter(Boolean);
  return lines.length ? html`<p><b>${t("room.unfinished")}</b></p><ul class="unfinished">${lines}</ul>` : nothing;
}

/** @param {{count: string, n: number}} number */
function numberLine({ count: key, n }) {
  return n ? html`<li>${icon("circle-alert", "small")}<span>${count(key, n)}</span></li>` : null;
}

/** @param {string} key of the plural message @param {string[]} titles */
function line(key, titles) {
  if (!titles.length) return null;
  const more = titles.length - NAMED;
  return html`<li>${icon("circle-alert", "small")}<span><b>${count(key, titles.length)}</b> ${titles.slice(0, NAMED).join("; ")}${more > 0 ? ` ${t("room.unfinished_more", { n: more })}` : ""}</span></li>`;
}
