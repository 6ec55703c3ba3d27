/**
 * What a person writes with: the style of each tool, remembered for this person, and who is to see what
 * is written, which begins as nobody else each time the room is entered.
 */

/** @typedef {import("./types.js").Style} Style */
/** @typedef {import("./types.js").Audience} Audience */
/** @typedef {import("./ports.js").ToolName} ToolName */
/** @typedef {{get(key:string):string|null, set(key:string, value:string):void}} Memory */

export const PEN_COLOURS = ["#1c4fa1", "#1d1a16", "#b3261e", "#17694c", "#6a3fa0"];
export const MARKER_COLOURS = ["#ffd84d", "#9be38a", "#ff9ec4", "#8fd0ff"];
/** Thousandths of the page's width. */
export const PEN_WIDTHS = [1.6, 2.6, 4.5];
export const MARKER_WIDTHS = [18, 22, 26];
const RED = "#b3261e";
const KEY = "ink:styles";

/** @type {Style} */
const PEN = { color: "#1c4fa1", width: 2.6, opacity: 1, size: 20 };
/** @type {Partial<Record<ToolName, Partial<Style>>>} where a tool differs from the pen */
const DEFAULTS = {
  highlighter: { color: "#ffd84d", width: 22, opacity: 0.9 },
  highlight: { color: "#ffd84d", opacity: 0.9 },
  note: { color: "#ffd84d" },
  underline: { color: RED },
  strike: { color: RED },
  arrow: { color: RED },
  rectangle: { color: RED },
};

export class Hand {
  /** @type {{audience: Audience, user_id: string|null}} */ #audience = { audience: "private", user_id: null };
  /** @type {Record<string, Partial<Style>>} */ #styles;
  /** @type {Set<() => void>} */ #listeners = new Set();

  /** @param {Memory} memory lasts, for this person */
  constructor(memory) {
    this.memory = memory;
    this.#styles = JSON.parse(memory.get(KEY) ?? "{}");
  }

  /** @returns {{audience: Audience, user_id: string|null}} who is to see what is written; user_id: for one person alone */
  audience() {
    return this.#audience;
  }

  /** @param {Audience} audience @param {string|null} [userId] */
  showTo(audience, userId = null) {
    this.#audience = { audience, user_id: userId };
    this.#tell();
  }

  /** @param {ToolName} tool @returns {Style} what is for the room is red unless another colour was chosen for it */
  styleOf(tool) {
    const forAll = this.#audience.audience === "meeting" && tool === "pen" ? { color: RED } : {};
    return { ...PEN, ...DEFAULTS[tool], ...forAll, ...this.#styles[this.#key(tool)] };
  }

  /** @param {ToolName} tool @param {Partial<Style>} style */
  setStyle(tool, style) {
    const key = this.#key(tool);
    this.#styles = { ...this.#styles, [key]: { ...this.#styles[key], ...style } };
    this.memory.set(KEY, JSON.stringify(this.#styles));
    this.#tell();
  }

  /** @param {() => void} listener style or audience changed @returns {() => void} ends it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {ToolName} tool */
  #key(tool) {
    return this.#audience.audience === "meeting" ? `${tool}@room` : tool;
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
