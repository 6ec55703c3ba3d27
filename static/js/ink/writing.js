/** The tools at work: each stroke of a pointer goes to the chosen one, from where it begins to its end. */
import { onPage } from "./region.js";
import { EraserTool } from "./tools/eraser_tool.js";
import { PenTool } from "./tools/pen_tool.js";
import { SelectTool } from "./tools/select_tool.js";
import { ShapeTool } from "./tools/shape_tool.js";
import { TextMarkTool } from "./tools/text_mark_tool.js";

/** @typedef {import("./easel.js").Easel} Easel */
/** @typedef {import("./easel.js").Tool} Tool */
/** @typedef {import("./ports.js").ToolName} ToolName */
/** @typedef {import("./grid.js").Point} Point */
/** @typedef {import("../viewer/pointers.js").Sample} Sample */
/** @typedef {import("../viewer/pointers.js").Begun} Begun */
/** @typedef {import("./selection.js").Selection} Selection */

const STILL_PX = 6;
const HELD_MS = 500;
const BETWEEN_STROKES_MS = 300;
const WHILE_THE_HAND_COMES_MS = 120;
/** A pen may come down this far beside the page and still mean its edge, in fractions of it. */
const BESIDE = 0.03;

/** @param {Easel} easel @param {Selection} selection @returns {Record<ToolName, Tool>} */
function toolsOf(easel, selection) {
  return {
    pen: new PenTool(easel, "pen"),
    highlighter: new PenTool(easel, "highlighter"),
    highlight: new TextMarkTool(easel, "highlight"),
    underline: new TextMarkTool(easel, "underline"),
    strike: new TextMarkTool(easel, "strike"),
    arrow: new ShapeTool(easel, "arrow"),
    rectangle: new ShapeTool(easel, "rectangle"),
    text: new ShapeTool(easel, "text"),
    note: new ShapeTool(easel, "note"),
    eraser: new EraserTool(easel),
    select: new SelectTool(easel, () => selection.ids, () => selection.box),
  };
}

export class Writing {
  #lifted = -Infinity;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #holding;
  /** @type {{tool: Tool, from: Point, still: boolean, on: string|null}|null} */ #act = null;

  /**
   * @param {{easel: Easel, selection: Selection, standing: () => import("./region.js").Standing,
   *   opened: (id: string) => void, held: (at: import("../viewer/gestures.js").Point) => boolean}} parts
   *   opened: a mark was tapped, not written on; held: a finger stays where it came down: whether it opened a mark
   */
  constructor({ easel, selection, standing, opened, held }) {
    this.easel = easel;
    this.selection = selection;
    this.standing = standing;
    this.opened = opened;
    this.held = held;
    this.tools = toolsOf(easel, selection);
  }

  get underWay() {
    return this.#act !== null;
  }

  get atWork() {
    return this.underWay || performance.now() - this.#lifted < BETWEEN_STROKES_MS;
  }

  /** A tool was chosen. @param {ToolName} name */
  makeReady(name) {
    const tool = this.tools[name];
    setTimeout(() => {
      if (!this.underWay && this.easel.ready) tool.warmUp?.();
    }, WHILE_THE_HAND_COMES_MS);
  }

  /** @param {ToolName} name @param {Sample} sample @param {Begun} begun */
  begin(name, sample, { type, on }) {
    this.cancel();
    const standing = this.standing();
    const [x, y] = onPage(sample.at, standing);
    if (Math.max(-x, -y, x - 1, y - 1) > BESIDE) return;
    const from = pointOf(sample, standing);
    if (name !== "select") this.selection.choose([]);
    this.easel.dry.busy = true;
    this.#act = { tool: this.tools[name], from, still: true, on: on?.getAttribute("data-mark") ?? null };
    this.#act.tool.begin(from);
    if (type === "touch") this.#holding = setTimeout(() => this.#hold(sample.at), HELD_MS);
  }

  /** @param {import("../viewer/gestures.js").Point} at A finger that was not lifted asks whose the mark under it is; it writes nothing. */
  #hold(at) {
    if (this.#act?.still && this.held(at)) this.cancel();
  }

  /** @param {Sample[]} samples @param {Sample[]} expected */
  move(samples, expected) {
    const act = this.#act;
    if (!act) return;
    const standing = this.standing();
    const points = samples.map((sample) => pointOf(sample, standing));
    if (act.still) {
      const reach = this.easel.reach(STILL_PX);
      act.still = points.every((point) => this.easel.apart(point, act.from) < reach);
    }
    act.tool.move(points, expected.map((sample) => pointOf(sample, standing)));
  }

  end() {
    const act = this.#taken();
    if (!act) return;
    if (!act.still || !act.on) {
      act.tool.end();
      if (act.tool === this.tools.select) this.selection.takeKeys();
      return;
    }
    // A tap on a note opens it, whatever the tool.
    act.tool.cancel();
    this.opened(act.on);
  }

  cancel() {
    this.#taken()?.tool.cancel();
  }

  relaid() {
    this.#act?.tool.relaid?.();
  }

  #taken() {
    clearTimeout(this.#holding);
    const act = this.#act;
    if (act) this.#lifted = performance.now();
    this.#act = null;
    this.easel.dry.busy = false;
    return act;
  }
}

/** @param {Sample} sample @param {import("./region.js").Standing} standing @returns {Point} on the page */
function pointOf({ at, pressure }, standing) {
  const [x, y] = onPage(at, standing);
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y)), pressure];
}
