/**
 * State of the toolbar, without markup: the selected tool, its colours and widths, the audience. The audience is
 * private each time the room is entered; the rest is stored for this person on this device.
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
/** Below this window width, as on phones, the toolbar is hidden until it is opened. */
const PHONE_PX = 720;

export class Toolbar {
  /** @type {Tool|null} null: no tool; pointers move the page */ tool = null;
  /** @type {Reach} */ #reach = PRIVATE;
  /** @type {Record<Slot, Tool>} */ #lastOf = {};
  /** @type {Side} */ #side = "footer";

  /**
   * @param {{memory: {get(key:string):string|null, set(key:string, value:string):void}, width: () => number,
   *   room: () => Room, use: (tool: Tool|null) => void, changed: () => void}} interfaces
   *   `width`: of the window; `use`: selects or deselects a tool, then calls `heard`; `changed`: requests a redraw
   */
  constructor(interfaces) {
    this.interfaces = interfaces;
  }

  /** Whether the toolbar is shown. */
  get open() {
    const kept = this.interfaces.memory.get(OPEN_KEY);
    return kept === null ? this.interfaces.width() >= PHONE_PX : kept === "out";
  }

  /** @returns {Side} unchanged while an input has the focus, because an on-screen keyboard reduces the window's height */
  get side() {
    const typing = document.activeElement?.matches("textarea, input:not([type=range])");
    if (!typing) this.#side = sideFor(window.innerWidth, window.innerHeight);
    return this.#side;
  }

  /** @param {boolean} open closing also deselects the tool and sets the audience to private, because it is then not displayed */
  put(open) {
    this.interfaces.memory.set(OPEN_KEY, open ? "out" : "away");
    if (!open) {
      this.#reach = PRIVATE;
      this.putDown();
    }
    this.interfaces.changed();
  }

  /** @returns {Reach} audience of the next marks */
  get reach() {
    return validReach(this.#reach, this.interfaces.room());
  }

  /** Resets an audience that the changed room no longer allows. @returns {Reach|null} the one that was reset */
  settle() {
    const before = this.#reach;
    this.#reach = this.reach;
    return before.audience === this.#reach.audience ? null : before;
  }

  set reach(reach) {
    this.#reach = reach;
    this.interfaces.changed();
  }

  /** @param {Slot} slot @returns {Tool} the tool that a toolbar button selects now */
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

  /** @param {Tool|null} tool that is selected now, also by a pen */
  heard(tool) {
    if (tool) this.#lastOf[toolNamed(tool).slot] = tool;
    this.tool = tool;
    this.interfaces.changed();
  }

  /** @param {Tool} tool Deselects it if it is selected; else selects it. */
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

  /** @param {Tool} tool @returns {import("../../lib/schemas.js").Style} its current style */
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
