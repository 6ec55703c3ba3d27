/**
 * Spatial index of the annotations of one page, in creation order. Boxes are fractions of the page; the
 * cost of a search does not grow with the amount of ink.
 */
import RBush from "rbush";
import { transfer, looksAlike, paintingOf } from "./renderers.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/grid.js").Box} Box */
/**
 * @typedef {{id:string, annotation:Annotation, order:number, minX:number, minY:number, maxX:number, maxY:number}} Mark
 * @typedef {{added: Mark[], stale: Box[]}} Change added: drawn on top of the others; stale: areas in
 *   which drawn annotations were removed or changed
 */

/** @param {Mark} a @param {Mark} b */
const byOrder = (a, b) => a.order - b.order;

/** @param {Mark} mark @param {number} aspect @returns {Box[]} tight boxes around its drawing */
export const placesOf = ({ annotation, minX, minY, maxX, maxY }, aspect) =>
  markTypeOf(annotation).places?.(annotation, aspect) ?? [[minX, minY, maxX, maxY]];

export class PageMarks {
  /** @type {Map<string, Mark>} */ #byId = new Map();
  /** @type {RBush<Mark>} */ #places = new RBush();
  #order = 0;
  /** @type {Annotation[]} */ #list = [];

  /** @param {number} aspect of the page */
  constructor(aspect) {
    this.aspect = aspect;
  }

  get size() {
    return this.#byId.size;
  }

  /** @param {string} id @returns {Mark|null} */
  get(id) {
    return this.#byId.get(id) ?? null;
  }

  /** @returns {Mark[]} in creation order */
  all() {
    return [...this.#byId.values()].sort(byOrder);
  }

  /** @param {Box[]} boxes @returns {Mark[]} the annotations that intersect any of them, in creation order */
  touching(boxes) {
    const found = new Set(boxes.flatMap(([minX, minY, maxX, maxY]) => this.#places.search({ minX, minY, maxX, maxY })));
    return [...found].sort(byOrder);
  }

  /**
   * Replaces the annotations of the page; the same object means no change.
   * @param {Annotation[]} annotations in creation order @returns {Change}
   */
  become(annotations) {
    /** @type {Change} */
    const change = { added: [], stale: [] };
    const before = this.#list;
    this.#list = annotations;
    let same = 0;
    while (same < before.length && before[same] === annotations[same]) same += 1;
    // The usual case: annotations were only appended.
    const onlyMore = same === before.length;
    const ids = new Set(onlyMore ? [] : annotations.map(({ id }) => id));
    for (const annotation of annotations.slice(same)) {
      this.#take(annotation, change);
    }
    this.#places.load(change.added);
    if (onlyMore) return change;
    for (const mark of this.#byId.values()) {
      if (ids.has(mark.id)) continue;
      this.#byId.delete(mark.id);
      this.#places.remove(mark);
      change.stale.push(...placesOf(mark, this.aspect));
    }
    return change;
  }

  /** @param {Annotation} annotation @param {Change} change */
  #take(annotation, change) {
    const known = this.#byId.get(annotation.id);
    if (known?.annotation === annotation) return;
    if (known && looksAlike(known.annotation, annotation)) {
      transfer(known.annotation, annotation);
      known.annotation = annotation;
      return;
    }
    const mark = this.#made(annotation, known?.order ?? (this.#order += 1));
    this.#byId.set(annotation.id, mark);
    if (!known) {
      change.added.push(mark);
      return;
    }
    this.#places.remove(known);
    this.#places.insert(mark);
    change.stale.push(...placesOf(known, this.aspect), ...placesOf(mark, this.aspect));
  }

  /** @param {Annotation} annotation @param {number} order @returns {Mark} */
  #made(annotation, order) {
    const [minX, minY, maxX, maxY] = paintingOf(annotation, this.aspect).box;
    return { id: annotation.id, annotation, order, minX, minY, maxX, maxY };
  }
}
