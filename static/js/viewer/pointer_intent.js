/**
 * Decides for each pointer whether it draws, moves the page, or is ignored (a palm). Pure: gets pointer events with
 * their times and returns actions.
 *
 * After the first use of a pen, fingers move the page and the pen draws. Without a pen, one finger draws if a tool is
 * chosen. Two fingers always move the page, even during a stroke.
 *
 * @typedef {"begin"|"move"|"end"|"cancel"} Phase
 * @typedef {{id:number, type:string, x:number, y:number, time:number, button:number, buttons:number, size:number}} Pointer
 *   CSS pixels; size: the larger side of the contact area
 * @typedef {{act:"draw"|"pan", phase:Phase, id:number, erase:boolean}|{act:"tap", fingers:2|3}} Act
 * @typedef {{id:number, type:string, role:"draw"|"pan"|"none", x:number, y:number, time:number, far:number,
 *   erase:boolean}} Held far: greatest distance from its start
 * @typedef {{tool: () => boolean, penDraws: () => boolean}} Conditions tool: a tool is chosen; penDraws: a pen draws without one
 */

/** How long after the pen touches are ignored: a palm may stay after it. */
const PEN_LINGERS_MS = 500;
const PALM_PX = 48;
/** Contact size of a palm before a pen was used: a broad thumb may draw. */
const RESTING_PALM_PX = 100;
/** A second finger within this time, or before the stroke is this long, cancels the stroke and moves the page. */
const SECOND_FINGER_MS = 150;
const SHORT_PX = 24;
const TAP_MS = 350;
const TAP_PX = 12;
const ERASER = 32;

export class PointerIntent {
  /** @type {Map<number, Held>} */ #held = new Map();
  #penSeen = false;
  #penLeft = -Infinity;
  /** Fingers that touched together. */
  #tap = { since: 0, fingers: 0, still: false };

  /** @param {Conditions} conditions */
  constructor(conditions) {
    this.conditions = conditions;
  }

  /** Whether a pen was used on this viewport; fingers then do not draw. */
  get penSeen() {
    return this.#penSeen;
  }

  /** @returns {Held[]} */
  get #atWork() {
    return [...this.#held.values()].filter((one) => one.role !== "none");
  }

  /** @returns {Held|undefined} */
  get #drawing() {
    return this.#atWork.find((one) => one.role === "draw");
  }

  /** @returns {Held[]} */
  get #fingers() {
    return this.#atWork.filter((one) => one.type === "touch");
  }

  /** @param {{type:string, button:number}} pointer that is pressed alone @returns {boolean} whether it draws */
  draws({ type, button }) {
    if (type === "touch") return this.conditions.tool() && !this.#penSeen;
    if (type === "pen") return this.conditions.tool() || this.conditions.penDraws();
    return button === 0 && this.conditions.tool();
  }

  /** @param {Pointer} pointer @returns {Act[]} */
  down(pointer) {
    this.#held.delete(pointer.id);
    if (pointer.type === "touch") return this.#finger(pointer);
    if (pointer.type === "pen") return this.#pen(pointer);
    const draws = this.draws(pointer);
    const pans = !draws && (pointer.button === 0 || pointer.button === 1);
    if (this.#atWork.length || (!draws && !pans)) return [];
    return this.#take(pointer, draws ? "draw" : "pan");
  }

  /** @param {Pointer} pointer @returns {Act[]} */
  move(pointer) {
    if (pointer.type === "pen") this.#penSeen = true;
    const one = this.#held.get(pointer.id);
    if (!one) return [];
    one.far = Math.max(one.far, Math.hypot(pointer.x - one.x, pointer.y - one.y));
    if (one.far > TAP_PX) this.#tap.still = false;
    return one.role === "none" ? [] : [this.#act(one, "move")];
  }

  /** @param {Pointer} pointer @returns {Act[]} */
  up(pointer) {
    return this.#remove(pointer, "end");
  }

  /** @param {Pointer} pointer that the system cancelled @returns {Act[]} */
  cancel(pointer) {
    this.#tap.still = false;
    return this.#remove(pointer, "cancel");
  }

  /** Ignores the rest of a stroke in progress. @returns {void} */
  release() {
    for (const one of this.#held.values()) if (one.role === "draw") one.role = "none";
  }

  /** @param {Pointer} pointer @returns {Act[]} */
  #pen(pointer) {
    this.#penSeen = true;
    const erase = (pointer.buttons & ERASER) !== 0;
    const draws = this.draws(pointer);
    if (this.#drawing?.type === "pen") return [];
    // Touches before the pen are the palm of the writing hand.
    const palms = this.#atWork.map((one) => this.#drop(one));
    this.#tap.still = false;
    return [...palms, ...this.#take(pointer, draws ? "draw" : "pan", erase && draws)];
  }

  /** @param {Pointer} pointer @returns {Act[]} */
  #finger(pointer) {
    if (this.#isPalm(pointer) || this.#drawing?.type === "mouse") return this.#take(pointer, "none");
    const [first, ...others] = this.#fingers;
    if (!first) {
      this.#tap = { since: pointer.time, fingers: 1, still: true };
      return this.#take(pointer, this.draws(pointer) ? "draw" : "pan");
    }
    this.#tap.fingers = others.length + 2;
    return [...(first.role === "draw" ? this.#switchToPan(first, pointer.time) : []), ...this.#take(pointer, "pan")];
  }

  /** @param {Pointer} pointer */
  #isPalm({ size, time }) {
    const pen = [...this.#held.values()].some((one) => one.type === "pen");
    return pen || time - this.#penLeft < PEN_LINGERS_MS || size > (this.#penSeen ? PALM_PX : RESTING_PALM_PX);
  }

  /** @param {Held} one the first finger, which drew until the second touched @param {number} time @returns {Act[]} */
  #switchToPan(one, time) {
    const accidental = time - one.time < SECOND_FINGER_MS || one.far < SHORT_PX;
    const ended = this.#act(one, accidental ? "cancel" : "end");
    one.role = "pan";
    return [ended, this.#act(one, "begin")];
  }

  /** @param {Pointer} pointer @param {Held["role"]} role @param {boolean} [erase] @returns {Act[]} */
  #take({ id, type, x, y, time }, role, erase = false) {
    const one = { id, type, role, x, y, time, far: 0, erase };
    this.#held.set(id, one);
    return role === "none" ? [] : [this.#act(one, "begin")];
  }

  /** @param {Held} one @returns {Act} */
  #drop(one) {
    const act = this.#act(one, "cancel");
    one.role = "none";
    return act;
  }

  /** @param {Pointer} pointer @param {"end"|"cancel"} phase @returns {Act[]} */
  #remove(pointer, phase) {
    const one = this.#held.get(pointer.id);
    if (!one) return [];
    this.#held.delete(pointer.id);
    if (one.type === "pen") this.#penLeft = pointer.time;
    if (one.role === "none") return [];
    return [this.#act(one, phase), ...this.#tapOf(one, pointer.time)];
  }

  /** @param {Held} one @param {number} time @returns {Act[]} the tap of two or three fingers, if it was one */
  #tapOf(one, time) {
    const { since, fingers, still } = this.#tap;
    if (one.type !== "touch" || this.#fingers.length > 0) return [];
    this.#tap.still = false;
    if (!still || time - since > TAP_MS || (fingers !== 2 && fingers !== 3)) return [];
    return [{ act: "tap", fingers }];
  }

  /** @param {Held} one @param {Phase} phase @returns {Act} */
  #act(one, phase) {
    return { act: one.role === "draw" ? "draw" : "pan", phase, id: one.id, erase: one.erase };
  }
}
