/**
 * State of the person's own notes that are not on a page, as received from the server. Responses, lists and events may
 * arrive in any order; the newest revision wins. Pure.
 */

/**
 * @typedef {import("../lib/schemas.js").NoteView} Note
 * @typedef {{known: ReadonlyMap<string, Note>, gone: ReadonlyMap<string, number>}} Notes
 *   `gone`: the revision of each removed note
 */

/** @type {Notes} */
export const noNotes = { known: new Map(), gone: new Map() };

/**
 * Adds a note unless a newer revision is known. An equal revision replaces the note: it may have lost its meeting since.
 * @param {Notes} notes @param {Note} note @returns {Notes}
 */
export function withNote(notes, note) {
  const newest = Math.max(notes.known.get(note.id)?.revision ?? 0, notes.gone.get(note.id) ?? 0);
  return note.revision < newest ? notes : { ...notes, known: new Map(notes.known).set(note.id, note) };
}

/** @param {Notes} notes @param {{id:string, revision:number}} removal @returns {Notes} without it; older revisions are then ignored */
export function withoutNote(notes, { id, revision }) {
  const known = new Map(notes.known);
  known.delete(id);
  return { known, gone: new Map(notes.gone).set(id, Math.max(revision, notes.gone.get(id) ?? 0)) };
}

/**
 * Merges a complete list. Notes that were known at its request and are not in it are removed.
 * @param {Notes} notes @param {Note[]} items @param {Iterable<string>} before ids known at the request @returns {Notes}
 */
export function withList(notes, items, before) {
  const listed = new Set(items.map(({ id }) => id));
  const known = new Map(notes.known);
  for (const id of before) if (!listed.has(id)) known.delete(id);
  return items.reduce(withNote, { ...notes, known });
}

/** @param {Notes} notes @param {import("../live/room_state.js").RoomEvent} event of the user stream @returns {Notes} */
export function afterOwnEvent(notes, event) {
  if (event.type === "own_note_put") return withNote(notes, event.data.note);
  return event.type === "own_note_removed" ? withoutNote(notes, event.data) : notes;
}
