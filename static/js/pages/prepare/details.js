/** Changing the meeting's name, time and place. */

import { html } from "lit-html";
import { api } from "../../lib/api.js";
import { openDialog } from "../../lib/dialog.js";
import { t } from "../../lib/words.js";
import { draftOf, factsOf, focusWrong, meetingFields, wrongIn } from "../meeting_fields.js";
import { current, perform } from "./store.js";

export function openDetails() {
  const meeting = current();
  const draft = draftOf(meeting);
  /** @param {SubmitEvent} event @param {import("../../lib/dialog.js").Opened} opened */
  const submit = async (event, opened) => {
    event.preventDefault();
    draft.wrong = wrongIn(draft);
    opened.redraw();
    if (Object.keys(draft.wrong).length) return focusWrong(draft, opened.element);
    const facts = factsOf(draft);
    const done = await perform((now) => ({ ...now, ...facts }), () => api.patch(`/meetings/${meeting.id}`, facts));
    if (done) opened.close();
    return undefined;
  };
  openDialog({
    title: t("prepare.details"),
    broad: true,
    body: (opened) => html`<form class="form details" novalidate @submit=${(/** @type {SubmitEvent} */ event) => submit(event, opened)}>
      ${meetingFields(draft, opened.redraw)}
      <div class="btn-row">
        <button type="button" class="btn plain" @click=${() => opened.close()}>${t("ui.back")}</button>
        <button class="btn ink">${t("ui.save")}</button>
      </div>
    </form>`,
  });
}
