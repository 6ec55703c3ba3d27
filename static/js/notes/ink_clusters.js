/** Strokes that lie close together belong together: a written word is one thing to its writer. Pure. */
import { extents } from "../ink/model/shapes.js";

/** @typedef {import("../ink/model/grid.js").Box} Box */
/** @typedef {import("../lib/schemas.js").AnnotationView} Annotation */

/** As far apart as words of one line and lines of one remark are, in page widths. */
const NEAR = 0.045;

/**
 * @template {Annotation & {page_aspect: number}} T
 * @param {T[]} strokes of one page @returns {T[][]} in no order; inside each as they were given
 */
export function clusters(strokes) {
  /** @type {{box: Box, marks: T[]}[]} */
  let found = [];
  for (const mark of strokes) {
    const [x0, y0, x1, y1] = extents(mark.geometry);
    /** @type {Box} */
    const box = [x0, y0 * mark.page_aspect, x1, y1 * mark.page_aspect];
    const touching = found.filter((cluster) => near(cluster.box, box));
    const whole = { box: touching.reduce((all, one) => around(all, one.box), box), marks: [...touching.flatMap((one) => one.marks), mark] };
    found = [...found.filter((cluster) => !touching.includes(cluster)), whole];
  }
  const order = new Map(strokes.map((mark, at) => [mark.id, at]));
  const place = (/** @type {T} */ mark) => order.get(mark.id) ?? 0;
  return found.map(({ marks }) => marks.sort((a, b) => place(a) - place(b)));
}

/** @param {Box} a @param {Box} b */
const near = (a, b) => a[0] - NEAR <= b[2] && b[0] - NEAR <= a[2] && a[1] - NEAR <= b[3] && b[1] - NEAR <= a[3];

/** @param {Box} a @param {Box} b @returns {Box} */
const around = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
