/** The highlight tool: coloured boxes over words, multiplied with the page. */
import { rectOf } from "./canvas_paths.js";
import { MARKER } from "./settings.js";
import { textMark, TextMarkSession } from "./text_marks.js";

/** @type {import("./types.js").Tool<import("../../lib/schemas.js").Boxes>} */
export const highlightTool = {
  name: "highlight",
  icon: "baseline",
  slot: "mark",
  collapse: 5,
  settings: { ...MARKER, measures: [] },
  readsWords: true,
  forPen: true,
  session: (context) => new TextMarkSession(context, "highlight", 1),
  mark: textMark("highlight", {
    under: true,
    filled: true,
    trace: (path, { geometry }, aspect) => {
      for (const box of geometry.boxes) path.rect(...rectOf(box, aspect));
    },
  }),
};
