/**
 * Annotations of the documents that this client has loaded: reducers for events of the room and of the user
 * stream. Both streams may report the same annotation in any order; its revision decides.
 *
 * A document's annotations are fetched over HTTP while events continue. Events that arrive meanwhile are queued
 * and applied to the answer if they are later than it, stream by stream.
 */
import { dequal } from "dequal/lite";

/** @typedef {import("../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("./room_state.js").Room} Room */
/** @typedef {import("./room_state.js").EventData} EventData */
/**
 * @typedef {"annotations_put"|"own_annotations_put"} PutType
 * @typedef {"annotations_removed"|"own_annotations_removed"} RemovedType
 * @typedef {{epoch:string, seq:number} & ({type:PutType, data:Pick<EventData[PutType], "items">}
 *   |{type:RemovedType, data:Pick<EventData[RemovedType], "items">})} News
 * @typedef {Record<string, Annotation>} PageMarks by id
 * @typedef {{seq:number, mine_seq:number, pages:Record<string, PageMarks>, gone:Record<string, number>,
 *   waiting:News[]|null}} PaperMarks pages by "version/page"; `gone`: revisions of removed annotations; `waiting`:
 *   events that arrived during the fetch, null once it is loaded
 */
/** @typedef {import("../lib/schemas.js").Removed} Removal */
/** @typedef {import("../lib/schemas.js").AnnotationList} Answer */
/** @typedef {"seq"|"mine_seq"} Stream */

/** Greater than or equal to every sequence number and revision. */
const LAST = Number.MAX_SAFE_INTEGER;

/** @param {number} version @param {number} page */
export const pageKey = (version, page) => `${version}/${page}`;

/** Own properties only: ids come from other clients. @template T @param {Record<string, T>|undefined} of @param {string} key */
const known = (of, key) => (of && Object.hasOwn(of, key) ? of[key] : undefined);

/** @param {PaperMarks} paper @param {Annotation} item @returns {PaperMarks} keeps the newer of two revisions */
function withPut(paper, item) {
  const key = pageKey(item.version, item.page);
  const page = known(paper.pages, key);
  const before = known(page, item.id);
  const newest = Math.max(before?.revision ?? 0, known(paper.gone, item.id) ?? 0);
  // An unchanged annotation stays the same object, so that it is not redrawn.
  if (item.revision < newest || dequal(before, item)) return paper;
  const { [item.id]: _, ...gone } = paper.gone;
  const pages = { ...paper.pages, [key]: { ...page, [item.id]: item } };
  return { ...paper, pages, gone: Object.hasOwn(paper.gone, item.id) ? gone : paper.gone };
}

/** @param {PaperMarks} paper @param {Removal} removal @returns {PaperMarks} the revision of a removed annotation stays in `gone` */
function withRemoved(paper, { id, version, page, revision }) {
  const key = pageKey(version, page);
  const marks = known(paper.pages, key);
  if ((known(marks, id)?.revision ?? 0) >= revision || (known(paper.gone, id) ?? 0) >= revision) return paper;
  const gone = { ...paper.gone, [id]: revision };
  if (!known(marks, id)) return { ...paper, gone };
  const { [id]: _, ...left } = /** @type {PageMarks} */ (marks);
  return { ...paper, gone, pages: { ...paper.pages, [key]: left } };
}

/** @param {PaperMarks} paper @param {News} news @returns {PaperMarks} */
function moved(paper, { type, data }) {
  if (type === "annotations_put" || type === "own_annotations_put") return data.items.reduce(withPut, paper);
  return data.items.reduce(withRemoved, paper);
}

/** @param {Room} room @param {string} id @param {PaperMarks} paper @returns {Room} */
const withPaper = (room, id, paper) => ({ ...room, annotations: { ...room.annotations, [id]: paper } });

/** @param {Room} room @param {string} documentId @returns {PaperMarks|undefined} */
const paperOf = (room, documentId) => known(room.annotations, documentId);

