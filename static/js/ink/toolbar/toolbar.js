/**
 * What a person writes with and for whom: the tool in the hand, its colours and widths, the audience.
 * Knows no markup. The audience starts as private each time the room is entered; the rest is
 * remembered for this person on this tablet.
 */
import { paletteOf, PRIVATE, validReach } from "../model/audience.js";
import { toolNamed } from "../tools/index.js";
import { asKept, chosenFrom, sideFor, SLOTS, styleOf } from "./toolbar_model.js";

/** @typedef {import("./toolbar_model.js").Tool} Tool */
/** @typedef {import("./toolbar_model.js").Slot} Slot */
/** @typedef {import("./toolbar_model.js").Side} Side */
/** @typedef {import("./toolbar_model.js").Chosen} Chosen */
/** @typedef {import("../model/audience.js").Reach} Reach */
/** @typedef {import("../../live/room_state.js").Room} Room */

const OPEN_KEY = "ink:tray";
/** Below this a screen is a phone's: the tray stays away until it is asked for. */
const PHONE_PX = 720;

export class Toolbar {
  /** @type {Tool|null} null: the hand, that moves the page */ tool = null;
  /** @type {Reach} */ #reach = PRIVATE;
  /** @type {Record<Slot, Tool>} */ #lastOf = {};
  /** @type {Side} */ #side = "footer";

  /**
   * @param {{memory: {get(key:string):string|null, set(key:string, value:string):void}, width: () => number,
   *   room: () => Room, use: (tool: Tool|null) => void, changed: () => void}} interfaces
   *   `width`: of the window; `use`: takes a tool in the hand or puts it down, and says so by `heard`; `changed`: draw again
   */
  constructor(interfaces) {
    this.interfaces = interfaces;
  }

  /** Whether the tray is out. */
  get open() {
    const kept = this.interfaces.memory.get(OPEN_KEY);
    return kept === null ? this.interfaces.width() >= PHONE_PX : kept === "out";
  }

  /** @returns {Side} An on-screen keyboard makes the window low: while a field has the focus the tray keeps its side. */
  get side() {
    const typing = document.activeElement?.matches("textarea, input:not([type=range])");
    if (!typing) this.#side = sideFor(window.innerWidth, window.innerHeight);
    return this.#side;
  }

  /** @param {boolean} open a tray put away takes its tool with it; without its words nothing is shown to others */
  put(open) {
    this.interfaces.memory.set(OPEN_KEY, open ? "out" : "away");
    if (!open) {
      this.#reach = PRIVATE;
      this.putDown();
    }
    this.interfaces.changed();
  }

  /** @returns {Reach} who sees what is written now */
  get reach() {
    return validReach(this.#reach, this.interfaces.room());
  }

  /** The room changed: an audience that may not be chosen any more is given up, also for later. @returns {Reach|null} that one */
  settle() {
    const before = this.#reach;
    this.#reach = this.reach;
    return before.audience === this.#reach.audience ? null : before;
  }

  set reach(reach) {
    this.#reach = reach;
    this.interfaces.changed();
  }

  /** @param {Slot} slot @returns {Tool} what a button of the tray stands for now */
  toolOf(slot) {
    return this.#lastOf[slot] ?? SLOTS[slot]?.[0] ?? slot;
  }

  /** @param {Slot} slot */
  holds(slot) {
    return this.tool !== null && toolNamed(this.tool).slot === slot;
  }

  /** @param {Tool} tool */
  take(tool) {
    this.#lastOf[toolNamed(tool).slot] = tool;
    this.interfaces.use(tool);
  }

  putDown() {
    if (this.tool !== null) this.interfaces.use(null);
  }

  /** @param {Tool|null} tool in the hand now: also the one that a pen brought with it */
  heard(tool) {
    if (tool) this.#lastOf[toolNamed(tool).slot] = tool;
    this.tool = tool;
    this.interfaces.changed();
  }

  /** @param {Tool} tool a chosen tool is put down, another one taken */
  toggle(tool) {
    if (this.tool === tool) this.putDown();
    else this.take(tool);
  }

  /** @param {Tool} tool @returns {Chosen} */
  chosen(tool) {
    return chosenFrom(tool, this.#palette, this.interfaces.memory.get(this.#key(tool)));
  }

  /** @param {Tool} tool @param {Partial<Chosen>} part */
  choose(tool, part) {
    this.interfaces.memory.set(this.#key(tool), asKept(tool, { ...this.chosen(tool), ...part }));
    this.interfaces.changed();
  }

  /** @param {Tool} tool @returns {import("../../lib/schemas.js").Style} what it draws with now */
  style(tool) {
    return styleOf(tool, this.chosen(tool));
  }

  get #palette() {
    return paletteOf(this.reach.audience);
  }

  /** @param {Tool} tool */
  #key(tool) {
    return `ink:${this.#palette}:${tool}`;
  }
}
