/** A person's own notes of the meeting. They need the ink's outbox, and are loaded with it. */

/** @type {import("../room/feature.js").Feature} */
export const notes = { name: "notes", later: true };
