/** Changing the meeting's name, time and place, whose it is, and of which kind. */

import { html } from "lit-html";
import { api } from "../../lib/api.js";
import { openDialog } from "../../lib/dialog.js";
import { sayProblem } from "../../lib/toast.js";
import { t } from "../../lib/words.js";
import { bodyFields, loadChoices } from "../meeting_body.js";
import { draftOf, factsOf, focusWrong, meetingFields, wrongIn } from "../meeting_fields.js";
import { current, perform } from "./store.js";

export function openDetails() {
  const meeting = current();
  const draft = draftOf(meeting);
  const body = { kind: meeting.kind, unit_id: meeting.unit_id };
  /** @type {import("../meeting_body.js").Choices | null} */
  let choices = null;
  /** @param {SubmitEvent} event @param {import("../../lib/dialog.js").Opened} opened */
  const submit = async (event, opened) => {
    event.preventDefault();
    draft.wrong = wrongIn(draft);
    opened.redraw();
    if (Object.keys(draft.wrong).length) return focusWrong(draft, opened.element);
    const facts = { ...factsOf(draft), ...body };
    const done = await perform((now) => ({ ...now, ...facts }), () => api.patch(`/meetings/${meeting.id}`, facts));
    if (done) opened.close();
    return undefined;
  };
  const dialog = openDialog({
    title: t("prepare.details"),
    broad: true,
    body: (opened) => html`<form class="form details" novalidate @submit=${(/** @type {SubmitEvent} */ event) => submit(event, opened)}>
      ${meetingFields(draft, opened.redraw)} ${choices ? bodyFields(body, choices) : ""}
      <div class="btn-row">
        <button type="button" class="btn plain" @click=${() => opened.close()}>${t("ui.back")}</button>
        <button class="btn ink">${t("ui.save")}</button>
      </div>
    </form>`,
  });
  loadChoices().then((found) => {
    choices = found;
    if (dialog.element.open) dialog.redraw();
  }, sayProblem);
}
