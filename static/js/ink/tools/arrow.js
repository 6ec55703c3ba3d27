/** The arrow tool: a line with an open head at its end. */
import { OUTLINE_PAGE } from "../model/stroke_outline.js";
import { extents, grown } from "../model/shapes.js";
import { DragSession } from "./drag_session.js";
import { LINES } from "./settings.js";

/** @typedef {import("../model/grid.js").Spot} Spot */
/** @typedef {import("../../lib/schemas.js").Span} ArrowGeometry */

const HEAD_ANGLE = 0.5;
const HEAD_WIDTHS = 4.5;
const SMALLEST_HEAD = 0.012;

/**
 * Returns the two ends of an arrow's head. The head is drawn from one of them to `to` and on to the other.
 * @param {ArrowGeometry} geometry @param {number} width of the line, thousandths of the page width @param {number} aspect
 * @returns {[Spot, Spot]}
 */
export function arrowHead({ from, to }, width, aspect) {
  const dx = from[0] - to[0];
  const dy = (from[1] - to[1]) * aspect;
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length === 0) return [to, to];
  const head = Math.min(length, Math.max(SMALLEST_HEAD, (HEAD_WIDTHS * width) / 1000)) / length;
  /** @param {number} angle @returns {Spot} */
  const end = (angle) => {
    const [cos, sin] = [Math.cos(angle) * head, Math.sin(angle) * head];
    return [to[0] + dx * cos - dy * sin, to[1] + (dx * sin + dy * cos) / aspect];
  };
  return [end(HEAD_ANGLE), end(-HEAD_ANGLE)];
}

/** @type {import("./drag_session.js").Dragged} */
const DRAGGED = {
  name: "arrow",
  shape: (from, to) => ({ kind: "arrow", geometry: { from: [from[0], from[1]], to: [to[0], to[1]] } }),
};

/** @type {import("./types.js").Tool<ArrowGeometry>} */
export const arrowTool = {
  name: "arrow",
  icon: "move-up-right",
  slot: "shape",
  collapse: 8,
  settings: LINES,
  forPen: true,
  session: (context) => new DragSession(context, DRAGGED),
  mark: {
    kind: "arrow",
    form: { from: 2, to: 2 },
    bounds: ({ geometry, style }, aspect) => {
      const [a, b] = arrowHead(geometry, style.width, aspect);
      return grown(extents({ ends: [geometry.from, geometry.to, a, b] }), style.width / 2000, aspect);
    },
    touches: ({ geometry, style }, probe) => {
      const ends = [geometry.from, ...arrowHead(geometry, style.width, probe.aspect)];
      return ends.some((end) => probe.toSegment(end, geometry.to) <= probe.line(style));
    },
    appearance: {
      under: false,
      filled: false,
      trace: (path, { geometry, style }, aspect) => {
        const [a, b] = arrowHead(geometry, style.width, aspect);
        /** @param {Spot} spot @returns {[number, number]} */
        const at = ([x, y]) => [x * OUTLINE_PAGE, y * aspect * OUTLINE_PAGE];
        path.moveTo(...at(geometry.from));
        path.lineTo(...at(geometry.to));
        path.moveTo(...at(a));
        path.lineTo(...at(geometry.to));
        path.lineTo(...at(b));
      },
    },
    listed: "picture",
  },
};
