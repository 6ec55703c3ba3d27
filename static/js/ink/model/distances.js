/** Squared distances between points, segments and boxes, all in one unit. Pure. */

/** @typedef {readonly [number, number]} Spot */
/** @typedef {readonly [number, number, number, number]} Box */

/** @param {Spot} p @param {Spot} a @param {Spot} b @returns {number} squared distance from p to the segment a–b */
export function toSegment([px, py], [ax, ay], [bx, by]) {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length > 0 ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length)) : 0;
  const ex = px - ax - along * dx;
  const ey = py - ay - along * dy;
  return ex * ex + ey * ey;
}

/** @param {Spot} a @param {Spot} b @param {Spot} c @returns {number} the side of a–b on which c is: -1, 0 or 1 */
const side = ([ax, ay], [bx, by], [cx, cy]) => Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

/** @param {Spot} a @param {Spot} b @param {Spot} c @param {Spot} d */
const cross = (a, b, c, d) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

/** @param {Spot} a @param {Spot} b @param {Spot} c @param {Spot} d @returns {number} squared distance between a–b and c–d */
export function segmentsApart(a, b, c, d) {
  if (cross(a, b, c, d)) return 0;
  return Math.min(toSegment(a, c, d), toSegment(b, c, d), toSegment(c, a, b), toSegment(d, a, b));
}

/** @param {Box} box @returns {[Spot, Spot][]} its four edges */
const edges = ([x0, y0, x1, y1]) => [
  [[x0, y0], [x1, y0]], [[x1, y0], [x1, y1]], [[x1, y1], [x0, y1]], [[x0, y1], [x0, y0]],
];

/** @param {Spot} a @param {Spot} b @param {Box} box @returns {number} squared distance from a–b to the box's edges */
export function toEdges(a, b, box) {
  return Math.min(...edges(box).map(([c, d]) => segmentsApart(a, b, c, d)));
}

/** @param {Spot} a @param {Spot} b @param {Box} box @returns {number} squared distance from a–b to the filled box */
export function toBox(a, b, box) {
  const [x0, y0, x1, y1] = box;
  if (a[0] >= x0 && a[0] <= x1 && a[1] >= y0 && a[1] <= y1) return 0;
  return toEdges(a, b, box);
}

/** @param {Box} a @param {Box} b @returns {number} squared distance between two filled boxes */
export function boxesApart(a, b) {
  const dx = Math.max(0, a[0] - b[2], b[0] - a[2]);
  const dy = Math.max(0, a[1] - b[3], b[1] - a[3]);
  return dx * dx + dy * dy;
}
