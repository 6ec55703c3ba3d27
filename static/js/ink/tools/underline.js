/** The underline tool: a bar below each line of words. */
import { BARS } from "./settings.js";
import { bars, textMark, TextMarkSession } from "./text_marks.js";

/** Centre of the bar, as a share of the line height. */
const LINE_UNDER = 0.94;

/** @type {import("./types.js").Tool<import("../../lib/schemas.js").Boxes>} */
export const underlineTool = {
  name: "underline",
  icon: "underline",
  slot: "mark",
  collapse: 5,
  settings: BARS,
  readsWords: true,
  forPen: true,
  session: (context) => new TextMarkSession(context, "underline"),
  mark: textMark("underline", bars(LINE_UNDER)),
};
