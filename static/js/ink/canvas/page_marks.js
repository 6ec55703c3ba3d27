/**
 * The marks of one page by place: what lies where, in the order of making. Boxes are fractions of the
 * page; a search costs the same however much ink the page has.
 */
import RBush from "rbush";
import { transfer, looksAlike, paintingOf } from "./renderers.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/grid.js").Box} Box */
/**
 * @typedef {{id:string, annotation:Annotation, order:number, minX:number, minY:number, maxX:number, maxY:number}} Mark
 * @typedef {{added: Mark[], stale: Box[]}} Change added: to be drawn on top of the rest; stale: where something
 *   that was drawn is gone or is another now
 */

/** @param {Mark} a @param {Mark} b */
const byOrder = (a, b) => a.order - b.order;

/** @param {Mark} mark @param {number} aspect @returns {Box[]} where it is drawn, closely */
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

  /** @returns {Mark[]} in the order of making */
  all() {
    return [...this.#byId.values()].sort(byOrder);
  }

  /** @param {Box[]} boxes @returns {Mark[]} what touches any of them, in the order of making */
  touching(boxes) {
    const found = new Set(boxes.flatMap(([minX, minY, maxX, maxY]) => this.#places.search({ minX, minY, maxX, maxY })));
    return [...found].sort(byOrder);
  }

  /**
   * Makes it the page of these annotations; an annotation that is the same object as before is the same.
   * @param {Annotation[]} annotations in the order of making @returns {Change}
   */
  become(annotations) {
    /** @type {Change} */
    const change = { added: [], stale: [] };
    const before = this.#list;
    this.#list = annotations;
    let same = 0;
    while (same < before.length && before[same] === annotations[same]) same += 1;
    // The usual case: something more was written.
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
