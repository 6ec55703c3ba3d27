/** The sheet of guests without an account: they are listed in the roll and the documents, and cannot sign in. */

import { html } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { api } from "../../lib/api.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { keeping } from "../../lib/ui/inline_field.js";
import { current, perform, watch } from "./store.js";

/** @typedef {import("../../lib/schemas.js").GuestView} Guest */
/** @typedef {"name" | "position" | "organisation"} Name */

/** @type {Name[]} */
const FIELDS = ["name", "position", "organisation"];

const path = () => `/meetings/${current().id}/guests`;

/** @param {Record<Name, string>} facts */
const add = (facts) => perform(null, () => api.post(path(), facts));

/** @param {Guest} guest @param {Partial<Record<Name, string>>} facts */
function change(guest, facts) {
  return perform(
    (meeting) => ({ ...meeting, guests: meeting.guests.map((one) => (one.id === guest.id ? { ...one, ...facts } : one)) }),
    () => api.patch(`${path()}/${guest.id}`, facts),
  );
}

/** Removes a guest; undo adds the same guest at the end of the list. @param {Guest} guest */
async function remove({ id, name, position, organisation }) {
  const done = await perform(
    (meeting) => ({ ...meeting, guests: meeting.guests.filter((one) => one.id !== id) }),
    () => api.del(`${path()}/${id}`),
  );
  if (done) toast(t("attendees.removed", { name }), { action: { label: t("ui.undo"), run: () => void add({ name, position, organisation }) } });
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const field = (/** @type {Name} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const facts = { name: field("name").value.trim(), position: field("position").value.trim(), organisation: field("organisation").value.trim() };
  field("name").focus();
  if (!facts.name) return;
  form.reset();
  void add(facts);
}

function formView() {
  return html`<form class="guest-form" novalidate @submit=${submit}>
    ${FIELDS.map((name) => html`<div class="field"><label for="guest-${name}">${t(`guests.${name}`)}</label>
      <input class="input" id="guest-${name}" name=${name} autocomplete="off" maxlength=${name === "name" ? 120 : 200} ?data-first=${name === "name"} /></div>`)}
    <button class="btn ink">${icon("plus")}${t("guests.add_one")}</button></form>`;
}

/** @param {Guest} guest */
function guestView(guest) {
  return html`<li class="guest">
    ${FIELDS.map((name) => {
      const on = keeping(guest[name], (text) => void change(guest, { [name]: text }), (text) => name !== "name" || text !== "");
      return html`<label class="guest-${name}"><span class="for-reader">${t("guests.of", { field: t(`guests.${name}`), name: guest.name })}</span>
        <input class="input" .value=${guest[name]} placeholder=${t(`guests.${name}`)} maxlength=${name === "name" ? 120 : 200} @keydown=${on.keydown} @blur=${on.blur} /></label>`;
    })}
    <button type="button" class="btn icon-only" aria-label=${t("attendees.remove", { name: guest.name })} @click=${() => void remove(guest)}>${icon("x", "small")}</button>
  </li>`;
}

/** @type {(() => void) | undefined} */
let redrawOpen;
watch(() => redrawOpen?.());

export function openGuests() {
  const opened = openSheet({
    title: t("guests.title"),
    size: "broad full",
    body: () => html`<div class="guests"><p class="quiet">${t("guests.what")}</p>${formView()}
      <ul class="rows">${repeat(current().guests, (guest) => guest.id, guestView)}</ul></div>`,
    footer: (sheet) => html`<button type="button" class="btn ink" @click=${() => sheet.close()}>${t("ui.done")}</button>`,
  });
  redrawOpen = opened.redraw;
  void opened.closed.then(() => (redrawOpen = undefined));
}
