/** The notes as their owner sees them: what the server has, with what waits on this tablet laid over it. Pure. */

/** @typedef {import("../ink/model/operations.js").Op} Op */
/** @typedef {import("./note_state.js").Note} Note */
/** @typedef {import("./note_state.js").Notes} Notes */
/** @typedef {{id:string, title:string|null, starts_at:string|null}} MeetingName */
/**
 * @typedef {Note & {waiting: number|null, offer: Op|null}} ShownNote `waiting`: since when something of it
 *   waits here, ms; `offer`: what the server refused and its writer has to decide about
 */

/** @param {ShownNote} a @param {ShownNote} b the newest first */
const newestFirst = (a, b) => (a.created_at === b.created_at ? (a.id < b.id ? 1 : -1) : a.created_at < b.created_at ? 1 : -1);

/**
 * @param {Notes} notes @param {Op[]} ops what waits, in order
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

/** @param {ShownNote|undefined} known @param {Op} op @returns {ShownNote|null} a deletion that was refused did not happen */
const removed = (known, op) => (op.refused && known ? known : null);

/** @param {ShownNote|undefined} known @param {Op} op @param {(meetingId: string|null) => MeetingName|null} meetingOf @returns {ShownNote|null} */
function written(known, op, meetingOf) {
  const at = new Date(op.made).toISOString();
  if (!known) {
    // Waits to be made, or was deleted elsewhere while it was changed here: then its words are here alone.
    if (op.verb === "change" && !op.refused) return null;
    const meeting = meetingOf(op.draft.meeting_id);
    return {
      id: op.id, text: op.draft.text, meeting_id: op.draft.meeting_id, meeting_title: meeting?.title ?? null,
      meeting_starts_at: meeting?.starts_at ?? null, revision: 0, created_at: at, updated_at: at,
      waiting: op.refused ? null : op.made, offer: op.refused ? op : null,
    };
  }
  // It arrived and is about to stop waiting: the server's one is shown.
  if (op.verb === "create") return known;
  if (op.refused) return { ...known, offer: op };
  return { ...known, text: op.draft.text, updated_at: at, waiting: op.made };
}
