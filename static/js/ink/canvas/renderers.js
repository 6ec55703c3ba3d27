/**
 * Renders annotations on a canvas in outline units: the page is OUTLINE_PAGE units wide. Paths are cached
 * per annotation, so the outline of a stroke is computed once.
 */
import { dequal } from "dequal/lite";
import { OUTLINE_PAGE } from "../model/stroke_outline.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("../../lib/schemas.js").Shape} Shape */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("../model/grid.js").Stroke} Stroke */
/** @typedef {import("../../lib/schemas.js").WetStyle} StrokeStyle */
/** @typedef {import("../tools/types.js").Painting} Painting */
/** @typedef {import("../tools/types.js").Appearance<any>} Appearance */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {Shape & {style: Style, text: string|null}} Drawn */

const UNIT = OUTLINE_PAGE / 1000;

/** @type {WeakMap<Drawn, {aspect: number, painting: Painting}>} */
const known = new WeakMap();

/** @param {Drawn} drawn @param {number} aspect @returns {Painting} cached per annotation object */
export function paintingOf(drawn, aspect) {
  const before = known.get(drawn);
  if (before?.aspect === aspect) return before.painting;
  const painting = made(drawn, aspect);
  known.set(drawn, { aspect, painting });
  return painting;
}

/**
 * Whether two annotations look the same, such as a local one and the server's copy of it.
 * @param {Drawn} a @param {Drawn} b
 */
export const looksAlike = (a, b) =>
  a.kind === b.kind && a.text === b.text && dequal(a.style, b.style) && dequal(a.geometry, b.geometry);

/** Reuses the cached painting for an annotation that looks the same. @param {Drawn} from @param {Drawn} to */
export function transfer(from, to) {
  const painting = known.get(from);
  if (painting) known.set(to, painting);
}

/** Clears the cached painting after the font has loaded. @param {Drawn} drawn */
export const forgetPainting = (drawn) => void known.delete(drawn);

/** @param {Drawn} drawn @param {number} aspect @returns {Painting} */
function made(drawn, aspect) {
  const { appearance, painting, bounds } = markTypeOf(drawn);
  if (painting) return painting(drawn, aspect);
  return { under: appearance?.under ?? false, box: bounds(drawn, aspect), paint: appearance ? painterOf(appearance, drawn, aspect) : null };
}

/** @param {Appearance} appearance @param {Drawn} drawn @param {number} aspect @returns {(context: Context) => void} creates the path at the first call */
function painterOf(appearance, drawn, aspect) {
  /** @type {Path2D|null} */ let path = null;
  return (context) => {
    context.globalAlpha *= drawn.style.opacity;
    prepare(context, appearance, drawn.style);
    if (!path) appearance.trace((path = new Path2D()), drawn, aspect);
    if (appearance.filled) context.fill(path);
    else context.stroke(path);
  };
}

/** @param {Context} context @param {Appearance} appearance @param {StrokeStyle} style */
function prepare(context, { filled }, { color, width }) {
  if (filled) {
    context.fillStyle = color;
    return;
  }
  context.strokeStyle = color;
  context.lineWidth = width * UNIT;
  context.lineCap = context.lineJoin = "round";
}

/**
 * Draws without a cache what changes often, with the opacity of the canvas.
 * @param {Context} context @param {Appearance} appearance @param {{geometry: import("../../lib/schemas.js").AnnotationView["geometry"], style: StrokeStyle}} drawn
 * @param {number} aspect
 */
export function paintOnce(context, appearance, drawn, aspect) {
  context.beginPath();
  prepare(context, appearance, drawn.style);
  appearance.trace(context, drawn, aspect);
  if (appearance.filled) context.fill();
  else context.stroke();
}
