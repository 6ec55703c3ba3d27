/** Reducers of durable events for documents, and look-up of a document in its container. */
import { forgotten } from "./annotations.js";

/** @typedef {import("./room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../lib/schemas.js").AgendaItemView} Item */
/** @typedef {import("../lib/schemas.js").Shelf} Shelf */

/** @param {Paper[]} papers @returns {Paper[]} */
const inOrder = (papers) => [...papers].sort((a, b) => a.position - b.position);

/** @param {Room} room @param {Shelf} shelf @param {(papers: Paper[]) => Paper[]} change @returns {Room} */
function inContainer(room, shelf, change) {
  const meeting = room.meeting;
  if (shelf.kind === "meeting") {
    return { ...room, meeting: { ...meeting, documents: inOrder(change(meeting.documents)) } };
  }
  const agenda = meeting.agenda.map((item) =>
    item.id === shelf.id ? { ...item, documents: inOrder(change(item.documents)) } : item,
  );
  return { ...room, meeting: { ...meeting, agenda } };
}

/** @param {Room} room @param {(papers: Paper[]) => Paper[]} change @returns {Room} */
function inEveryContainer(room, change) {
  const agenda = room.meeting.agenda.map((item) => ({ ...item, documents: change(item.documents) }));
  return { ...room, meeting: { ...room.meeting, agenda, documents: change(room.meeting.documents) } };
}

/** @type {import("./room_state.js").Reducers} */
export const documentReducers = {
  document_put: (room, data) => {
    /** @type {Paper} */
    const paper = data.document;
    const elsewhere = inEveryContainer(room, (papers) => papers.filter((one) => one.id !== paper.id));
    return inContainer(elsewhere, data.shelf, (papers) => [...papers, paper]);
  },

  document_removed: (room, data) =>
    inEveryContainer(forgotten(room, data.document_id), (papers) => papers.filter((one) => one.id !== data.document_id)),

  documents_reordered: (room, data) => {
    /** @type {string[]} */
    const ids = data.ids;
    return inContainer(room, data.shelf, (papers) => {
      const first = Math.min(...papers.map((one) => one.position), 1);
      return papers.map((one) => {
        const at = ids.indexOf(one.id);
        return at < 0 ? one : { ...one, position: first + at };
      });
    });
  },
};

/**
 * Applies the processing progress of a document (ephemeral channel: a later message replaces it).
 * @param {Room} room @param {import("../lib/schemas.js").RoomProgressPacket} news
 * @returns {Room}
 */
export function withProgress(room, news) {
  return inEveryContainer(room, (papers) =>
    papers.map((paper) =>
      paper.id === news.document_id && paper.version && paper.version.number === news.version
        ? { ...paper, version: { ...paper.version, status: news.status, progress: { done: news.done, total: news.total } } }
        : paper,
    ),
  );
}

/** @param {Room} room @param {string|null|undefined} id @returns {Paper|null} */
export function paperById(room, id) {
  if (!id) return null;
  for (const paper of room.meeting.documents) if (paper.id === id) return paper;
  for (const item of room.meeting.agenda) {
    for (const paper of item.documents) if (paper.id === id) return paper;
  }
  return null;
}

/** @param {Room} room @param {string|null|undefined} id @returns {Item|null} the item that the document belongs to */
export function itemOfPaper(room, id) {
  return room.meeting.agenda.find((item) => item.documents.some((paper) => paper.id === id)) ?? null;
}
