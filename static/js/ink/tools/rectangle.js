/** The rectangle tool: a frame drawn from corner to corner. */
import { rectOf } from "./canvas_paths.js";
import { boxBetween, extents, grown } from "../model/shapes.js";
import { DragSession } from "./drag_session.js";
import { LINES } from "./settings.js";

/** @type {import("./drag_session.js").Dragged} */
const DRAGGED = { name: "rectangle", shape: (from, to) => frame(boxBetween(from, to)) };

/** @param {import("../model/grid.js").Box} box @returns {import("../../lib/schemas.js").Shape} also the preview of other tools */
export const frame = (box) => ({ kind: "rectangle", geometry: { box } });

/** @type {import("./types.js").Tool<import("../../lib/schemas.js").Frame>} */
export const rectangleTool = {
  name: "rectangle",
  icon: "square",
  slot: "shape",
  collapse: 8,
  settings: LINES,
  forPen: true,
  session: (context) => new DragSession(context, DRAGGED),
  mark: {
    kind: "rectangle",
    form: { box: 4 },
    bounds: ({ geometry, style }, aspect) => grown(extents(geometry), style.width / 2000, aspect),
    touches: ({ geometry, style }, probe) => probe.toEdges(geometry.box) <= probe.line(style),
    appearance: { under: false, filled: false, trace: (path, { geometry }, aspect) => path.rect(...rectOf(geometry.box, aspect)) },
    listed: "picture",
  },
};
