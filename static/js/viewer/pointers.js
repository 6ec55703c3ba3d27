/**
 * The pointers on the viewportSize: each goes to who it is meant for, the pen to the page's ink, fingers to the
 * gestures that move the page (pointer_intent.js decides).
 */
import { PointerIntent } from "./pointer_intent.js";

/** @typedef {import("./pointer_intent.js").Act} Act */
/** @typedef {import("./gestures.js").Point} Point */
/** @typedef {{at:Point, pressure:number, time:number}} Sample where a pen is, CSS pixels of the desk */
/** @typedef {{type:string, erase:boolean, on:Element|null}} Begun on: a marker of the page under it */
/**
 * @typedef {{
 *   tool: () => boolean,
 *   penDraws: () => boolean,
 *   begin: (sample: Sample, begun: Begun) => void,
 *   move: (samples: Sample[], expected: Sample[]) => void,
 *   end: () => void,
 *   cancel: () => void,
 *   tapped: (fingers: 2|3) => void,
 *   hovers: (at: Point) => void,
 * }} Drawing what draws on the page; `expected`: where the browser thinks that the pen will be
 */

/** Controls of the page that are pressed as such. */
const CONTROLS = "button, a, input, textarea, [contenteditable]";
const FIELDS = "input, textarea, [contenteditable]";
/** Of these a drawing tool takes the ones that are marks themselves. */
const MARKERS = "[data-mark]";

export class Pointers {
  #box = { left: 0, top: 0 };
  /** Where each pointer was last. @type {Map<number, {at: Point, type: string}>} */ #last = new Map();

  /**
   * @param {HTMLElement} viewportSize @param {import("./gestures.js").Gestures} gestures
   * @param {() => Drawing|null} drawing null: nobody may draw here
   */
  constructor(viewportSize, gestures, drawing) {
    this.viewportSize = viewportSize;
    this.gestures = gestures;
    this.drawing = drawing;
    this.intent = new PointerIntent({
      tool: () => drawing()?.tool() ?? false,
      penDraws: () => drawing()?.penDraws() ?? false,
    });
    viewportSize.addEventListener("pointerdown", (event) => this.#down(event));
    viewportSize.addEventListener("pointermove", (event) => this.#move(event));
    // A press that is held is a slow stroke, or asks whose a mark is; it is no wish for the browser's menu.
    viewportSize.addEventListener("contextmenu", (event) => {
      if (drawing()?.tool() || /** @type {PointerEvent} */ (event).pointerType === "touch") event.preventDefault();
    });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
      viewportSize.addEventListener(end, (event) => {
        const facts = this.#facts(event);
        this.#tell(end === "pointerup" ? this.intent.up(facts) : this.intent.cancel(facts), event);
        this.#last.delete(event.pointerId);
      });
    }
  }

  /** The desk has another size or place. */
  moved() {
    this.#box = this.viewportSize.getBoundingClientRect();
  }

  /** The page under the pen goes away: what is drawn is kept, the rest of the stroke is not. */
  release() {
    this.intent.release();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.moved();
    const target = /** @type {Element} */ (event.target);
    const control = target.closest(CONTROLS);
    const facts = this.#facts(event);
    // A tool takes hold of a mark; who only reads, or moves the page with a finger, opens it.
    if (control && !(control.matches(MARKERS) && this.intent.draws(facts))) return;
    const acts = this.intent.down(facts);
    if (acts.length) this.viewportSize.setPointerCapture(event.pointerId);
    if (acts.some(({ act }) => act === "draw")) this.#keepFromMouse(event);
    this.#tell(acts, event);
  }

  /** @param {Act[]} acts @param {PointerEvent} event */
  #tell(acts, event) {
    const own = { at: this.#at(event), type: event.pointerType };
    for (const act of acts) {
      if (act.act === "tap") {
        this.drawing()?.tapped(act.fingers);
        continue;
      }
      const { at, type } = act.id === event.pointerId ? own : this.#last.get(act.id) ?? own;
      if (act.act === "draw") this.#draw(act.phase, act.erase, event, at);
      else this.#pan(act.phase, { id: act.id, type, at, time: event.timeStamp });
    }
    if (acts.length) this.#last.set(event.pointerId, own);
  }

  /** @param {import("./pointer_intent.js").Phase} phase @param {import("./gestures.js").Touch} touch */
  #pan(phase, touch) {
    if (phase === "begin") this.gestures.down(touch);
    else if (phase === "move") this.gestures.move(touch);
    else this.gestures.up(touch, phase === "end");
  }

  /**
   * @param {import("./pointer_intent.js").Phase} phase @param {boolean} erase @param {PointerEvent} event
   * @param {Point} at
   */
  #draw(phase, erase, event, at) {
    const drawing = this.drawing();
    if (phase === "begin") {
      this.gestures.stop();
      const on = /** @type {Element} */ (event.target).closest(MARKERS);
      drawing?.begin({ ...this.#sample(event), at }, { type: event.pointerType, erase, on });
    } else if (phase === "move") {
      const coalesced = event.getCoalescedEvents?.() ?? [];
      const samples = (coalesced.length ? coalesced : [event]).map((one) => this.#sample(one));
      drawing?.move(samples, (event.getPredictedEvents?.() ?? []).map((one) => this.#sample(one)));
    } else if (phase === "end") {
      drawing?.end();
    } else {
      drawing?.cancel();
    }
  }

  /** @param {PointerEvent} event @returns {Sample} */
  #sample(event) {
    // Fingers and mice press as hard as the system makes up.
    const pressure = event.pointerType === "pen" ? event.pressure : 0.5;
    return { at: this.#at(event), pressure, time: event.timeStamp };
  }

  /** @param {PointerEvent} event @returns {Point} */
  #at(event) {
    return { x: event.clientX - this.#box.left, y: event.clientY - this.#box.top };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerType === "mouse" && event.buttons === 0) {
      this.moved();
      this.drawing()?.hovers(this.#at(event));
    }
    this.#tell(this.intent.move(this.#facts(event)), event);
  }

  /**
   * No mouse events follow for a page that is drawn on: each would cost a search for what lies under it. What
   * they would do for a field that is being written in is done here.
   * @param {PointerEvent} event
   */
  #keepFromMouse(event) {
    event.preventDefault();
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.matches(FIELDS)) activeElement.blur();
  }

  /** @param {PointerEvent} event @returns {import("./pointer_intent.js").Pointer} */
  #facts(event) {
    const { pointerId: id, pointerType: type, timeStamp: time, button, buttons } = event;
    return { id, type, x: event.clientX, y: event.clientY, time, button, buttons, size: Math.max(event.width, event.height) };
  }
}
