/** Groups the annotations and notes of one user by meeting and document. Pure. */
import { extents } from "../../ink/model/shapes.js";
import { markTypeOf } from "../../ink/tools/index.js";
import { clusters } from "../../notes/ink_clusters.js";

/** @typedef {import("../../notes/shown_notes.js").ShownNote} ShownNote */
/**
 * @typedef {import("../../lib/schemas.js").OwnAnnotation} Mark
 * @typedef {{key:string, kind:Mark["kind"], first:Mark, marks:Mark[]}} Entry `first`: the earliest of its annotations
 * @typedef {{id:string, title:string, marks:Mark[], entries:Entry[]}} PaperGroup
 * @typedef {{id:string|null, title:string|null, starts_at:string|null, notes:ShownNote[], papers:PaperGroup[], newest:string}} Group
 */

/** @param {Mark[]} marks @param {ShownNote[]} notes @returns {Group[]} newest first */
export function groupsOf(marks, notes) {
  /** @type {Map<string|null, Group>} */
  const groups = new Map();
  /** @param {{meeting_id:string|null, meeting_title:string|null, meeting_starts_at:string|null, created_at:string}} one */
  const groupOf = (one) => {
    const group = groups.get(one.meeting_id) ?? { id: one.meeting_id, title: null, starts_at: null, notes: [], papers: [], newest: "" };
    group.title ??= one.meeting_title;
    group.starts_at ??= one.meeting_starts_at;
    if (one.created_at > group.newest) group.newest = one.created_at;
    groups.set(one.meeting_id, group);
    return group;
  };
  for (const note of notes) groupOf(note).notes.push(note);
  for (const [id, own] of byPaper(marks)) {
    const [newest] = own;
    if (newest) groupOf(newest).papers.push({ id, title: newest.document_title, marks: own, entries: [] });
  }
  return [...groups.values()].sort((a, b) => (a.newest < b.newest ? 1 : -1));
}

/** @param {Mark[]} marks @returns {Map<string, Mark[]>} */
function byPaper(marks) {
  /** @type {Map<string, Mark[]>} */
  const papers = new Map();
  for (const mark of marks) papers.set(mark.document_id, [...(papers.get(mark.document_id) ?? []), mark]);
  return papers;
}

/** @param {Mark[]} marks of one document @returns {Entry[]} in page order, entries on earlier versions last */
export function entriesOf(marks) {
  /** @type {Map<string, Mark[]>} */
  const strokes = new Map();
  /** @type {Entry[]} */
  const entries = [];
  for (const mark of [...marks].reverse()) {
    const together = [mark.version, mark.page, mark.audience, mark.user_id].join("/");
    if (markTypeOf(mark).clusters) strokes.set(together, [...(strokes.get(together) ?? []), mark]);
    else entries.push(entryOf([mark]));
  }
  for (const page of strokes.values()) entries.push(...clusters(page).map(entryOf));
  return entries.sort(inReadingOrder);
}

/** @param {Mark[]} marks earliest first @returns {Entry} */
function entryOf(marks) {
  const first = /** @type {Mark} */ (marks[0]);
  return { key: first.id, kind: first.kind, first, marks };
}

/** @param {Entry} entry */
const topOf = ({ marks }) => Math.min(...marks.map((mark) => extents(mark.geometry)[1]));

/** @param {Entry} a @param {Entry} b */
const inReadingOrder = (a, b) => b.first.version - a.first.version || a.first.page - b.first.page || topOf(a) - topOf(b) || (a.key < b.key ? -1 : 1);
