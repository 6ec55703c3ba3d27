/** The strike tool: a bar through each line of words. */
import { BARS } from "./settings.js";
import { bars, textMark, TextMarkSession } from "./text_marks.js";

/** Centre of the bar, as a share of the line height. */
const LINE_THROUGH = 0.56;

/** @type {import("./types.js").Tool<import("../../lib/schemas.js").Boxes>} */
export const strikeTool = {
  name: "strike",
  icon: "strikethrough",
  slot: "mark",
  collapse: 5,
  settings: BARS,
  readsWords: true,
  forPen: true,
  session: (context) => new TextMarkSession(context, "strike"),
  mark: textMark("strike", bars(LINE_THROUGH)),
};
