/** Actions on the agenda and its documents. Each is applied optimistically and sent to the server. */

import { api } from "../../lib/api.js";
import { t, count } from "../../lib/words.js";
import { finishRemovals, removeWithUndo } from "./removals.js";
import { inOrder, moved, withPaper } from "./shapes.js";
import { current, perform } from "./store.js";

/**
 * @typedef {import("../../lib/schemas.js").AgendaItemView} Item
 * @typedef {import("../../lib/schemas.js").DocumentView} Paper
 * @typedef {import("../../lib/schemas.js").Shelf} Shelf
 */

/** @param {Shelf} container */
export const containerPath = (container) => `${container.kind === "meeting" ? "/meetings" : "/agenda-items"}/${container.id}`;

/** @param {string} title */
export function addItem(title) {
  const meeting = current();
  return perform(null, () => api.post(`/meetings/${meeting.id}/agenda-items`, { title }));
}

/** @param {string} id @param {Partial<Pick<Item, "title" | "minutes" | "rapporteur">>} facts */
export function changeItem(id, facts) {
  return perform(
    (meeting) => ({ ...meeting, agenda: meeting.agenda.map((item) => (item.id === id ? { ...item, ...facts } : item)) }),
    () => api.patch(`/agenda-items/${id}`, facts),
  );
}

/** @param {Item} item @param {number} number */
export function removeItem(item, number) {
  const papers = item.documents.map((paper) => paper.id);
  const text = papers.length
    ? count("prepare.removed_item_and_papers", papers.length, { number })
    : t("prepare.removed_item", { number });
  removeWithUndo([item.id, ...papers], text, async (keepalive) => {
    await Promise.all(papers.map((id) => api.del(`/documents/${id}`, undefined, { keepalive })));
    await api.del(`/agenda-items/${item.id}`, undefined, { keepalive });
  });
}

/** @param {string[]} ids every item, in the new order */
export async function orderItems(ids) {
  await finishRemovals();
  const { id } = current();
  await perform(
    (meeting) => ({ ...meeting, agenda: inOrder(meeting.agenda, ids) }),
    () => api.put(`/meetings/${id}/agenda-order`, { ids }),
  );
}

/** @param {string} id @param {number} steps negative: up */
export function moveItem(id, steps) {
  return orderItems(moved(current().agenda, id, steps).map((item) => item.id));
}

/** @param {Shelf} container */
function papersOn(container) {
  const meeting = current();
  if (container.kind === "meeting") return meeting.documents;
  return meeting.agenda.find((item) => item.id === container.id)?.documents ?? [];
}

/** @param {Shelf} container @param {string[]} ids */
export async function orderPapers(container, ids) {
  await finishRemovals();
  await perform(
    (meeting) =>
      container.kind === "meeting"
        ? { ...meeting, documents: inOrder(meeting.documents, ids) }
        : {
            ...meeting,
            agenda: meeting.agenda.map((item) => (item.id === container.id ? { ...item, documents: inOrder(item.documents, ids) } : item)),
          },
    () => api.put(`${containerPath(container)}/document-order`, { ids }),
  );
}

/** @param {Shelf} container @param {string} id @param {number} steps */
export function movePaper(container, id, steps) {
  return orderPapers(container, moved(papersOn(container), id, steps).map((paper) => paper.id));
}

/** @param {string} id @param {{title?: string, open_to_guests?: boolean}} facts */
export function changePaper(id, facts) {
  return perform(
    (meeting) => withPaper(meeting, id, (paper) => ({ ...paper, ...facts })),
    () => api.patch(`/documents/${id}`, facts),
  );
}

/** @param {Paper} paper */
export function removePaper(paper) {
  removeWithUndo([paper.id], t("prepare.removed_paper", { title: paper.title }), (keepalive) =>
    api.del(`/documents/${paper.id}`, undefined, { keepalive }),
  );
}

/** @param {Paper[]} papers ready ones */
export function publishPapers(papers) {
  return perform(null, () => Promise.all(papers.map((paper) => api.post(`/documents/${paper.id}/publish`))));
}
