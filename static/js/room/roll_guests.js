/** Guests without an account on the roster: here or not, by one tap; the quorum does not count them. */
import { html, nothing } from "lit-html";
import { api } from "../lib/api.js";
import { byGivenName, matches } from "../lib/format.js";
import { sayProblem } from "../lib/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */
/** @typedef {import("../lib/schemas.js").GuestView} Guest */

/** @param {RoomApp} app @param {{query: string, editable: boolean}} wanted */
export function rollGuests(app, { query, editable }) {
  const guests = (app.room.meeting.guests ?? [])
    .filter((one) => !query || matches(one.name, query))
    .sort((a, b) => byGivenName(a.name, b.name));
  if (!guests.length) return nothing;
  return html`<section class="roll-part roll-guests"><h3>${t("roll.guests")} <span class="num quiet">${guests.length}</span></h3>
    <ul class="rows">${guests.map((guest) => guestRow(app, guest, editable))}</ul></section>`;
}

/** @param {RoomApp} app @param {Guest} guest @param {boolean} editable */
function guestRow(app, guest, editable) {
  const here = guest.attendance === "present";
  const name = html`<span class="roll-name"><b>${guest.name}</b><span class="quiet">${[guest.position, guest.organisation].filter(Boolean).join(", ")}</span></span>`;
  if (!editable) return html`<li class="roll-guest">${name}<p class="roll-said">${t(guest.attendance ? `roll.said_${guest.attendance}` : "roll.said_unsaid")}</p></li>`;
  return html`<li class="roll-guest">${name}<label class="choice"><input type="checkbox" .checked=${here}
    @change=${(/** @type {Event} */ event) => void call(app, guest, /** @type {HTMLInputElement} */ (event.target))}>
    <span>${t("roll.mark_present")}<span class="for-reader"> ${guest.name}</span></span></label></li>`;
}

/** @param {RoomApp} app @param {Guest} guest @param {HTMLInputElement} box */
async function call(app, guest, box) {
  try {
    await api.put(`/meetings/${app.room.meeting.id}/guests/${guest.id}/attendance`, { status: box.checked ? "present" : null });
  } catch (error) {
    box.checked = !box.checked;
    sayProblem(error);
  }
}
