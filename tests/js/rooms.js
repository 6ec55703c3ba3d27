/** Rooms and papers for the tests. */

/** @param {string} id @param {Partial<import("../../static/js/lib/schemas.js").DocumentView>} [more] */
export const paper = (id, more = {}) => ({
  id, title: id, kind: null, current_version: 1, published_at: "2026-11-24T01:00:00Z", open_to_guests: false, position: 1,
  version: {
    number: 1, status: "ready", page_count: 12, progress: { done: 12, total: 12 }, bytes: 1, sha256: "x",
    page_sizes: /** @type {[number, number, number][]} */ ([[12, 595, 842]]),
  },
  ...more,
});

/** @param {string} id @param {number} position @param {object[]} [documents] */
export const item = (id, position, documents = []) => ({ id, title: `Title ${id}`, position, minutes: 10, rapporteur: null, documents });

/** @param {string} user_id @param {string} role @param {string} [display_name] */
export const person = (user_id, role, display_name = user_id) => ({
  user_id, display_name, role, entitled_to_vote: role === "member", seat: null, attendance: null,
});

/** @param {object} [meeting] @param {object} [more] @returns {import("../../static/js/live/room_state.js").Room} */
export const room = (meeting = {}, more = {}) =>
  /** @type {any} */ ({
    epoch: "e", seq: 5, mine_seq: 0, annotations: {}, presence: null,
    me: { user_id: "me", role: "member", entitled_to_vote: true }, polls: [], my_ballots: [], votes: [],
    live: { term: 1, rev: 1, document_id: null, version: null, page: null, view: null, presenter: "sec" },
    ...more,
    meeting: {
      id: "m", title: "Meeting", kind: null, status: "in_session", starts_at: "2026-11-24T02:00:00Z", ends_at: null, place: "",
      current_item_id: null, current_since: null, resumes_at: null, agenda: [], documents: [],
      participants: [person("me", "member"), person("sec", "secretary"), person("chair", "chair")], guests: [], presenter: "sec",
      member_writing: true, quorum_rule: { numerator: 2, denominator: 3, comparison: ">=" }, ...meeting,
    },
  });
