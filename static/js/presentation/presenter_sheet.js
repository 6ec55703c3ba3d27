/** Quyền trình chiếu: the presenter, and the people to whom the presentation can be transferred. */
import { html, nothing } from "lit-html";
import { openSheet } from "../lib/ui/dialog.js";
import { byGivenName, matches } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { whenTyped } from "../lib/ui/typing.js";
import { t } from "../lib/words.js";
import { successors } from "../live/view_model.js";

/** @typedef {import("./feature.js").PresentationContext} PresentationContext */
/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */

const SEARCH_FROM = 10;

/** @param {PresentationContext} context */
export function openPresenterSheet(context) {
  let query = "";
  const opened = openSheet({
    title: t("room.presentation_right"),
    body: ({ close, redraw }) => html`<div class="presenter-sheet">
      ${takeOverButton(context, close)}
      ${context.room.meeting.participants.length > SEARCH_FROM ? html`<div class="search">${icon("search")}
        <input class="input" type="search" placeholder=${t("room.find_person")} aria-label=${t("room.find_person")}
          @input=${typed(redraw)} @compositionend=${typed(redraw)}></div>` : nothing}
      ${successors(context.room, byGivenName).map((group) => groupOf(context, group, query, close))}
    </div>`,
  });
  /** @param {() => void} redraw */
  function typed(redraw) {
    return whenTyped((text) => {
      query = text;
      redraw();
    });
  }
  return opened;
}

/** @param {PresentationContext} context @param {() => void} close The button to take over, above the lists. */
function takeOverButton(context, close) {
  const me = context.room.me.user_id;
  if (context.room.meeting.presenter === me) return html`<p class="quiet">${t("room.you_present")}</p>`;
  return html`<button type="button" class="btn room tall wide" @click=${() => { close(); void context.presenting.transfer(me, ""); }}>${icon("monitor")}${t("room.take_presentation")}</button>`;
}

/**
 * @param {PresentationContext} context @param {{role:string, people:Participant[]}} group @param {string} query @param {() => void} close
 */
function groupOf(context, group, query, close) {
  const people = group.people.filter((one) => one.user_id !== context.room.me.user_id && (!query || matches(one.display_name, query)));
  if (!people.length) return nothing;
  return html`<h3>${t(`room.role_${group.role}`)}</h3><ul class="rows">${people.map((one) => {
    const holds = one.user_id === context.room.meeting.presenter;
    return html`<li><button type="button" class="row" ?disabled=${holds}
      @click=${() => { close(); void context.presenting.transfer(one.user_id, one.display_name); }}>
      <span class="grow">${one.display_name}${one.position ? html`<small class="quiet">${one.position}</small>` : nothing}</span>
      ${holds ? html`<span class="chip small lacquer">${t("room.holds_now")}</span>` : icon("chevron-right", "small")}</button></li>`;
  })}</ul>`;
}
