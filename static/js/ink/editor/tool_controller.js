/** Passes pointer input to the sessions of the tools, from pointer down to pointer up. */
import { onPage } from "../canvas/region.js";
import { TOOLS } from "../tools/index.js";
import { selectTool } from "../tools/select.js";

/** @typedef {import("./tool_context.js").ToolContext} ToolContext */
/** @typedef {import("../tools/types.js").PointerSession} PointerSession */
/** @typedef {import("../sync/interfaces.js").ToolName} ToolName */
/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../../viewer/pointers.js").Sample} Sample */
/** @typedef {import("../../viewer/pointers.js").Begun} Begun */
/** @typedef {import("./selection.js").Selection} Selection */

const STILL_PX = 6;
const HELD_MS = 500;
const BETWEEN_STROKES_MS = 300;
const PEN_ARRIVAL_MS = 120;
/** How far outside the page a stroke may begin, in fractions of the page; it then starts at the edge. */
const BESIDE = 0.03;

export class ToolController {
  #lifted = -Infinity;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #holding;
  /** @type {{name: ToolName, session: PointerSession, from: Point, still: boolean, on: string|null}|null} */ #active = null;

  /**
   * @param {{context: ToolContext, selection: Selection, transform: () => import("../canvas/region.js").Transform,
   *   opened: (id: string) => void, held: (at: import("../../viewer/gestures.js").Point) => boolean}} parts
   *   opened: a mark was tapped with a tool; held: long press of a finger; returns whether it opened a mark
   */
  constructor({ context, selection, transform, opened, held }) {
    this.context = context;
    this.selection = selection;
    this.transform = transform;
    this.opened = opened;
    this.held = held;
    /** @type {Map<ToolName, PointerSession>} */
    this.sessions = new Map(TOOLS.map((tool) => [tool.name, tool.session(context)]));
  }

  get underWay() {
    return this.#active !== null;
  }

  get atWork() {
    return this.underWay || performance.now() - this.#lifted < BETWEEN_STROKES_MS;
  }

  /** Warms up a tool that was just chosen. @param {ToolName} name */
  makeReady(name) {
    const session = this.sessions.get(name);
    setTimeout(() => {
      if (!this.underWay && this.context.ready) session?.warmUp?.();
    }, PEN_ARRIVAL_MS);
  }

  /** @param {ToolName} name @param {Sample} sample @param {Begun} begun */
  begin(name, sample, { type, on }) {
    this.cancel();
    const transform = this.transform();
    const [x, y] = onPage(sample.at, transform);
    if (Math.max(-x, -y, x - 1, y - 1) > BESIDE) return;
    const from = pointOf(sample, transform);
    const session = this.sessions.get(name);
    if (!session) return;
    if (name !== selectTool.name) this.selection.choose([]);
    this.context.committed.busy = true;
    this.#active = { name, session, from, still: true, on: on?.getAttribute("data-mark") ?? null };
    session.begin(from);
    if (type === "touch") this.#holding = setTimeout(() => this.#hold(sample.at), HELD_MS);
  }

  /** @param {import("../../viewer/gestures.js").Point} at a long press: it opens the mark under it instead of drawing */
  #hold(at) {
    if (this.#active?.still && this.held(at)) this.cancel();
  }

  /** @param {Sample[]} samples @param {Sample[]} expected */
  move(samples, expected) {
    const active = this.#active;
    if (!active) return;
    const transform = this.transform();
    const points = samples.map((sample) => pointOf(sample, transform));
    if (active.still) {
      const reach = this.context.reach(STILL_PX);
      active.still = points.every((point) => this.context.apart(point, active.from) < reach);
    }
    active.session.move(points, expected.map((sample) => pointOf(sample, transform)));
  }

  end() {
    const active = this.#taken();
    if (!active) return;
    if (!active.still || !active.on) {
      active.session.end();
      if (active.name === selectTool.name) this.selection.takeKeys();
      return;
    }
    // A tap on a note opens it with any tool.
    active.session.cancel();
    this.opened(active.on);
  }

  cancel() {
    this.#taken()?.session.cancel();
  }

  relaid() {
    this.#active?.session.relaid?.();
  }

  #taken() {
    clearTimeout(this.#holding);
    const active = this.#active;
    if (active) this.#lifted = performance.now();
    this.#active = null;
    this.context.committed.busy = false;
    return active;
  }
}

/** @param {Sample} sample @param {import("../canvas/region.js").Transform} transform @returns {Point} on the page */
function pointOf({ at, pressure }, transform) {
  const [x, y] = onPage(at, transform);
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y)), pressure];
}
