/** Model of the toolbar: its buttons, the chosen settings of the tools, and the buttons that fit in the space. Pure. */
import { TOOLS, toolNamed, toolOf } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {string} Tool the name of a tool */
/** @typedef {string} Slot one button of the toolbar */
/** @typedef {import("../tools/settings.js").Palette} Palette */
/** @typedef {"side"|"footer"} Side position of the toolbar */
/** @typedef {{color:string, width:number, size:number}} Chosen the part of a style that a person chooses */

const WIDTH = 2.6;
const SIZE = 20;

/** Names of the tools of each button, in display order. @type {Record<Slot, [Tool, ...Tool[]]>} */
export const SLOTS = {};
for (const { slot, name } of TOOLS) SLOTS[slot] = [...(SLOTS[slot] ?? []), name];

/** @param {Slot} slot @returns {import("../tools/index.js").Tool[]} */
export const toolsIn = (slot) => (SLOTS[slot] ?? []).map(toolNamed);

/** @param {Slot} slot */
const collapseOf = (slot) => Math.min(...toolsIn(slot).map(({ collapse }) => collapse));

/** @type {Slot[]} */
const BY_PRIORITY = Object.keys(SLOTS).sort((a, b) => collapseOf(a) - collapseOf(b));

/** @param {Slot} slot whether it has options to choose from */
export const hasOptions = (slot) => toolsIn(slot).some(({ settings }) => settings.colors.length > 0);

/** @param {Tool} tool @param {Palette} palette @returns {Chosen} */
function defaults(tool, palette) {
  const { color, measure, measures } = toolNamed(tool).settings;
  const chosen = { color: color[palette], width: WIDTH, size: SIZE };
  return { ...chosen, [measure]: measures[1] ?? chosen[measure] };
}

/**
 * Returns the chosen settings of a tool.
 * @param {Tool} tool @param {Palette} palette @param {string|null} [kept] the stored choice; invalid parts get the default
 * @returns {Chosen}
 */
export function chosenFrom(tool, palette, kept) {
  const { colors, measure, measures } = toolNamed(tool).settings;
  const initial = defaults(tool, palette);
  const [color = "", measured] = (kept ?? "").split(" ");
  if (!colors.includes(color)) return initial;
  const known = measures.includes(Number(measured));
  return { ...initial, color, ...(known ? { [measure]: Number(measured) } : {}) };
}

/** @param {Tool} tool @param {Chosen} chosen @returns {string} the format that `chosenFrom` parses */
export const asKept = (tool, chosen) => `${chosen.color} ${chosen[toolNamed(tool).settings.measure]}`;

/** @param {Tool} tool @param {Chosen} chosen @returns {Style} */
export const styleOf = (tool, { color, width, size }) => ({ color, width, opacity: toolNamed(tool).settings.opacity, size });

/** @param {import("../../lib/schemas.js").AnnotationView} mark @returns {string[]} the colours it can be given */
export const colorsFor = ({ kind, style }) => toolOf(kind, style)?.settings.colors ?? [];

/** Beside the page in landscape on a tablet; else below it. @param {number} width @param {number} height @returns {Side} */
export const sideFor = (width, height) => (width >= 640 && width > height ? "side" : "footer");

const TAP = 48;
const APART = 8;

/**
 * Splits the buttons into those on the toolbar and those in the menu "Thêm".
 * @param {number} space for the tool buttons and "Thêm" along the toolbar, in CSS pixels
 * @returns {{shown: Slot[], more: Slot[]}} both in the order of the toolbar
 */
export function fitting(space) {
  const places = Math.floor((space + APART) / (TAP + APART)) - 1;
  const kept = BY_PRIORITY.slice(0, Math.max(1, places));
  const slots = Object.keys(SLOTS);
  return { shown: slots.filter((slot) => kept.includes(slot)), more: slots.filter((slot) => !kept.includes(slot)) };
}
