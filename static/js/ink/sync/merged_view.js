/** Annotations as this person sees them: the server's annotations with pending changes applied. */
import { overlaid } from "./pending_changes.js";
import { PageView } from "./page_view.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/operations.js").Op} Op */
/** @typedef {import("../../live/annotations.js").PageMarks} PageMarks */
/** @typedef {{document_id:string, version:number, page:number}} Place */

/** @type {PageMarks} */
const EMPTY = {};

/** @param {Op} op */
const isMark = (op) => op.target === "annotations";

export class MergedView {
  /** @param {{papers: import("./document_annotations.js").DocumentAnnotations, outbox: import("./outbox.js").InkOutbox,
   *   me: import("./pending_changes.js").Me}} parts */
  constructor({ papers, outbox, me }) {
    this.papers = papers;
    this.outbox = outbox;
    this.me = me;
    this.view = new PageView(me);
  }

  /** @param {Place} place @returns {Annotation[]} the annotations of the page, in drawing order */
  marks(place) {
    return this.view.list(this.#page(place), this.outbox, place);
  }

  /** @param {string} documentId @returns {Annotation[]} of all its pages and versions */
  all(documentId) {
    const keys = new Set(Object.keys(this.papers.pages(documentId)));
    for (const op of this.outbox.ops) if (isMark(op) && op.document_id === documentId) keys.add(`${op.draft.version}/${op.draft.page}`);
    return [...keys].flatMap((key) => {
      const [version = 0, page = 0] = key.split("/").map(Number);
      const place = { document_id: documentId, version, page };
      return overlaid(this.#page(place), this.outbox.ops, place, this.me);
    });
  }

  /** @param {string} documentId @param {string} id @returns {Annotation|null} without pending changes */
  server(documentId, id) {
    for (const page of Object.values(this.papers.pages(documentId))) if (Object.hasOwn(page, id)) return page[id] ?? null;
    return null;
  }

  /** @param {string} documentId @param {string} id @returns {Annotation|null} with pending changes */
  find(documentId, id) {
    const known = this.server(documentId, id);
    const ops = this.outbox.ops.filter((op) => op.id === id && isMark(op));
    const at = known ?? ops[0]?.draft;
    if (!at) return null;
    const place = { document_id: documentId, version: at.version, page: at.page };
    return overlaid(known ? { [id]: known } : EMPTY, ops, place, this.me)[0] ?? null;
  }

  /** @param {{id:string} & Place} ink @returns {boolean} whether the server has the finished stroke */
  stands({ id, ...place }) {
    return Object.hasOwn(this.#page(place), id);
  }

  /** @param {Place} place @returns {PageMarks} without pending changes */
  #page({ document_id, version, page }) {
    return this.papers.pages(document_id)[`${version}/${page}`] ?? EMPTY;
  }
}
