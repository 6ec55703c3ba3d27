/** Joins the desk of marks and the hand that writes to what the ink of a page speaks to. */

/** @typedef {import("./ports.js").Ink} Ink */

/**
 * @param {import("./ink_desk.js").InkDesk} desk @param {import("./hand.js").Hand} hand
 * @param {() => boolean} mayWrite @returns {Ink}
 */
export function inkOf(desk, hand, mayWrite) {
  return {
    me: desk.me,
    mayWrite,
    marks: (documentId, version, page) => desk.marks(documentId, version, page),
    add: (drafts) => desk.add(drafts),
    changeAll: (changes) => desk.changeAll(changes),
    remove: (ids) => desk.remove(ids),
    undo: () => desk.undo(),
    redo: () => desk.redo(),
    wet: (id, place, style, points) => desk.wet(id, place, style, points, hand.audience().audience),
    wetGone: (id) => desk.wetGone(id),
    wetStrokes: ({ document_id, version, page }) => desk.wetInk.strokes(document_id, version, page),
    newId: () => desk.newId(),
    styleOf: (tool) => hand.styleOf(tool),
    audience: () => hand.audience(),
    words: (place) => desk.words(place),
    subscribe: (changed) => desk.subscribe(changed),
    subscribeWet: (changed) => desk.wetInk.subscribe(changed),
  };
}
