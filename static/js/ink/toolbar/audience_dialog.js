/** The dialog that chooses the audience of the next marks: two or three choices, each with a one-sentence explanation. */
import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { audiencesFor, iconOf, MEETING, PRIVATE, toneOf, whyNotForRoom } from "../model/audience.js";
import { openRecipients } from "./recipients.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").Audience} Audience */

/** @param {InkContext} context The dialog is redrawn with the room: the permission to write for it may change meanwhile. */
export function openAudienceSheet(context) {
  const { toolbar } = context.ink;
  const sheet = context.keepDrawn(openSheet({
    size: "low",
    title: t("ink.audience"),
    body: ({ close }) => html`<div class="audience-choices">
      ${audiencesFor(context.room).map((audience) => choice(audience, toolbar.reach, () => {
        close();
        if (audience === "person") void toPerson(context);
        else context.ink.choose(audience === "meeting" ? MEETING : PRIVATE);
      }))}</div>
      ${note(whyNotForRoom(context.room))}
      ${audiencesFor(context.room).length === 1 ? html`<p class="quiet audience-note">${t("ink.only_private")}</p>` : nothing}`,
  }));
  /** @type {HTMLElement|null} */ (sheet.element.querySelector('[aria-pressed="true"]'))?.focus();
}

/** @param {string|null} whyNot */
const note = (whyNot) => (whyNot ? html`<p class="quiet audience-note">${t(`ink.why_${whyNot}`)}</p>` : nothing);

/** @param {InkContext} context */
async function toPerson(context) {
  const paper = context.reading.shown?.paper;
  const person = paper && (await openRecipients(context, paper));
  if (person) context.ink.choose({ audience: "person", user_id: person.user_id, name: person.display_name });
}

/** @param {Audience} audience @param {import("../model/audience.js").Reach} now @param {() => void} choose */
function choice(audience, now, choose) {
  const chosen = audience === now.audience;
  const title = audience === "person" && chosen ? t("ink.audience_person", { name: now.name ?? "" }) : t(`ink.choose_${audience}`);
  return html`<button type="button" class="audience-choice ${toneOf(audience)}" data-audience=${audience} aria-pressed=${chosen} @click=${choose}>
    <span class="audience-icon">${icon(iconOf(audience))}</span>
    <span class="grow"><b>${title}</b><span class="audience-why">${t(`ink.explain_${audience}`)}</span></span>
    ${chosen ? icon("check") : nothing}</button>`;
}
