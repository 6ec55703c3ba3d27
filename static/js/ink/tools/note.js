/** The note tool: a button on the page that opens its text in a popover. */
import { extents, grown } from "../model/shapes.js";
import { DragSession } from "./drag_session.js";
import { MARKER } from "./settings.js";

/** Side length of a note's square marker around its point, in page widths. */
const NOTE_SIZE = 0.03;

/** @type {import("./drag_session.js").Dragged} */
const DRAGGED = {
  name: "note",
  shape: (_from, to) => ({ kind: "note", geometry: { at: [to[0], to[1]] } }),
  preview: () => null,
  asks: true,
};

/** @type {import("./types.js").Tool<import("../../lib/schemas.js").At>} */
export const noteTool = {
  name: "note",
  icon: "sticky-note",
  slot: "note",
  collapse: 3,
  key: "n",
  settings: { ...MARKER, colors: [], measures: [], opacity: 1 },
  session: (context) => new DragSession(context, DRAGGED),
  mark: {
    kind: "note",
    form: { at: 2 },
    bounds: ({ geometry }, aspect) => grown(extents(geometry), NOTE_SIZE / 2, aspect),
    touches: ({ geometry: { at: [x, y] } }, probe) => probe.toBox(grown([x, y, x, y], NOTE_SIZE / 2, probe.aspect)) <= probe.radius ** 2,
    button: true,
    editor: "popover",
    // The eraser does not remove a note: it is opened and deleted explicitly.
    kept: true,
    listed: "text",
  },
};
