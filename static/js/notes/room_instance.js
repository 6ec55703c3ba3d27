/** A person's own notes of the meeting: a panel beside the page, and links to the list of all their notes. */
import { href } from "../lib/boot.js";
import { extended } from "../lib/extended.js";
import { t } from "../lib/words.js";
import { MeetingNotes } from "./meeting_notes.js";
import { notesPanel } from "./meeting_panel.js";

/** @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"room"|"behind"|"drawer"|"redraw"|"ink">} NotesNeeds */
/** @typedef {NotesNeeds & {notes: MeetingNotes}} NotesContext */

/** Width of the panel; the same value as in its style sheet. */
const PANEL_PX = 380;

/** @param {NotesNeeds} context @returns {import("../room/feature.js").FeatureInstance} */
export function create(context) {
  const own = new MeetingNotes(context);
  /** @type {NotesContext} */
  const parts = extended(context, { notes: own });
  const entry = { label: t("notes.of_meeting"), icon: "notebook-pen", run: () => own.show() };
  return {
    start: () => context.ink.started().then((outbox) => own.start(outbox)),
    onJoined: () => own.joined(),
    onOwnEvent: (event) => own.own(event),
    width: () => (own.open ? { panel: PANEL_PX } : {}),
    className: () => (own.open ? "with-notes" : ""),
    regions: {
      sidePanel: [{ at: 10, view: () => notesPanel(parts) }],
      pageMenu: [{ at: 10, view: () => entry }],
      menu: [
        { at: 10, view: () => entry },
        { at: 20, view: () => ({ label: t("notes.all_mine"), icon: "sticky-note", href: href(`/notes?room=${context.room.meeting.id}`) }) },
      ],
    },
  };
}
