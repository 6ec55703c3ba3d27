/** Merges the server's notes with the changes in the outbox, for display. Pure. */

/** @typedef {import("../ink/model/operations.js").Op} Op */
/** @typedef {import("./note_state.js").Note} Note */
/** @typedef {import("./note_state.js").Notes} Notes */
/** @typedef {{id:string, title:string|null, starts_at:string|null}} MeetingName */
/**
 * @typedef {Note & {waiting: number|null, offer: Op|null}} ShownNote `waiting`: time of its last unsent
 *   change, ms; `offer`: a refused change that its author has to decide about
 */

/** @param {ShownNote} a @param {ShownNote} b the newest first */
const newestFirst = (a, b) => (a.created_at === b.created_at ? (a.id < b.id ? 1 : -1) : a.created_at < b.created_at ? 1 : -1);

/**
 * @param {Notes} notes @param {Op[]} ops changes in the outbox, in order
 * @param {(meetingId: string|null) => MeetingName|null} meetingOf @returns {ShownNote[]} the newest first
 */
export function shownNotes(notes, ops, meetingOf) {
  /** @type {Map<string, ShownNote>} */
  const shown = new Map();
  for (const note of notes.known.values()) shown.set(note.id, { ...note, waiting: null, offer: null });
  for (const op of ops) {
    if (op.target !== "notes") continue;
    const known = shown.get(op.id);
    const next = op.verb === "remove" ? removed(known, op) : written(known, op, meetingOf);
    if (next) shown.set(op.id, next);
    else shown.delete(op.id);
  }
  return [...shown.values()].sort(newestFirst);
}

/** @param {ShownNote|undefined} known @param {Op} op @returns {ShownNote|null} the note if its deletion was refused */
const removed = (known, op) => (op.refused && known ? known : null);

/** @param {ShownNote|undefined} known @param {Op} op @param {(meetingId: string|null) => MeetingName|null} meetingOf @returns {ShownNote|null} */
function written(known, op, meetingOf) {
  const at = new Date(op.made).toISOString();
  if (!known) {
    // A note not created yet, or one deleted elsewhere: then the refused change has the only copy of its text.
    if (op.verb === "change" && !op.refused) return null;
    const meeting = meetingOf(op.draft.meeting_id);
    return {
      id: op.id, text: op.draft.text, meeting_id: op.draft.meeting_id, meeting_title: meeting?.title ?? null,
      meeting_starts_at: meeting?.starts_at ?? null, revision: 0, created_at: at, updated_at: at,
      waiting: op.refused ? null : op.made, offer: op.refused ? op : null,
    };
  }
  // The server has created it, and the outbox will remove the change: show the server's note.
  if (op.verb === "create") return known;
  if (op.refused) return { ...known, offer: op };
  return { ...known, text: op.draft.text, updated_at: at, waiting: op.made };
}
