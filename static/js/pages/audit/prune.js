/** Deletes old entries after a confirmation that names the day. */

import { html, nothing } from "lit-html";
import { Problem } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { isoDay } from "../../lib/format.js";
import { dayText, readDay } from "../../lib/typed_dates.js";
import { openDialog } from "../../lib/ui/dialog.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { prune } from "./data.js";

const DAY = 86_400_000;

export function openPrune() {
  const least = Number(boot.least_audit_days);
  let typed = dayText(isoDay(Date.now() - Number(boot.audit_days) * DAY));
  let wrong = "";
  let busy = false;
  openDialog({
    title: t("audit.prune"),
    body: (dialog) => {
      const run = async () => {
        const day = readDay(typed, isoDay(Date.now()), { past: true });
        wrong = day ? "" : t("audit.day_wrong");
        if (!day || busy) return dialog.redraw();
        busy = true;
        try {
          const pruned = await prune(day);
          dialog.close();
          toast(t("audit.pruned", { n: pruned.entries }));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          wrong = error.message;
        } finally {
          busy = false;
          dialog.redraw();
        }
      };
      return html`<p>${t("audit.prune_text", { days: least, kept: Number(boot.audit_days) })}</p>
        <div class="field"><label for="prune-day">${t("audit.prune_before")}</label>
          <input class="input" id="prune-day" inputmode="numeric" autocomplete="off" placeholder=${t("audit.day_hint")} .value=${typed} aria-invalid=${Boolean(wrong)} @input=${(/** @type {any} */ event) => { typed = event.target.value; }} />
          ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}</div>
        <div class="btn-row"><button type="button" class="btn plain" @click=${() => dialog.close()}>${t("ui.back")}</button>
          <button type="button" class="btn danger" @click=${() => void run()}>${t("audit.prune_do")}</button></div>`;
    },
  });
}
