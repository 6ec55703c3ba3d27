/** What a key means for pens and notes. Pure; that a field is silent is seen to by keyboard.js. */

/** @typedef {import("./tray_model.js").Tool} Tool */
/** @typedef {{tool: Tool} | {verb: "undo"|"redo"|"put_down"}} InkCommand */

/** @type {Record<string, Tool>} */
const TOOLS = { p: "pen", h: "highlighter", n: "note", e: "eraser", v: "select" };

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
  const tool = Object.hasOwn(TOOLS, letter) ? TOOLS[letter] : undefined;
  return tool && !shiftKey ? { tool } : null;
}

/** @param {Tool} tool @returns {string|null} the key that takes it, as a menu shows it */
export const keyOf = (tool) => Object.entries(TOOLS).find(([, one]) => one === tool)?.[0].toUpperCase() ?? null;
