/** Keyboard shortcuts of annotations. Pure. keyboard.js ignores keys in input fields. */
import { TOOLS, toolNamed } from "../tools/index.js";

/** @typedef {import("./toolbar_model.js").Tool} Tool */
/** @typedef {{tool: Tool} | {verb: "undo"|"redo"|"put_down"}} InkCommand */

/**
 * @param {{key:string, shiftKey:boolean, ctrlKey:boolean, altKey:boolean, metaKey:boolean}} event
 * @returns {InkCommand|null} null: not a shortcut of annotations
 */
export function inkCommandOf({ key, shiftKey, ctrlKey, altKey, metaKey }) {
  const letter = key.toLowerCase();
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (letter === "z") return { verb: shiftKey ? "redo" : "undo" };
    return letter === "y" && !shiftKey ? { verb: "redo" } : null;
  }
  if (key === "Escape") return { verb: "put_down" };
  const tool = TOOLS.find((one) => one.key === letter);
  return tool && !shiftKey ? { tool: tool.name } : null;
}

/** @param {Tool} tool @returns {string|null} its shortcut, as menus show it */
export const keyOf = (tool) => toolNamed(tool).key?.toUpperCase() ?? null;
