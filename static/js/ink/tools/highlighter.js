/** The highlighter: a line of constant width, multiplied with the page; it is straightened along a line of text. */
import { traceLine } from "./canvas_paths.js";
import { straightened } from "../model/straighten.js";
import { OUTLINE_PAGE } from "../model/stroke_outline.js";
import { GrowingStroke, inkMark, StrokeSession } from "./ink_strokes.js";
import { MARKER } from "./settings.js";

/** Draws opaque pieces, which may overlap: the opacity is that of the whole canvas. */
class GrowingMarkerStroke extends GrowingStroke {
  /** Index of the first point that is not drawn. */
  #done = 0;

  relaid() {
    this.#done = 0;
    super.relaid();
  }

  drawStroke() {
    const { tail, points, style } = this;
    const from = Math.max(0, this.#done - 2);
    const { context } = tail;
    context.globalAlpha = 1;
    context.strokeStyle = style.color;
    context.lineWidth = (style.width * OUTLINE_PAGE) / 1000;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    traceLine(context, points.slice(from), this.aspect);
    context.stroke();
    this.#done = points.length;
  }
}

/** @type {import("./ink_strokes.js").Writing} */
const WRITING = { name: "highlighter", multiplied: true, Growing: GrowingMarkerStroke, finished: straightened };

/** @type {import("./types.js").Tool<import("../../lib/schemas.js").Ink>} */
export const highlighterTool = {
  name: "highlighter",
  icon: "highlighter",
  slot: "highlighter",
  collapse: 2,
  key: "h",
  settings: MARKER,
  readsWords: true,
  forPen: true,
  session: (context) => new StrokeSession(context, WRITING),
  mark: inkMark({
    owns: ({ opacity }) => opacity < 1,
    widest: 1,
    words: "notes.kind_marker",
    appearance: {
      under: true,
      filled: false,
      trace: (path, { geometry }, aspect) => {
        for (const stroke of geometry.strokes) traceLine(path, stroke, aspect);
      },
    },
  }),
};
