/** What the tray offers: tools, their colours and widths, and which of them stand in the room there is. Pure. */

/** @typedef {import("../lib/schemas.js").Style} Style */
/** @typedef {"pen"|"highlighter"|"highlight"|"underline"|"strike"|"note"|"text"|"arrow"|"rectangle"|"eraser"|"select"} Tool */
/** @typedef {"pen"|"highlighter"|"mark"|"note"|"text"|"shape"|"eraser"|"select"} Slot one button of the tray */
/** @typedef {"private"|"shared"} Lane whose eyes a colour was chosen for */
/** @typedef {"side"|"foot"} Side where the tray stands */
/** @typedef {{color:string, width:number, size:number}} Chosen what of a style a person chooses */

/** @type {Record<Slot, Tool[]>} in the order they stand */
export const SLOTS = {
  pen: ["pen"],
  highlighter: ["highlighter"],
  mark: ["highlight", "underline", "strike"],
  note: ["note"],
  text: ["text"],
  shape: ["arrow", "rectangle"],
  eraser: ["eraser"],
  select: ["select"],
};

/** Who goes last when the room gets short. @type {Slot[]} */
const FIRST_NEEDED = ["pen", "highlighter", "note", "eraser", "mark", "text", "select", "shape"];

/** Their names are words of the interface. @type {Record<string, string>} */
const NAMES = {
  "#1c4fa1": "ink_blue", "#1d1a16": "black", "#b3261e": "red", "#17694c": "green", "#6a3fa0": "violet",
  "#ffd84d": "yellow", "#9be38a": "light_green", "#ff9ec4": "pink", "#8fd0ff": "light_blue",
};
const COLORS = Object.keys(NAMES);
export const PEN_COLORS = COLORS.slice(0, 5);
export const MARKER_COLORS = COLORS.slice(5);
const [BLUE = "", , RED = ""] = PEN_COLORS;
const [YELLOW = ""] = MARKER_COLORS;

/** @param {string} color of those that a tool offers */
export const nameOf = (color) => NAMES[color] ?? "black";

const PEN_WIDTHS = [1.6, 2.6, 4.5];
const MARKER_WIDTHS = [14, 20, 28];
const LETTERS = [16, 20, 28];
const MARKER_OPACITY = 0.55;

/** @type {Tool[]} */
const MARKERS = ["highlighter", "highlight", "note"];
/** @type {Tool[]} */
const COLOURLESS = ["eraser", "select", "note"];

const ICONS = {
  pen: "pencil", highlighter: "highlighter", highlight: "baseline", underline: "underline", strike: "strikethrough", note: "sticky-note",
  text: "type", arrow: "move-up-right", rectangle: "square", eraser: "eraser", select: "lasso-select",
};

/** @param {Tool} tool @returns {string} of static/icons.txt */
export const toolIcon = (tool) => ICONS[tool];

/** @param {Tool} tool @returns {Slot} */
export const slotOf = (tool) => /** @type {Slot} */ (Object.keys(SLOTS).find((slot) => SLOTS[/** @type {Slot} */ (slot)].includes(tool)));

/** @param {Tool} tool @returns {string[]} what it can be coloured with */
export function colorsOf(tool) {
  if (COLOURLESS.includes(tool)) return [];
  return MARKERS.includes(tool) ? MARKER_COLORS : PEN_COLORS;
}

/** @param {Tool} tool @returns {number[]} thousandths of the page's width: of its line, or of its letters */
export function widthsOf(tool) {
  if (tool === "highlighter") return MARKER_WIDTHS;
  if (tool === "text") return LETTERS;
  return ["pen", "arrow", "rectangle"].includes(tool) ? PEN_WIDTHS : [];
}

/** @param {Slot} slot whether pressing it once more has something to choose */
export const hasOptions = (slot) => SLOTS[slot].some((tool) => colorsOf(tool).length > 0);

/** @param {Tool} tool @param {Lane} lane @returns {Chosen} */
function defaults(tool, lane) {
  const marker = MARKERS.includes(tool);
  const color = marker ? YELLOW : lane === "shared" || tool === "underline" || tool === "strike" ? RED : BLUE;
  const widths = widthsOf(tool);
  return { color, width: tool === "text" ? 2.6 : (widths[1] ?? 2.6), size: LETTERS[1] ?? 20 };
}

/**
 * What a tool draws with.
 * @param {Tool} tool @param {Lane} lane @param {string|null} [kept] what this person chose before; what does not fit is left out
 * @returns {Chosen}
 */
export function chosenFrom(tool, lane, kept) {
  const usual = defaults(tool, lane);
  const [color, measure] = (kept ?? "").split(" ");
  const wide = Number(measure);
  if (!colorsOf(tool).includes(color ?? "")) return usual;
  const known = widthsOf(tool).includes(wide);
  return {
    color: /** @type {string} */ (color),
    width: known && tool !== "text" ? wide : usual.width,
    size: known && tool === "text" ? wide : usual.size,
  };
}

/** @param {Tool} tool @param {Chosen} chosen @returns {string} as `chosenFrom` reads it */
export const asKept = (tool, { color, width, size }) => `${color} ${tool === "text" ? size : width}`;

/** @param {Tool} tool @param {Chosen} chosen @returns {Style} */
export const styleOf = (tool, { color, width, size }) => ({ color, width, opacity: MARKERS.includes(tool) && tool !== "note" ? MARKER_OPACITY : 1, size });

/** @param {import("../lib/schemas.js").AnnotationView} mark @returns {string[]} the colours it can be given */
export function colorsFor(mark) {
  const tool = mark.kind === "ink" ? (mark.style.opacity < 1 ? "highlighter" : "pen") : mark.kind;
  return colorsOf(/** @type {Tool} */ (tool));
}

/** A tablet lying: beside the page; standing, or a phone: below it. @param {number} width @param {number} height @returns {Side} */
export const sideFor = (width, height) => (width >= 640 && width > height ? "side" : "foot");

const TAP = 48;
const APART = 8;

/**
 * Which buttons stand on the tray; the others are behind "Thêm".
 * @param {number} space along the tray for buttons that choose a tool and for "Thêm", in CSS pixels
 * @returns {{shown: Slot[], more: Slot[]}} both in the tray's order
 */
export function fitting(space) {
  const places = Math.floor((space + APART) / (TAP + APART)) - 1;
  const kept = FIRST_NEEDED.slice(0, Math.max(1, places));
  const slots = /** @type {Slot[]} */ (Object.keys(SLOTS));
  return { shown: slots.filter((slot) => kept.includes(slot)), more: slots.filter((slot) => !kept.includes(slot)) };
}
