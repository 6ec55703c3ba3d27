/**
 * Dispatches pointer events of the viewport: strokes to the ink layer, other movements to the gestures that move the
 * page. pointer_intent.js decides which.
 */
import { PointerIntent } from "./pointer_intent.js";

/** @typedef {import("./pointer_intent.js").Act} Act */
/** @typedef {import("./gestures.js").Point} Point */
/** @typedef {{at:Point, pressure:number, time:number}} Sample position of a pointer, CSS pixels of the viewport */
/** @typedef {{type:string, erase:boolean, on:Element|null}} Begun on: the note marker under the pointer */
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
 * }} Drawing receiver of strokes on the page; `expected`: points that the browser predicts
 */

/** Controls that handle their own pointer events. */
const CONTROLS = "button, a, input, textarea, [contenteditable]";
const FIELDS = "input, textarea, [contenteditable]";
/** Controls that are marks: a tool handles their pointer events. */
const MARKERS = "[data-mark]";

export class Pointers {
  #box = { left: 0, top: 0 };
  /** Last position of each pointer. @type {Map<number, {at: Point, type: string}>} */ #last = new Map();

  /**
   * @param {HTMLElement} element @param {import("./gestures.js").Gestures} gestures
   * @param {() => Drawing|null} drawing null: drawing is not possible
   */
  constructor(element, gestures, drawing) {
    this.element = element;
    this.gestures = gestures;
    this.drawing = drawing;
    this.intent = new PointerIntent({
      tool: () => drawing()?.tool() ?? false,
      penDraws: () => drawing()?.penDraws() ?? false,
    });
    element.addEventListener("pointerdown", (event) => this.#down(event));
    element.addEventListener("pointermove", (event) => this.#move(event));
    // A long press is a slow stroke or opens a mark; it must not open the browser's menu.
    element.addEventListener("contextmenu", (event) => {
      if (drawing()?.tool() || /** @type {PointerEvent} */ (event).pointerType === "touch") event.preventDefault();
    });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
      element.addEventListener(end, (event) => {
        const facts = this.#facts(event);
        this.#dispatch(end === "pointerup" ? this.intent.up(facts) : this.intent.cancel(facts), event);
        this.#last.delete(event.pointerId);
      });
    }
  }

  /** Call after the viewport was resized or moved. */
  moved() {
    this.#box = this.element.getBoundingClientRect();
  }

  /** Ends a stroke because the page changes: points so far are kept, later ones ignored. */
  release() {
    this.intent.release();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.moved();
    const target = /** @type {Element} */ (event.target);
    const control = target.closest(CONTROLS);
    const facts = this.#facts(event);
    // A pointer that draws acts on the mark with its tool; any other pointer presses its button.
    if (control && !(control.matches(MARKERS) && this.intent.draws(facts))) return;
    const acts = this.intent.down(facts);
    if (acts.length) this.element.setPointerCapture(event.pointerId);
    if (acts.some(({ act }) => act === "draw")) this.#suppressMouse(event);
    this.#dispatch(acts, event);
  }

  /** @param {Act[]} acts @param {PointerEvent} event */
  #dispatch(acts, event) {
    const own = { at: this.#at(event), type: event.pointerType };
    for (const act of acts) {
      if (act.act === "tap") {
        this.drawing()?.tapped(act.fingers);
        continue;
      }
      const { at, type } = act.id === event.pointerId ? own : this.#last.get(act.id) ?? own;
      if (act.act === "draw") this.#passToPen(act.phase, act.erase, event, at);
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
  #passToPen(phase, erase, event, at) {
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
    // Only pens report a real pressure.
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
    this.#dispatch(this.intent.move(this.#facts(event)), event);
  }

  /**
   * Suppresses the mouse events after a pointer that draws: each would cost a hit test of the browser. Their blur of
   * a focused field is done here.
   * @param {PointerEvent} event
   */
  #suppressMouse(event) {
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
