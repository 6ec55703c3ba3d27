/** Buttons for the actions on marks: colour, audience, hiding, deletion. */
import { html, nothing } from "lit-html";
import { clock, isoDay, moment } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { canBeMuted, isMuted, moderates } from "../../live/writing.js";
import { audiencesFor, iconOf, toneOf, withdrawableFrom, wordsOf } from "../model/audience.js";
import { openRecipients } from "../toolbar/recipients.js";
import { selectionOf } from "./selection_model.js";
import { colorsFor } from "../toolbar/toolbar_model.js";
import { swatch } from "../toolbar/tool_options.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("./selection_model.js").Selection} Selection */

/** @param {InkContext} context @param {Annotation[]} marks */
export function selectionIn(context, marks) {
  return selectionOf(marks, {
    me: context.room.me.user_id, runs: moderates(context.room), audiences: audiencesFor(context.room), withdrawable: withdrawableFrom(context.room), colorsFor,
  });
}

/** @param {InkContext} context @param {string} stamp Formats a time as "09:42", with the date unless it is today. */
export const when = (context, stamp) => (isoDay(stamp) === isoDay(context.serverClock.now()) ? clock(stamp) : moment(stamp));

/** @param {InkContext} context @param {Selection} selection Shows author, time and audience of the selected marks. */
export function marksHead(context, selection) {
  const { author, at, audience, count: n, mine, userName } = selection;
  const who = mine ? (n > 1 ? count("ink.selected", n) : null) : (author?.name ?? null);
  return html`<p class="marks-head">${who ? html`<b>${who}</b>` : nothing}
    ${at && n === 1 ? html`<span class="quiet num">${when(context, at)}</span>` : nothing}
    ${audience ? html`<span class="chip small ${toneOf(audience)}">${icon(iconOf(audience), "small")}${wordsOf({ audience, name: userName })}</span>` : nothing}</p>`;
}

/**
 * @param {InkContext} context @param {Annotation[]} marks @param {() => void} done called before an action that removes or
 *   hides them or opens a dialog
 */
export function marksButtons(context, marks, done) {
  const selection = selectionIn(context, marks);
  if (!selection) return nothing;
  const ids = marks.map((mark) => mark.id);
  const { ink } = context;
  const author = selection.author;
  const remove = () => {
    done();
    ink.remove(ids);
  };
  return html`
    ${selection.colors.length ? html`<div class="marks-colors"><div class="option-row" role="radiogroup" aria-label=${t("ink.recolor")}>
      ${selection.colors.map((color) => swatch(color, selection.color, () => ink.recolor(marks, color)))}</div>
      ${selection.removes ? html`<button type="button" class="btn icon-only danger" aria-label=${t("ink.delete")} title=${t("ink.delete")} @click=${remove}>${icon("trash-2")}</button>` : nothing}</div>` : nothing}
    <div class="marks-buttons">
      ${selection.reaches.map((audience) => html`<button type="button" class="btn plain reach" data-reach=${audience} @click=${() => { done(); void reachFor(context, marks, audience); }}>
        ${icon(iconOf(audience))}<span>${t(`ink.reach_${audience}`)}</span></button>`)}
      ${!selection.mine && author ? html`<button type="button" class="btn plain" @click=${() => { done(); ink.seen.hidePerson(author.user_id, author.name); }}>
        ${icon("eye-off")}<span>${t("ink.hide_notes_of", { name: author.name })}</span></button>` : nothing}
      ${selection.clears ? html`<button type="button" class="btn plain danger" @click=${() => { done(); void ink.clear(marks); }}>
        ${icon("trash-2")}<span>${t("ink.clear")}</span></button>` : nothing}
      ${selection.clears && author ? muteButton(context, author, done) : nothing}
      ${selection.removes && !selection.colors.length ? html`<button type="button" class="btn plain danger" @click=${remove}>
        ${icon("trash-2")}<span>${t("ink.delete")}</span></button>` : nothing}
    </div>`;
}

/** @param {InkContext} context @param {{user_id: string, name: string}} author @param {() => void} done */
function muteButton(context, author, done) {
  if (!canBeMuted(context.room, author.user_id)) return nothing;
  const muted = isMuted(context.room, author.user_id);
  return html`<button type="button" class="btn plain" @click=${() => { done(); void context.writing.mute(author.user_id, author.name, !muted); }}>
    ${icon(muted ? "pencil" : "lock")}<span>${t(muted ? "ink.unmute_person" : "ink.mute_person", { name: author.name })}</span></button>`;
}

/** @param {InkContext} context @param {Annotation[]} marks @param {import("../../lib/schemas.js").Audience} audience */
async function reachFor(context, marks, audience) {
  const ids = marks.map((mark) => mark.id);
  if (audience !== "person") {
    context.ink.reachFor(ids, { audience, user_id: null, name: null });
    return;
  }
  const paper = context.reading.shown?.paper;
  const person = paper && (await openRecipients(context, paper));
  if (person) context.ink.reachFor(ids, { audience, user_id: person.user_id, name: person.display_name });
}
