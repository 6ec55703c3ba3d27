/** Settings of the tools: colours, line widths, font sizes. Pure. */

/**
 * @typedef {"private"|"shared"} Palette whether the colour is for private or shared marks
 * @typedef {{colors: string[], color: Record<Palette, string>, measure: "width"|"size", measures: number[], opacity: number}} Settings
 *   colors: the choices, may be empty; color: the default; measures: the line widths or font sizes to choose from, in
 *   thousandths of the page width; the middle one is the default
 */

/** Name of each colour, part of its translation key. @type {Record<string, string>} */
const NAMES = {
  "#1c4fa1": "ink_blue", "#1d1a16": "black", "#b3261e": "red", "#17694c": "green", "#6a3fa0": "violet",
  "#ffd84d": "yellow", "#9be38a": "light_green", "#ff9ec4": "pink", "#8fd0ff": "light_blue",
};
const COLORS = Object.keys(NAMES);
const PEN_COLORS = COLORS.slice(0, 5);
const MARKER_COLORS = COLORS.slice(5);
const [BLUE = "", , RED = ""] = PEN_COLORS;
const [YELLOW = ""] = MARKER_COLORS;

/** @param {string} color a colour of a tool */
export const nameOf = (color) => NAMES[color] ?? "black";

/** @type {Settings} */
export const LINES = { colors: PEN_COLORS, color: { private: BLUE, shared: RED }, measure: "width", measures: [1.6, 2.6, 4.5], opacity: 1 };
/** @type {Settings} */
export const BARS = { ...LINES, color: { private: RED, shared: RED }, measures: [] };
/** @type {Settings} */
export const LETTERS = { ...LINES, measure: "size", measures: [16, 20, 28] };
/** @type {Settings} */
export const MARKER = { colors: MARKER_COLORS, color: { private: YELLOW, shared: YELLOW }, measure: "width", measures: [14, 20, 28], opacity: 0.55 };
/** @type {Settings} */
export const NOTHING = { ...LINES, colors: [], measures: [] };
