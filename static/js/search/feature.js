/** Search in the documents of the meeting: a field in the drawer, and the places marked on the page. */

/** @type {import("../room/feature.js").Feature} */
export const search = { name: "search", later: true };
