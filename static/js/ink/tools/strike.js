/** Words struck through: a bar across each line. */
import { BARS } from "./settings.js";
import { bars, textMark, TextMarkSession } from "./text_marks.js";

/** Where the bar's middle lies, a share of the line's height. */
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
