/** The registry of tools, in the order of the toolbar, with look-ups by name and by mark. */
import { extents } from "../model/shapes.js";
import { arrowTool } from "./arrow.js";
import { eraserTool } from "./eraser.js";
import { highlightTool } from "./highlight.js";
import { highlighterTool } from "./highlighter.js";
import { noteTool } from "./note.js";
import { penTool } from "./pen.js";
import { rectangleTool } from "./rectangle.js";
import { selectTool } from "./select.js";
import { strikeTool } from "./strike.js";
import { textTool } from "./text.js";
import { underlineTool } from "./underline.js";

/** @typedef {import("./types.js").Tool<any>} Tool */
/** @typedef {import("./types.js").MarkType<any>} MarkType */
/** @typedef {Tool & {mark: MarkType}} MarkTool a tool that creates annotations */

/** @type {Tool[]} */
export const TOOLS = [
  penTool, highlighterTool, highlightTool, underlineTool, strikeTool, noteTool, textTool, arrowTool, rectangleTool, eraserTool, selectTool,
];

/** @param {Tool} tool @returns {tool is MarkTool} */
const makesMarks = (tool) => tool.mark !== undefined;

/** @type {Map<string, MarkTool[]>} */
const BY_KIND = new Map();
for (const tool of TOOLS.filter(makesMarks)) BY_KIND.set(tool.mark.kind, [...(BY_KIND.get(tool.mark.kind) ?? []), tool]);

/** The kinds of annotations, in the order of the toolbar. */
export const KINDS = [...BY_KIND.keys()];

/** Mark type of kinds that only a newer server knows: stored, but neither drawn nor hit. @type {MarkType} */
const UNKNOWN = { kind: "", form: {}, bounds: ({ geometry }) => extents(geometry), touches: () => false, fixed: true, kept: true, listed: "text" };

/** @param {string} name @returns {Tool} */
export function toolNamed(name) {
  const found = TOOLS.find((tool) => tool.name === name);
  if (!found) throw new Error(`no such tool: ${name}`);
  return found;
}

/**
 * @param {string} kind @param {import("../../lib/schemas.js").WetStyle[]} styles of marks of this kind
 * @returns {MarkTool|null} the tool that creates all of them, else the first tool of the kind; null: no tool creates it
 */
export function toolOf(kind, ...styles) {
  const makers = BY_KIND.get(kind) ?? [];
  return makers.find(({ mark }) => styles.every((style) => mark.owns?.(style) ?? true)) ?? makers[0] ?? null;
}

/** @param {{kind: string, style: import("../../lib/schemas.js").WetStyle}} mark @returns {MarkType} */
export const markTypeOf = ({ kind, style }) => toolOf(kind, style)?.mark ?? UNKNOWN;

/**
 * @param {import("../../lib/schemas.js").Shape & {style: import("../../lib/schemas.js").Style}} mark @param {number} aspect
 * @returns {import("../model/grid.js").Box} box of everything that is drawn, with line width; may reach beyond the page
 */
export const bounds = (mark, aspect) => markTypeOf(mark).bounds(mark, aspect);
