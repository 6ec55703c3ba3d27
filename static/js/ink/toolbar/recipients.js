/** The dialog that chooses a participant who can read the document, with a search by name. */
import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { byGivenName, matches } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { whenTyped } from "../../lib/ui/typing.js";
import { t } from "../../lib/words.js";
import { recipients } from "../model/audience.js";

/** @typedef {import("../../lib/schemas.js").ParticipantView} Participant */

/** From this number of people on the dialog has a search field. */
const SEARCH_FROM = 8;

/**
 * @param {import("../room_instance.js").InkContext} context @param {import("../../lib/schemas.js").DocumentView} paper
 * @returns {Promise<Participant|undefined>} undefined: nobody was chosen
 */
export async function openRecipients(context, paper) {
  const people = recipients(context.room, paper).sort((a, b) => byGivenName(a.display_name, b.display_name));
  let query = "";
  const typed = whenTyped((text) => {
    query = text;
    sheet.redraw();
  });
  const sheet = openSheet({
    title: t("ink.send_to"),
    size: people.length >= SEARCH_FROM ? "full" : "low",
    body: ({ close }) => html`<p class="quiet">${t("ink.explain_person")}</p>
      ${people.length >= SEARCH_FROM ? html`<label class="search recipients-search"><span class="for-reader">${t("ink.find_person")}</span>${icon("search")}
        <input class="input" type="search" placeholder=${t("ink.find_person")} autocomplete="off" data-first @input=${typed} @compositionend=${typed}></label>` : nothing}
      ${rows(people.filter((one) => matches(one.display_name, query)), close)}`,
  });
  return sheet.closed;
}

/** @param {Participant[]} people @param {(person: Participant) => void} choose */
function rows(people, choose) {
  if (!people.length) return html`<p class="quiet recipients-none">${t("ink.nobody_found")}</p>`;
  return html`<ul class="rows recipients">${people.map((one) => html`<li><button type="button" class="row" @click=${() => choose(one)}>
    <span class="grow"><b>${one.display_name}</b><small class="quiet">${[one.position, t(`ink.role_${one.role}`)].filter(Boolean).join(" · ")}</small></span>
    ${icon("chevron-right", "small")}</button></li>`)}</ul>`;
}
