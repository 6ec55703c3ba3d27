/** Cancels an open or ended vote, after a confirmation with a reason for the record. */
import { html, nothing } from "lit-html";
import { openDialog } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { randomKey } from "./chair_actions.js";
import { waits } from "./waits.js";
import { reasonField } from "../../lib/ui/reason_field.js";
import { pollById } from "../model/vote_state.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */

/** @param {VotingContext} context @param {string} pollId */
export function openCancel(context, pollId) {
  const key = randomKey();
  const draft = { reason: "", wrong: "" };
  const opened = openDialog({
    title: t("chair.cancel_question"),
    broad: true,
    body: (dialog) => {
      const poll = pollById(context.room, pollId);
      if (!poll || (poll.status !== "open" && poll.status !== "closed")) {
        queueMicrotask(() => dialog.close());
        return nothing;
      }
      const send = async () => {
        draft.wrong = draft.reason.trim() ? "" : t("chair.reason_needed");
        if (draft.wrong) {
          dialog.redraw();
          /** @type {HTMLElement|null} */ (dialog.element.querySelector("textarea"))?.focus();
          return;
        }
        const outcome = await context.chairController.verbs.cancel(poll, draft.reason.trim(), key);
        draft.wrong = outcome.problem?.message ?? "";
        if (!outcome.done) return dialog.redraw();
        toast(t("chair.cancelled"));
        dialog.close(true);
      };
      return html`<div class="said">
          <p class="vote-title">${poll.title}</p>
          <p>${t(poll.status === "open" ? "chair.cancel_open" : "chair.cancel_ended")}</p>
          ${reasonField({ id: "cancel-reason", label: t("chair.cancel_reason"), value: draft.reason, wrong: draft.wrong, put: (text) => { draft.reason = text; draft.wrong = ""; dialog.redraw(); } })}
          ${context.online ? nothing : html`<p class="notice" role="status">${icon("wifi-off")}<span>${t("chair.offline")}</span></p>`}
        </div>
        <div class="btn-row">
          <button type="button" class="btn plain" data-first @click=${() => dialog.close()}>${t("ui.back")}</button>
          <button type="button" class="btn room" ?disabled=${waits(context)} @click=${send}><span>${t("chair.cancel")}</span></button>
        </div>`;
    },
  });
  return context.keepDrawn(opened);
}
