/** Session of tools that draw a shape from one point to another. */

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../../lib/schemas.js").Shape} Shape */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("./types.js").ToolContext} ToolContext */
/** @typedef {import("./types.js").PointerSession} PointerSession */

/** A shorter drag is a tap. CSS pixels of the screen. */
const SMALLEST_PX = 8;

/**
 * @typedef {object} Dragged how a tool turns a drag into a shape
 * @property {string} name of the tool
 * @property {(from: Point, to: Point, drag: {long: boolean, context: ToolContext}) => Shape} shape long: the drag is not a tap
 * @property {(shape: Shape, style: Style) => (Shape & {style: Style})|null} [preview] what is shown during
 *   the drag; default: the shape itself
 * @property {boolean} [asks] its text is entered before the mark is created; a tap is enough
 */

/** @implements {PointerSession} */
export class DragSession {
  /** @type {Point|null} */ #from = null;
  /** @type {Point|null} */ #to = null;

  /** @param {ToolContext} context @param {Dragged} dragged */
  constructor(context, dragged) {
    this.context = context;
    this.dragged = dragged;
  }

  /** @param {Point} at */
  begin(at) {
    this.#from = this.#to = at;
    this.context.open(null);
  }

  /** @param {Point[]} points */
  move(points) {
    this.#to = points.at(-1) ?? this.#to;
    const { context, dragged } = this;
    const shape = this.#long ? this.#shape() : null;
    const style = context.ink.styleOf(dragged.name);
    context.preview(shape && (dragged.preview ? dragged.preview(shape, style) : { ...shape, style }));
  }

  end() {
    const { context, dragged } = this;
    const [shape, long] = [this.#shape(), this.#long];
    if (shape && dragged.asks) context.askForText(shape);
    else if (shape && long) context.addShapes([{ ...shape, style: context.ink.styleOf(dragged.name) }]);
    this.cancel();
  }

  cancel() {
    this.#from = this.#to = null;
    this.context.close();
  }

  get #long() {
    const { context } = this;
    return this.#from !== null && this.#to !== null && context.apart(this.#from, this.#to) >= context.reach(SMALLEST_PX);
  }

  /** @returns {Shape|null} */
  #shape() {
    const [from, to] = [this.#from, this.#to];
    return from && to && this.dragged.shape(from, to, { long: this.#long, context: this.context });
  }
}
