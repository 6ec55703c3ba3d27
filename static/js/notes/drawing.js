/** What was drawn, as a small picture cut out of its page. */
import { html, svg } from "lit-html";
import { arrowHead, bounds } from "../ink/shapes.js";
import { strokePath } from "../ink/stroke_outline.js";

/** @typedef {import("../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {Annotation & Pick<import("../lib/schemas.js").OwnAnnotation, "page_aspect">} Drawn */

/** Pixels of a page's width: a little smaller than life. */
const PAGE = 640;
const MARGIN = 10;

/** @param {Drawn[]} marks of one page @returns {unknown} */
export function drawing(marks) {
  const [first] = marks;
  if (!first) return "";
  const aspect = first.page_aspect;
  const [x, y, right, bottom] = marks.map((mark) => bounds(mark, aspect)).reduce(([a, b, c, d], box) => [Math.min(a, box[0]), Math.min(b, box[1]), Math.max(c, box[2]), Math.max(d, box[3])]);
  const left = x * PAGE - MARGIN;
  const top = y * aspect * PAGE - MARGIN;
  const width = (right - x) * PAGE + 2 * MARGIN;
  const height = (bottom - y) * aspect * PAGE + 2 * MARGIN;
  return html`<svg class="drawing" aria-hidden="true" focusable="false" width=${Math.ceil(width)} height=${Math.ceil(height)}
    viewBox="${left.toFixed(1)} ${top.toFixed(1)} ${width.toFixed(1)} ${height.toFixed(1)}">${marks.map((mark) => shapeOf(mark, aspect))}</svg>`;
}

/** @param {Drawn} mark @param {number} aspect */
function shapeOf({ geometry, style }, aspect) {
  const line = (style.width / 1000) * PAGE;
  if ("strokes" in geometry) {
    const marker = style.opacity < 1;
    return geometry.strokes.map((stroke) =>
      marker
        ? svg`<path d=${pathOf(stroke, aspect)} fill="none" stroke=${style.color} stroke-opacity=${style.opacity} stroke-width=${line} stroke-linecap="round" stroke-linejoin="round"></path>`
        : svg`<path d=${strokePath(stroke, style.width, aspect, PAGE)} fill=${style.color}></path>`);
  }
  if ("box" in geometry) {
    const [x0, y0, x1, y1] = geometry.box;
    return svg`<rect x=${x0 * PAGE} y=${y0 * aspect * PAGE} width=${(x1 - x0) * PAGE} height=${(y1 - y0) * aspect * PAGE} fill="none" stroke=${style.color} stroke-width=${line}></rect>`;
  }
  if (!("to" in geometry)) return "";
  const { from, to } = geometry;
  const [one, other] = arrowHead(from, to, style.width, aspect);
  return svg`<path d="${pathOf([from, to], aspect)}${pathOf([one, to, other], aspect)}" fill="none" stroke=${style.color} stroke-width=${line} stroke-linecap="round" stroke-linejoin="round"></path>`;
}

/** @param {readonly (readonly number[])[]} points @param {number} aspect */
const pathOf = (points, aspect) => points.map(([x = 0, y = 0], at) => `${at ? "L" : "M"}${(x * PAGE).toFixed(1)} ${(y * aspect * PAGE).toFixed(1)}`).join("");
