/** The one door to what is reckoned with shapes; each thing has a module of its own. */
export { onGrid, quantised } from "./grid.js";
export { hit, hitBySegment } from "./hits.js";
export { arrowHead, bounds, clamped, extents, moved, NOTE_SIZE, withinPage } from "./shapes.js";
export { simplified, toleranceFor } from "./simplify.js";
export { straightened } from "./straighten.js";
