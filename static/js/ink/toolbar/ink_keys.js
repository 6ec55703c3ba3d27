/** What a key means for pens and notes. Pure; that a field is silent is seen to by keyboard.js. */
import { TOOLS, toolNamed } from "../tools/index.js";

/** @typedef {import("./toolbar_model.js").Tool} Tool */
/** @typedef {{tool: Tool} | {verb: "undo"|"redo"|"put_down"}} InkCommand */

/**
 * @param {{key:string, shiftKey:boolean, ctrlKey:boolean, altKey:boolean, metaKey:boolean}} event
 * @returns {InkCommand|null} null: not a key of pens
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

/** @param {Tool} tool @returns {string|null} the key that takes it, as a menu shows it */
export const keyOf = (tool) => toolNamed(tool).key?.toUpperCase() ?? null;
