/**
 * Annotations of a page: those of the server with pending changes applied, in drawing order. Pure; the same
 * input returns the same objects, so that renderers can detect changes by identity.
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

/** @param {Annotation} a @param {Annotation} b earlier ones are drawn below later ones; ids sort in creation order */
const inOrder = (a, b) => (a.created_at === b.created_at ? (a.id < b.id ? -1 : 1) : a.created_at < b.created_at ? -1 : 1);

/** @param {Op} op @param {Me} me @returns {Annotation} the resulting annotation; revision 0: the server does not have it */
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

/** @param {PageMarks} page @returns {Annotation[]} sorted once per page object */
function inDrawingOrder(page) {
  const known = orders.get(page);
  if (known) return known;
  const list = Object.values(page).sort(inOrder);
  orders.set(page, list);
  return list;
}

/**
 * When an annotation is withdrawn from the room, the room's event may arrive before the one of the user stream.
 * @param {Op} op @returns {boolean} whether the annotation is shown although the server's page does not contain it
 */
const isShownAlone = ({ verb, patch, refused }) =>
  verb === "create" || (verb === "change" && !refused && patch.audience !== undefined && patch.audience !== "meeting");

/**
 * Returns the annotations of one page that this person may see.
 * @param {PageMarks} page of the server @param {Op[]} ops pending operations in order, of all pages
 * @param {{document_id:string, version:number, page:number}} place @param {Me} me
 * @returns {Annotation[]} in drawing order; pending ones on top
 */
export function overlaid(page, ops, place, me) {
  const list = inDrawingOrder(page);
  const here = ops.filter(({ target, document_id }) => target === "annotations" && document_id === place.document_id);
  const made = here.filter((op) => isShownAlone(op) && op.draft.version === place.version && op.draft.page === place.page);
  const edits = here.filter(({ verb, id }) => verb !== "create" && (Object.hasOwn(page, id) || made.some((op) => op.id === id)));
  // The usual case, many times a minute on a full page: pending creations only, or none.
  if (!edits.length) {
    const added = made.filter(({ id }) => !Object.hasOwn(page, id)).map((op) => waitingOne(op, me));
    return added.length ? [...list, ...added] : list;
  }
  /** @type {Map<string, Annotation>} */
  const shown = new Map(list.map((one) => [one.id, one]));
  for (const op of here) {
    const known = shown.get(op.id);
    if (!known && made.includes(op)) shown.set(op.id, waitingOne(op, me));
    // The server already has it and the operation is about to be deleted: the server's version is shown.
    else if (op.verb === "create" || op.refused || !known) continue;
    else if (op.verb === "change") shown.set(op.id, changedOne(known, op));
    else if (op.verb === "remove") shown.delete(op.id);
  }
  return [...shown.values()];
}
