/** Dialog for the meeting's name, time, place, unit and kind, and whether members may annotate for the room. */

import { html } from "lit-html";
import { api } from "../../lib/api.js";
import { openDialog } from "../../lib/ui/dialog.js";
import { sayProblem } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { bodyFields, loadChoices } from "../meeting_body.js";
import { draftOf, factsOf, focusWrong, meetingFields, wrongIn } from "../meeting_fields.js";
import { current, perform } from "./store.js";

export function openDetails() {
  const meeting = current();
  const draft = draftOf(meeting);
  const body = { kind: meeting.kind, unit_id: meeting.unit_id };
  let memberWriting = meeting.member_writing;
  /** @type {import("../meeting_body.js").Choices | null} */
  let choices = null;
  /** @param {SubmitEvent} event @param {import("../../lib/ui/dialog.js").Opened} opened */
  const submit = async (event, opened) => {
    event.preventDefault();
    draft.wrong = wrongIn(draft);
    opened.redraw();
    if (Object.keys(draft.wrong).length) return focusWrong(draft, opened.element);
    // An unchanged setting is not sent, because it may have been changed in the room meanwhile.
    const writing = memberWriting === meeting.member_writing ? {} : { member_writing: memberWriting };
    const facts = { ...factsOf(draft), ...body, ...writing };
    const done = await perform((now) => ({ ...now, ...facts }), () => api.patch(`/meetings/${meeting.id}`, facts));
    if (done) opened.close();
    return undefined;
  };
  const dialog = openDialog({
    title: t("prepare.details"),
    broad: true,
    body: (opened) => html`<form class="form details" novalidate @submit=${(/** @type {SubmitEvent} */ event) => submit(event, opened)}>
      ${meetingFields(draft, opened.redraw)} ${choices ? bodyFields(body, choices) : ""}
      <label class="choice switch"><input type="checkbox" role="switch" .checked=${memberWriting}
        @change=${(/** @type {Event} */ event) => { memberWriting = /** @type {HTMLInputElement} */ (event.target).checked; }}>
        <span>${t("room.member_writing")}<span class="hint">${t("prepare.member_writing_why")}</span></span></label>
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
