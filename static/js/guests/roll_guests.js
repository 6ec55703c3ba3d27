/** Guests without an account on the roster: present or not, by one tap; the quorum does not count them. */
import { html, nothing } from "lit-html";
import { api } from "../lib/api.js";
import { byGivenName, matches } from "../lib/format.js";
import { sayProblem } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("./feature.js").GuestsContext} GuestsContext */
/** @typedef {import("../lib/schemas.js").GuestView} Guest */

/** @param {GuestsContext} context @param {{query: string, editable: boolean}} wanted */
export function rollGuests(context, { query, editable }) {
  const guests = (context.room.meeting.guests ?? [])
    .filter((one) => !query || matches(one.name, query))
    .sort((a, b) => byGivenName(a.name, b.name));
  if (!guests.length) return nothing;
  return html`<section class="roll-part roll-guests"><h3>${t("roll.guests")} <span class="num quiet">${guests.length}</span></h3>
    <ul class="rows">${guests.map((guest) => guestRow(context, guest, editable))}</ul></section>`;
}

/** @param {GuestsContext} context @param {Guest} guest @param {boolean} editable */
function guestRow(context, guest, editable) {
  const here = guest.attendance === "present";
  const name = html`<span class="roll-name"><b>${guest.name}</b><span class="quiet">${[guest.position, guest.organisation].filter(Boolean).join(", ")}</span></span>`;
  if (!editable) return html`<li class="roll-guest">${name}<p class="roll-said">${t(guest.attendance ? `roll.said_${guest.attendance}` : "roll.said_unsaid")}</p></li>`;
  return html`<li class="roll-guest">${name}<label class="choice"><input type="checkbox" .checked=${here}
    @change=${(/** @type {Event} */ event) => void call(context, guest, /** @type {HTMLInputElement} */ (event.target))}>
    <span>${t("roll.mark_present")}<span class="for-reader"> ${guest.name}</span></span></label></li>`;
}

/** @param {GuestsContext} context @param {Guest} guest @param {HTMLInputElement} box */
async function call(context, guest, box) {
  try {
    await api.put(`/meetings/${context.room.meeting.id}/guests/${guest.id}/attendance`, { status: box.checked ? "present" : null });
  } catch (error) {
    box.checked = !box.checked;
    sayProblem(error);
  }
}