/** @param {Room} room @param {Stream} stream @param {string} documentId @param {News} news @returns {Room} */
function withNews(room, stream, documentId, news) {
  const paper = paperOf(room, documentId);
  if (!paper || (!paper.waiting && news.seq <= paper[stream])) return room;
  return withPaper(room, documentId, later(paper, news));
}

/** @param {Stream} stream @param {PutType} type @returns {import("./room_state.js").Reducer<PutType>} */
const put = (stream, type) => (room, data, _at, seq = room[stream] + 1) =>
  withNews(room, stream, data.document_id, { epoch: room.epoch, seq, type, data });

/** @param {Stream} stream @param {RemovedType} type @returns {import("./room_state.js").Reducer<RemovedType>} */
const removed = (stream, type) => (room, data, _at, seq = room[stream] + 1) =>
  withNews(room, stream, data.document_id, { epoch: room.epoch, seq, type, data });

/** @param {PaperMarks} paper @param {News} news @returns {PaperMarks} applies the event, or queues it during a fetch */
const later = (paper, news) => (paper.waiting ? { ...paper, waiting: [...paper.waiting, news] } : moved(paper, news));

/** @type {import("./room_state.js").Reducers} */
export const annotationReducers = {
  annotations_put: put("seq", "annotations_put"),
  annotations_removed: removed("seq", "annotations_removed"),
};

/** @type {import("./room_state.js").Reducers} reducers of the user stream */
export const ownAnnotationEvents = {
  own_annotations_put: put("mine_seq", "own_annotations_put"),
  own_annotations_removed: removed("mine_seq", "own_annotations_removed"),
};

/** @param {Room} room @param {string} documentId @returns {Room} its annotations are being fetched */
export function loading(room, documentId) {
  const paper = { seq: room.seq, mine_seq: room.mine_seq, pages: {}, gone: {}, waiting: [] };
  return withPaper(room, documentId, paper);
}

/**
 * Applies the answer of a fetch. An answer of another epoch, or older than the request, is discarded: the
 * document is dropped and has to be fetched again.
 * @param {Room} room @param {string} documentId @param {Answer} answer @returns {Room}
 */
export function loaded(room, documentId, answer) {
  const asked = paperOf(room, documentId);
  if (!asked?.waiting) return room;
  if (answer.epoch !== room.epoch || answer.seq < asked.seq || answer.mine_seq < asked.mine_seq) return forgotten(room, documentId);
  /** @type {Record<string, PageMarks>} */
  const pages = {};
  for (const item of answer.items) (pages[pageKey(item.version, item.page)] ??= {})[item.id] = item;
  /** @type {PaperMarks} */
  const paper = { seq: answer.seq, mine_seq: answer.mine_seq, pages, gone: {}, waiting: null };
  const missed = asked.waiting.filter((event) => event.seq > answer[Object.hasOwn(annotationReducers, event.type) ? "seq" : "mine_seq"]);
  return withPaper(room, documentId, missed.reduce(moved, paper));
}

/** @param {Room} room @param {string} documentId @returns {Room} without this document's annotations */
export function forgotten(room, documentId) {
  if (!paperOf(room, documentId)) return room;
  const { [documentId]: _, ...annotations } = room.annotations;
  return { ...room, annotations };
}

/**
 * Applies the answer to this client's request before its event arrives.
 * @param {Room} room @param {string} documentId @param {Annotation[]} items @returns {Room}
 */
export const answeredPut = (room, documentId, items) =>
  answered(room, documentId, { epoch: room.epoch, seq: LAST, type: "own_annotations_put", data: { items } });

/**
 * Removes annotations for good: no revision restores them.
 * @param {Room} room @param {string} documentId @param {Omit<Removal, "revision">[]} items @returns {Room}
 */
export function answeredRemoved(room, documentId, items) {
  const data = { items: items.map((item) => ({ ...item, revision: LAST })) };
  return answered(room, documentId, { epoch: room.epoch, seq: LAST, type: "own_annotations_removed", data });
}

/** @param {Room} room @param {string} documentId @param {News} news @returns {Room} */
function answered(room, documentId, news) {
  const paper = paperOf(room, documentId);
  return paper ? withPaper(room, documentId, later(paper, news)) : room;
}
