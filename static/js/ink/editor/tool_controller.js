/** Pointers and tools: each stroke of a pointer goes to the chosen one, from where it begins to its end. */
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
/** A pen may come down this far beside the page and still mean its edge, in fractions of it. */
const BESIDE = 0.03;

export class ToolController {
  #lifted = -Infinity;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #holding;
  /** @type {{name: ToolName, session: PointerSession, from: Point, still: boolean, on: string|null}|null} */ #act = null;

  /**
   * @param {{context: ToolContext, selection: Selection, transform: () => import("../canvas/region.js").Transform,
   *   opened: (id: string) => void, held: (at: import("../../viewer/gestures.js").Point) => boolean}} parts
   *   opened: a mark was tapped, not written on; held: a finger stays where it came down: whether it opened a mark
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
    return this.#act !== null;
  }

  get atWork() {
    return this.underWay || performance.now() - this.#lifted < BETWEEN_STROKES_MS;
  }

  /** A tool was chosen. @param {ToolName} name */
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
    this.#act = { name, session, from, still: true, on: on?.getAttribute("data-mark") ?? null };
    session.begin(from);
    if (type === "touch") this.#holding = setTimeout(() => this.#hold(sample.at), HELD_MS);
  }

  /** @param {import("../../viewer/gestures.js").Point} at A finger that was not lifted asks whose the mark under it is; it writes nothing. */
  #hold(at) {
    if (this.#act?.still && this.held(at)) this.cancel();
  }

  /** @param {Sample[]} samples @param {Sample[]} expected */
  move(samples, expected) {
    const act = this.#act;
    if (!act) return;
    const transform = this.transform();
    const points = samples.map((sample) => pointOf(sample, transform));
    if (act.still) {
      const reach = this.context.reach(STILL_PX);
      act.still = points.every((point) => this.context.apart(point, act.from) < reach);
    }
    act.session.move(points, expected.map((sample) => pointOf(sample, transform)));
  }

  end() {
    const act = this.#taken();
    if (!act) return;
    if (!act.still || !act.on) {
      act.session.end();
      if (act.name === selectTool.name) this.selection.takeKeys();
      return;
    }
    // A tap on a note opens it, whatever the tool.
    act.session.cancel();
    this.opened(act.on);
  }

  cancel() {
    this.#taken()?.session.cancel();
  }

  relaid() {
    this.#act?.session.relaid?.();
  }

  #taken() {
    clearTimeout(this.#holding);
    const act = this.#act;
    if (act) this.#lifted = performance.now();
    this.#act = null;
    this.context.committed.busy = false;
    return act;
  }
}

/** @param {Sample} sample @param {import("../canvas/region.js").Transform} transform @returns {Point} on the page */
function pointOf({ at, pressure }, transform) {
  const [x, y] = onPage(at, transform);
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y)), pressure];
}
