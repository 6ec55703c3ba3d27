/** The commands of keys in the room. Clickers send PageUp, PageDown and space. */

/** @type {Record<string, string>} */
const COMMANDS = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "previous",
  PageUp: "previous",
  ArrowDown: "down",
  ArrowUp: "up",
  Home: "first",
  End: "last",
  "+": "larger",
  "=": "larger",
  "-": "smaller",
  f: "follow",
  F: "follow",
};

/**
 * @param {{key:string, shiftKey:boolean, ctrlKey:boolean, altKey:boolean, metaKey:boolean}} event
 * @returns {string|null} a command, or null for a key without one
 */
export function commandOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (event.key === " " && event.shiftKey) return "previous";
  return Object.hasOwn(COMMANDS, event.key) ? (COMMANDS[event.key] ?? null) : null;
}

/**
 * Whether the focused control handles a key: space on a button, arrows on a slider, scrolling in a list.
 * @param {string} key @param {Element|null} target
 */
export function belongsToControl(key, target) {
  if (!target) return false;
  if (key === " ") return target.closest("button, a, summary, [role=button]") !== null;
  const scrolls = target.closest(".drawer, .column, .vote-layer, dialog, [role=menu]") !== null;
  return scrolls && ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(key);
}
