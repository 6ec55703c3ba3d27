/** For chair and secretary: the switch for members' writing on the common page, and the muted people. */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { t } from "../lib/words.js";
import { mutedPeople } from "../live/writing.js";
import { isOver } from "../live/meeting_state.js";

/** @typedef {import("./feature.js").WritingContext} WritingContext */

/** @param {WritingContext} context */
export function writingSwitch(context) {
  const { meeting } = context.room;
  if (isOver(context.room)) return nothing;
  const waits = context.waits;
  return html`<div class="writing-switch">
    <label class="choice switch"><input type="checkbox" role="switch" .checked=${live(meeting.member_writing)} ?disabled=${waits}
      @change=${(/** @type {Event} */ event) => void context.writing.letMembersWrite(/** @type {HTMLInputElement} */ (event.target).checked)}>
      <span>${t("room.member_writing")}</span></label>
    ${mutedPeople(context.room).map(({ user_id, display_name: name }) => html`<p class="muted-person"><span class="grow">${t("room.muted_person", { name })}</span>
      <button type="button" class="btn plain" aria-label=${t("ink.unmute_person", { name })} ?disabled=${waits} @click=${() => void context.writing.mute(user_id, name, false)}>${t("room.unmute")}</button></p>`)}
  </div>`;
}
