/** The top bar: the title of the page, and the next step of the meeting. */

import { html, nothing } from "lit-html";
import { boot, href } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { count, t } from "../../lib/words.js";
import { signOut } from "../frame.js";
import { openAttendees } from "./attendees.js";
import { openDetails } from "./details.js";
import { deleteMeeting, openMeeting, publishLatePapers, publishMeeting } from "./publish.js";
import { awaitsPublishing, isDraft, isOver, papersOf } from "./shapes.js";
import { current } from "./store.js";

/** Whether the user may change the meeting's status. An administrator may only prepare it. */
function isStaff() {
  const me = current().participants.find((person) => person.user_id === boot.user?.id);
  return me?.role === "chair" || me?.role === "secretary";
}

const room = () => href(`/meetings/${current().id}`);

/** @param {import("../../lib/schemas.js").MeetingView} meeting */
const enterWords = (meeting) => t(isOver(meeting) ? "meetings.read_again" : "meetings.enter");

/** @param {HTMLElement} button */
function openBarMenu(button) {
  const meeting = current();
  const deletable = meeting.status === "draft" || meeting.status === "published";
  const changes = [
    { label: t("prepare.details"), icon: "pencil", run: openDetails },
    { label: t("prepare.choose_people"), icon: "users", run: openAttendees },
  ];
  openMenu(button, [
    ...(isOver(meeting) ? [] : changes),
    { label: enterWords(meeting), icon: "arrow-right", href: room() },
    null,
    { label: t("account.title"), icon: "circle-user", href: href("/account") },
    { label: t("ui.sign_out"), icon: "log-out", run: signOut },
    ...(deletable ? [null, { label: t("prepare.delete"), icon: "trash-2", danger: true, run: deleteMeeting }] : []),
  ]);
}

function nextStep() {
  const meeting = current();
  const enter = (/** @type {string} */ tone) => html`<a class="btn ${tone}" href=${room()}>${enterWords(meeting)}</a>`;
  if (!isStaff()) return enter("ink");
  if (isDraft(meeting)) {
    return html`<button type="button" class="btn ink" ?disabled=${!meeting.agenda.length} @click=${publishMeeting}>${t("prepare.publish")}</button>`;
  }
  const late = isOver(meeting) ? [] : papersOf(meeting).filter(awaitsPublishing);
  if (late.length) {
    return html`<span class="beside">${enter("plain")}</span><button type="button" class="btn ink" @click=${publishLatePapers}>${count("prepare.publish_late", late.length)}</button>`;
  }
  if (meeting.status === "published") {
    return html`<span class="beside">${enter("plain")}</span><button type="button" class="btn room" @click=${openMeeting}>${t("prepare.open")}</button>`;
  }
  return enter("ink");
}

export function barView() {
  const unit = current().unit_name || document.getElementById("bar")?.dataset.unit;
  return html`
    <a class="btn quiet icon-only back" href=${href("/")} aria-label=${t("prepare.back_to_meetings")}>${icon("arrow-left")}</a>
    <a class="brand" href=${href("/")}>${t("app.name")}</a>
    ${unit ? html`<span class="body-name">${unit}</span>` : nothing}
    <nav aria-label=${t("prepare.steps")}>
      <button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("prepare.meeting_menu")}
        @click=${(/** @type {Event} */ event) => openBarMenu(/** @type {HTMLElement} */ (event.currentTarget))}>${icon("ellipsis")}</button>
      ${nextStep()}
    </nav>`;
}
