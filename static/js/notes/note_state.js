/**
 * This person's own notes that lie on no page, as far as the server told of them: answers, lists and
 * events come in any order, and the newest revision stays. Pure.
 */

/**
 * @typedef {import("../lib/schemas.js").NoteView} Note
 * @typedef {{known: ReadonlyMap<string, Note>, gone: ReadonlyMap<string, number>}} Notes
 *   `gone`: the revision with which a note went
 */

/** @type {Notes} */
export const noNotes = { known: new Map(), gone: new Map() };

/** @param {Notes} notes @param {Note} note @returns {Notes} a note that was there before may have lost its meeting since */
export function withNote(notes, note) {
  const newest = Math.max(notes.known.get(note.id)?.revision ?? 0, notes.gone.get(note.id) ?? 0);
  return note.revision < newest ? notes : { ...notes, known: new Map(notes.known).set(note.id, note) };
}

/** @param {Notes} notes @param {{id:string, revision:number}} removal deleted is deleted, whatever comes late @returns {Notes} */
export function withoutNote(notes, { id, revision }) {
  const known = new Map(notes.known);
  known.delete(id);
  return { known, gone: new Map(notes.gone).set(id, Math.max(revision, notes.gone.get(id) ?? 0)) };
}

/**
 * A whole list was read. What was known when it was asked for and is not in it is there no more.
 * @param {Notes} notes @param {Note[]} items @param {Iterable<string>} before ids that were known then @returns {Notes}
 */
export function withList(notes, items, before) {
  const listed = new Set(items.map(({ id }) => id));
  const known = new Map(notes.known);
  for (const id of before) if (!listed.has(id)) known.delete(id);
  return items.reduce(withNote, { ...notes, known });
}

/** @param {Notes} notes @param {import("../live/room_state.js").RoomEvent} event one of this person's own @returns {Notes} */
export function afterOwnEvent(notes, event) {
  if (event.type === "own_note_put") return withNote(notes, event.data.note);
  return event.type === "own_note_removed" ? withoutNote(notes, event.data) : notes;
}
