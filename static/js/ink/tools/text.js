/** The text tool: a text box is placed by a drag or a tap and edited in place. */
import { boxBetween, extents } from "../model/shapes.js";
import { paintedText } from "./text_box.js";
import { DragSession } from "./drag_session.js";
import { frame } from "./rectangle.js";
import { LETTERS } from "./settings.js";

/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("../../lib/schemas.js").Frame} BoxGeometry */

/** Width of a text box that is placed by a tap, in page widths, and least height of a box, in font sizes. */
const TEXT_WIDE = 0.36;
const TEXT_HIGH = 1.9;
const LEAST_WIDE = 0.06;
/** Style of the frame while a text box is drawn. */
const FRAME = { width: 0.8, opacity: 1, size: 20 };

/** @param {Box} box @param {number} high @returns {Box} enlarged to hold a line of text */
function roomy([x0, y0, x1, y1], high) {
  const bottom = Math.min(1, Math.max(y1, y0 + high));
  return [x0, Math.min(y0, bottom - high), Math.max(x1, Math.min(1, x0 + LEAST_WIDE)), bottom];
}

/** @param {readonly number[]} at @param {number} high @returns {Box} */
function tapped([x = 0, y = 0], high) {
  const left = Math.max(0, Math.min(x, 1 - TEXT_WIDE));
  const top = Math.max(0, Math.min(y - high / 2, 1 - high));
  return [left, top, left + TEXT_WIDE, top + high];
}

/** @type {import("./drag_session.js").Dragged} */
const DRAGGED = {
  name: "text",
  shape: (from, to, { long, context }) => {
    const high = (TEXT_HIGH * context.ink.styleOf("text").size) / 1000 / context.aspect;
    return { kind: "text", geometry: { box: long ? roomy(boxBetween(from, to), high) : tapped(from, high) } };
  },
  preview: ({ geometry }, { color }) => ({ ...frame(/** @type {BoxGeometry} */ (geometry).box), style: { ...FRAME, color } }),
  asks: true,
};

/** @type {import("./types.js").Tool<BoxGeometry>} */
export const textTool = {
  name: "text",
  icon: "type",
  slot: "text",
  collapse: 6,
  settings: LETTERS,
  session: (context) => new DragSession(context, DRAGGED),
  mark: {
    kind: "text",
    form: { box: 4 },
    bounds: ({ geometry }) => extents(geometry),
    touches: ({ geometry }, probe) => probe.toBox(geometry.box) <= probe.radius ** 2,
    painting: paintedText,
    editor: "in_place",
    needsText: true,
    letters: true,
    listed: "text",
  },
};
