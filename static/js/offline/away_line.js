/** The offline notice under the top bar: the age of the cached room, or a warning not to reload the page. */
import { html, nothing } from "lit-html";
import { clock, isoDay, moment } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { reloadIsSafe } from "./shell.js";

/** @typedef {import("./feature.js").OfflineContext} OfflineContext */

/** @param {OfflineContext} context */
export function awayLine(context) {
  if (context.online) return nothing;
  const { seenAt } = context.away;
  if (seenAt === null && reloadIsSafe()) return nothing;
  const words = seenAt === null ? t("offline.do_not_reload") : t("offline.seen_at", { time: timeOf(seenAt, context.serverClock.now()) });
  return html`<p class="away-line" role="status" ?inert=${context.behind}>${icon("wifi-off", "small")}<span>${words}</span></p>`;
}

/** @param {number} seenAt @param {number} now @returns {string} time of day, with the date when it is not today */
function timeOf(seenAt, now) {
  const stamp = new Date(seenAt).toISOString();
  return isoDay(seenAt) === isoDay(now) ? clock(stamp) : moment(stamp);
}
