/** Converts the server's answers to annotations. Pure. */

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../sync/pending_changes.js").Me} Me */
/** @typedef {import("../sync/outbox.js").News} News */
/** @typedef {{put:Annotation[], removed:{id:string, version:number, page:number}[]}} ServerAnswer */

/** @param {News} news @param {Me} me @returns {Map<string, ServerAnswer>} by document, without free notes */
export function answersOf(news, me) {
  /** @type {Map<string, ServerAnswer>} */
  const papers = new Map();
  for (const { op, item } of news) {
    if (op.target !== "annotations" || op.document_id === null) continue;
    const paper = papers.get(op.document_id) ?? { put: [], removed: [] };
    papers.set(op.document_id, paper);
    const { id, draft } = op;
    if (!item) paper.removed.push({ id, version: draft.version, page: draft.page });
    else paper.put.push(...wholeOf(draft, item, me));
  }
  return papers;
}

/**
 * @param {any} draft as it was sent @param {import("../sync/sending.js").ServerAnswer} item the answer; of a batch only the new fields
 * @param {Me} me @returns {Annotation[]} empty if the answer lacks the current state: the annotation existed and was changed
 */
function wholeOf(draft, item, me) {
  if (item.geometry) return [/** @type {any} */ (item)];
  if (item.revision !== 1) return [];
  const { revision, created_at } = item;
  return [{ ...draft, user_name: null, author: me.user_id, author_name: me.name, revision, created_at, updated_at: created_at }];
}
