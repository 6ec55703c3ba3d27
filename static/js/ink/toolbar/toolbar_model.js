/** What the toolbar offers: tools, what is chosen for them, and which of them stand in the room there is. Pure. */
import { TOOLS, toolNamed, toolOf } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {string} Tool the name of a tool */
/** @typedef {string} Slot one button of the tray */
/** @typedef {import("../tools/settings.js").Palette} Palette */
/** @typedef {"side"|"footer"} Side where the tray stands */
/** @typedef {{color:string, width:number, size:number}} Chosen what of a style a person chooses */

const WIDTH = 2.6;
const SIZE = 20;

/** The names of the tools of each button, in the order they stand. @type {Record<Slot, [Tool, ...Tool[]]>} */
export const SLOTS = {};
for (const { slot, name } of TOOLS) SLOTS[slot] = [...(SLOTS[slot] ?? []), name];

/** @param {Slot} slot @returns {import("../tools/index.js").Tool[]} */
export const toolsIn = (slot) => (SLOTS[slot] ?? []).map(toolNamed);

/** @param {Slot} slot */
const collapseOf = (slot) => Math.min(...toolsIn(slot).map(({ collapse }) => collapse));

/** @type {Slot[]} */
const FIRST_NEEDED = Object.keys(SLOTS).sort((a, b) => collapseOf(a) - collapseOf(b));

/** @param {Slot} slot whether pressing it once more has something to choose */
export const hasOptions = (slot) => toolsIn(slot).some(({ settings }) => settings.colors.length > 0);

/** @param {Tool} tool @param {Palette} palette @returns {Chosen} */
function defaults(tool, palette) {
  const { color, measure, measures } = toolNamed(tool).settings;
  const chosen = { color: color[palette], width: WIDTH, size: SIZE };
  return { ...chosen, [measure]: measures[1] ?? chosen[measure] };
}

/**
 * What a tool draws with.
 * @param {Tool} tool @param {Palette} palette @param {string|null} [kept] what this person chose before; what does not fit is left out
 * @returns {Chosen}
 */
export function chosenFrom(tool, palette, kept) {
  const { colors, measure, measures } = toolNamed(tool).settings;
  const usual = defaults(tool, palette);
  const [color = "", measured] = (kept ?? "").split(" ");
  if (!colors.includes(color)) return usual;
  const known = measures.includes(Number(measured));
  return { ...usual, color, ...(known ? { [measure]: Number(measured) } : {}) };
}

/** @param {Tool} tool @param {Chosen} chosen @returns {string} as `chosenFrom` reads it */
export const asKept = (tool, chosen) => `${chosen.color} ${chosen[toolNamed(tool).settings.measure]}`;

/** @param {Tool} tool @param {Chosen} chosen @returns {Style} */
export const styleOf = (tool, { color, width, size }) => ({ color, width, opacity: toolNamed(tool).settings.opacity, size });

/** @param {import("../../lib/schemas.js").AnnotationView} mark @returns {string[]} the colours it can be given */
export const colorsFor = ({ kind, style }) => toolOf(kind, style)?.settings.colors ?? [];

/** A tablet lying: beside the page; standing, or a phone: below it. @param {number} width @param {number} height @returns {Side} */
export const sideFor = (width, height) => (width >= 640 && width > height ? "side" : "footer");

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
  const slots = Object.keys(SLOTS);
  return { shown: slots.filter((slot) => kept.includes(slot)), more: slots.filter((slot) => !kept.includes(slot)) };
}
