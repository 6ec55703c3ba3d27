/** The sealed days of the audit: whether each still has the entries that were signed. */

import { html, nothing } from "lit-html";
import { icon } from "../../lib/ui/icon.js";
import { dayText } from "../../lib/typed_dates.js";
import { t } from "../../lib/words.js";

/** @param {import("./data.js").SealedDays["items"][number]} day */
function dayView(day) {
  return html`<li class="row sealed-day">${icon(day.standing === "differs" ? "circle-alert" : "circle-check")}
    <div class="grow"><p><b class="num">${dayText(day.day)}</b> · ${t("audit.entries", { n: day.entries })} · ${t(`audit.day_${day.standing}`)}</p>
      <p class="quiet sha">SHA-256 ${day.sha256}</p></div></li>`;
}

/** @param {import("./data.js").SealedDays | null} days */
export function daysView(days) {
  if (!days) return nothing;
  const broken = days.items.filter((day) => day.standing === "differs");
  const bad = broken.length || days.missing;
  return html`${bad ? html`<div class="notice bad" role="alert">${icon("circle-alert")}<div><strong>${t("audit.broken_title")}</strong>
      <p>${broken.length ? t("audit.broken_days", { days: broken.map((day) => dayText(day.day)).join(", ") }) : nothing} ${days.missing ? t("audit.broken_missing", { n: days.missing }) : nothing}</p></div></div>` : nothing}
    <details class="sealed-days" ?open=${Boolean(bad)}><summary>${icon(bad ? "circle-alert" : "shield-check")}<span>${days.items.length ? t(bad ? "audit.sealed_bad" : "audit.sealed_good", { n: days.items.length }) : t("audit.sealed_none")}</span></summary>
      <p class="quiet">${t("audit.sealed_text")}</p>
      <ul class="rows">${days.items.map(dayView)}</ul></details>`;
}
