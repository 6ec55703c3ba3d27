/** "Ghi nhận thay": a ballot entered for a member without a device: person, choice, reason; a second person confirms it. */
import { html, nothing } from "lit-html";
import { openDialog } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { randomKey } from "./chair_actions.js";
import { waits } from "./waits.js";
import { reasonField } from "../../lib/ui/reason_field.js";
import { nameOf, peopleNamed, pollById, progressOf } from "../model/vote_state.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */
/** @typedef {{user_id: string, choice: string, reason: string, wrong: string, key: string}} Draft */

const QUICK = ["record.reason_none", "record.reason_battery", "record.reason_line", "record.reason_health"];

/** @param {VotingContext} context @param {string} pollId @param {string} userId */
export function openRecord(context, pollId, userId) {
  /** @type {Draft} */
  const draft = { user_id: userId, choice: "", reason: "", wrong: "", key: randomKey() };
  return context.keepDrawn(openDialog({
    title: t("record.title"),
    broad: true,
    body: (dialog) => {
      const poll = pollById(context.room, pollId);
      if (poll?.status !== "open") {
        queueMicrotask(() => dialog.close());
        return nothing;
      }
      return recordView(context, poll, draft, dialog);
    },
  }));
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {Opened} dialog */
async function recordBallot(context, poll, draft, dialog) {
  draft.wrong = !draft.choice ? t("record.choice_needed") : draft.reason.trim() ? "" : t("chair.reason_needed");
  if (draft.wrong) return dialog.redraw();
  const entry = { user_id: draft.user_id, choice: draft.choice, reason: draft.reason.trim() };
  const outcome = await context.chairController.verbs.record(poll, entry, draft.key);
  draft.wrong = outcome.problem?.message ?? "";
  if (!outcome.done) return dialog.redraw();
  toast(t("record.entered", { name: nameOf(context.room, draft.user_id) }));
  return dialog.close(true);
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {Opened} dialog */
function recordView(context, poll, draft, dialog) {
  const put = (/** @type {Partial<Draft>} */ facts) => {
    Object.assign(draft, facts, { wrong: "", key: randomKey() });
    dialog.redraw();
  };
  return html`<div class="said record">
      <p class="quiet">${poll.title}</p>
      ${personField(context, poll, draft, put)}
      <fieldset><legend class="label">${t("record.choice")}</legend>
        <div class="equal-choices">${poll.options.map((one) => html`<label class="equal-choice"><input type="radio" name="recorded" value=${one.key} .checked=${draft.choice === one.key}
          @change=${() => put({ choice: one.key })}><span>${one.label}</span></label>`)}</div></fieldset>
      ${reasonField({ id: "record-reason", label: t("record.reason"), value: draft.reason, quick: QUICK.map((key) => t(key)), put: (reason) => put({ reason }) })}
      ${draft.wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${draft.wrong}</span></p>` : nothing}
      <p class="quiet">${t("record.waits_for_second")}</p>
      ${context.online ? nothing : html`<p class="notice" role="status">${icon("wifi-off")}<span>${t("chair.offline")}</span></p>`}
    </div>
    <div class="btn-row">
      <button type="button" class="btn plain" data-first @click=${() => dialog.close()}>${t("ui.back")}</button>
      <button type="button" class="btn ink ${context.chairController.busy ? "busy" : ""}" ?disabled=${waits(context)} @click=${() => void recordBallot(context, poll, draft, dialog)}><span>${t("record.send")}</span></button>
    </div>`;
}

/** @param {VotingContext} context @param {Poll} poll @param {Draft} draft @param {(facts: Partial<Draft>) => void} put */
function personField(context, poll, draft, put) {
  const { waiting } = progressOf(context.room, poll);
  const ids = waiting.includes(draft.user_id) ? waiting : [draft.user_id, ...waiting];
  return html`<div class="field"><label for="record-person">${t("record.person")}</label>
    <div class="pick"><select class="input" id="record-person" @change=${(/** @type {Event} */ event) => put({ user_id: /** @type {HTMLSelectElement} */ (event.target).value })}>
      ${peopleNamed(context.room, ids).map((one) => html`<option value=${one.user_id} ?selected=${one.user_id === draft.user_id}>${one.display_name}</option>`)}
    </select>${icon("chevron-down")}</div></div>`;
}
