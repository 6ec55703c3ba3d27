/** The dialog that lists refused changes with the choices for each. */
import { html, nothing } from "lit-html";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { offerOf, reasonOf } from "../model/conflicts.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../model/conflicts.js").Offer} Offer */

/** @param {InkContext} context */
export function openConflicts(context) {
  return context.keepDrawn(openSheet({
    size: "low",
    title: t("ink.offers"),
    body: ({ close }) => {
      const conflicts = context.ink.refused.map(offerOf);
      if (!conflicts.length) {
        queueMicrotask(() => close());
        return nothing;
      }
      return html`<p class="quiet">${t("ink.offers_why")}</p><ul class="offers">${conflicts.map((offer) => offerView(context, offer))}</ul>`;
    },
  }));
}

/** @param {InkContext} context @param {Offer} offer */
function offerView(context, offer) {
  const where = offer.page === null ? t(`ink.kind_${offer.kind}`) : t("ink.kind_on_page", { kind: t(`ink.kind_${offer.kind}`), page: offer.page });
  return html`<li class="offer"><p><b>${where}</b>${offer.quote ? html`<q class="offer-quote">${offer.quote}</q>` : nothing}</p>
    <p class="offer-why">${t(reasonOf(offer))}${offer.why ? html` ${offer.why}` : nothing}</p>
    <div class="marks-buttons">${offer.choices.map((choice, at) => html`<button type="button" class="btn ${at === 0 && choice !== "discard" ? "ink" : "plain"}"
      @click=${() => void context.ink.answerOffer(offer, choice)}>${choice === "discard" ? icon("trash-2", "small") : nothing}${t(`ink.offer_${choice}`)}</button>`)}</div></li>`;
}
