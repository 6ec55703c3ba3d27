/** Underlined words: a bar below each line. */
import { BARS } from "./settings.js";
import { bars, textMark, TextMarkSession } from "./text_marks.js";

/** Where the bar's middle lies, a share of the line's height. */
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
