/** The optional reason for an absence, a late arrival or an early departure. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";

/** @typedef {import("./roll_sheet.js").RollSheet} RollSheet */
/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */
/** @typedef {import("../live/quorum.js").Said} Said */

const QUICK = ["ill", "duty", "family"];
const LONGEST = 300;

/** @param {string|null} status whether a reason can be given with this status */
export const takesReason = (status) => status === "excused" || status === "late" || status === "left";

/**
 * The line below a row: the fields while the reason is edited, then the reason.
 * @param {RollSheet} sheet @param {Participant} person @param {{attendance: string|null, reason: string|null}} word @param {boolean} asked
 */
export function reasonView(sheet, person, word, asked) {
  const status = /** @type {Said} */ (word.attendance);
  if (asked && sheet.editable && takesReason(status)) return reasonForm(sheet, person, status, word.reason ?? "");
  if (!word.reason && !takesReason(status)) return nothing;
  if (!sheet.editable) return word.reason ? html`<p class="roll-reason">${t("roll.reason_is", { reason: word.reason })}</p>` : nothing;
  return html`<p class="roll-reason"><button type="button" class="text-btn" @click=${() => sheet.ask(person.user_id)}>
    ${icon("pencil", "small")}<span>${word.reason ? t("roll.reason_is", { reason: word.reason }) : t("roll.reason_give")}<span class="for-reader">, ${person.display_name}</span></span></button></p>`;
}

/** @param {RollSheet} sheet @param {Participant} person @param {Said} status @param {string} reason */
function reasonForm(sheet, person, status, reason) {
  /** @param {string} text */
  const give = (text) => sheet.explain(person, status, text.replace(/\s+/g, " ").trim());
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("reason"));
    give(field.value);
  };
  return html`<form class="roll-reason asked" aria-label=${t("roll.reason_of", { name: person.display_name })} @submit=${submit}>
    ${QUICK.map((key) => html`<button type="button" class="btn plain" @click=${() => give(t(`roll.reason_${key}`))}>${t(`roll.reason_${key}`)}</button>`)}
    <input class="input" name="reason" autocomplete="off" maxlength=${LONGEST} placeholder=${t("roll.reason_other")} aria-label=${t("roll.reason_other")} .value=${reason}>
    <button type="submit" class="btn plain">${t("roll.reason_keep")}</button>
    <button type="button" class="btn quiet" @click=${() => sheet.ask(null)}>${t("roll.reason_none")}</button>
  </form>`;
}
