/**
 * The line above the footer about notes: hidden, waiting to be sent, refused, or on an earlier version. Each part
 * except the waiting one has one button.
 */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { ALL } from "../model/mark_list.js";
import { openConflicts } from "./conflicts_dialog.js";
import { openEarlier } from "./earlier_version_bar.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */

/** @param {InkContext} context */
export function notesLine(context) {
  const { ink } = context;
  if (!context.reading.shown) return nothing;
  const { hidden, earlier: before } = ink.seen.counts;
  const old = before > 0 && !ink.past.version && !ink.past.putAway;
  const refused = ink.refused.length;
  const waiting = ink.waitingToSay;
  if (!hidden && !old && !refused && !waiting) return nothing;
  return html`<section class="notes-line" aria-label=${t("ink.notes_line")} ?inert=${context.behind || context.covered}>
    ${refused ? html`<button type="button" class="btn notes-chip bad" aria-haspopup="dialog" @click=${() => openConflicts(context)}>${icon("circle-alert", "small")}<span>${label("ink.unsent", refused)}</span></button>` : nothing}
    ${waiting ? html`<p class="notes-chip waits" role="status"><i class="dot"></i><span>${label("ink.waiting", waiting)}</span></p>` : nothing}
    ${hidden ? html`<button type="button" class="btn notes-chip" @click=${() => { ink.seen.shows = ALL; }}>${icon("eye-off", "small")}<span>${label("ink.hidden_count", hidden)} · <b>${t("ink.show_again")}</b></span></button>` : nothing}
    ${old ? html`<span class="notes-pair"><button type="button" class="btn notes-chip old" aria-haspopup="dialog" @click=${() => openEarlier(context)}>${icon("history", "small")}<span>${label("ink.earlier", before)}</span></button>
      <button type="button" class="btn icon-only quiet" aria-label=${t("ink.put_earlier_away")} @click=${() => ink.past.putReminderAway()}>${icon("x", "small")}</button></span>` : nothing}
  </section>`;
}

/** @param {string} key @param {number} n Full text, or a short one in narrow windows; screen readers get the full text. */
const label = (key, n) => html`<span class="wide">${count(key, n)}</span><span class="narrow" aria-hidden="true">${t(`${key}.short`, { n })}</span><span class="narrow"><span class="for-reader">${count(key, n)}</span></span>`;
