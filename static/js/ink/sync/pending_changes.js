/**
 * What a page shows: what the server has, with what waits on this tablet laid over it, in drawing order.
 * Pure; the same input gives the same objects, so that who draws sees what changed.
 */

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/operations.js").Draft} Draft */
/** @typedef {import("../model/operations.js").Op} Op */
/** @typedef {import("../../live/annotations.js").PageMarks} PageMarks */
/** @typedef {{user_id:string, name:string}} Me */

/** @type {WeakMap<Draft, Annotation>} */
const waitingOnes = new WeakMap();
/** @type {WeakMap<object, {of: Annotation, annotation: Annotation}>} by patch */
const changedOnes = new WeakMap();

/** @param {Annotation} a @param {Annotation} b earlier ones lie under later ones; ids sort in the order of making */
const inOrder = (a, b) => (a.created_at === b.created_at ? (a.id < b.id ? -1 : 1) : a.created_at < b.created_at ? -1 : 1);

/** @param {Op} op @param {Me} me @returns {Annotation} as it will stand; revision 0: the server does not have it */
export function waitingOne({ draft, made }, me) {
  const known = waitingOnes.get(draft);
  if (known) return known;
  const at = new Date(made).toISOString();
  const annotation = { ...draft, user_name: null, author: me.user_id, author_name: me.name, revision: 0, created_at: at, updated_at: at };
  waitingOnes.set(draft, annotation);
  return annotation;
}

/** @param {Annotation} annotation @param {Op} op @returns {Annotation} */
function changedOne(annotation, { patch }) {
  const known = changedOnes.get(patch);
  if (known?.of === annotation) return known.annotation;
  const changed = { ...annotation, ...patch };
  changedOnes.set(patch, { of: annotation, annotation: changed });
  return changed;
}

/** @type {WeakMap<PageMarks, Annotation[]>} */
const orders = new WeakMap();

/** @param {PageMarks} page @returns {Annotation[]} sorted once for as long as nothing arrives or goes there */
function inDrawingOrder(page) {
  const known = orders.get(page);
  if (known) return known;
  const list = Object.values(page).sort(inOrder);
  orders.set(page, list);
  return list;
}

/**
 * What is taken back from the room is gone from the room's lane a moment before this person's own lane has it.
 * @param {Op} op whether it is shown though the server has no such thing
 */
const standsByItself = ({ verb, patch, refused }) =>
  verb === "create" || (verb === "change" && !refused && patch.audience !== undefined && patch.audience !== "meeting");

/**
 * Everything of one page that this person may see.
 * @param {PageMarks} page as the server has it @param {Op[]} ops that wait, in order: also those of other pages
 * @param {{document_id:string, version:number, page:number}} place @param {Me} me
 * @returns {Annotation[]} in drawing order; what waits lies on top
 */
export function overlaid(page, ops, place, me) {
  const list = inDrawingOrder(page);
  const here = ops.filter(({ target, document_id }) => target === "annotations" && document_id === place.document_id);
  const made = here.filter((op) => standsByItself(op) && op.draft.version === place.version && op.draft.page === place.page);
  const edits = here.filter(({ verb, id }) => verb !== "create" && (Object.hasOwn(page, id) || made.some((op) => op.id === id)));
  // The usual case, many times a minute on a full page: strokes on their way, or none.
  if (!edits.length) {
    const added = made.filter(({ id }) => !Object.hasOwn(page, id)).map((op) => waitingOne(op, me));
    return added.length ? [...list, ...added] : list;
  }
  /** @type {Map<string, Annotation>} */
  const shown = new Map(list.map((one) => [one.id, one]));
  for (const op of here) {
    const known = shown.get(op.id);
    if (!known && made.includes(op)) shown.set(op.id, waitingOne(op, me));
    // It arrived and is about to stop waiting: the server's one is shown.
    else if (op.verb === "create" || op.refused || !known) continue;
    else if (op.verb === "change") shown.set(op.id, changedOne(known, op));
    else if (op.verb === "remove") shown.delete(op.id);
  }
  return [...shown.values()];
}
