/** Groups strokes that are close to each other, such as the strokes of a written word. Pure. */
import { extents } from "../ink/model/shapes.js";

/** @typedef {import("../ink/model/grid.js").Box} Box */
/** @typedef {import("../lib/schemas.js").AnnotationView} Annotation */

/** Greatest distance in a cluster, in page widths: that between words of a line and lines of a remark. */
const NEAR = 0.045;

/**
 * @template {Annotation & {page_aspect: number}} T
 * @param {T[]} strokes of one page @returns {T[][]} clusters in any order; strokes keep their order in a cluster
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
