/** Renders marks as a small SVG image, cropped to their bounding box. */
import { html, svg } from "lit-html";
import { OUTLINE_PAGE } from "../ink/model/stroke_outline.js";
import { bounds, markTypeOf } from "../ink/tools/index.js";
import { SvgPath } from "./svg_path.js";

/** @typedef {import("../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {Annotation & Pick<import("../lib/schemas.js").OwnAnnotation, "page_aspect">} Drawn */

/** Width of the whole page in CSS pixels at the image's scale: a little smaller than the printed page. */
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
function shapeOf(mark, aspect) {
  const { appearance } = markTypeOf(mark);
  if (!appearance) return "";
  const { color, opacity, width } = mark.style;
  const path = new SvgPath(PAGE / OUTLINE_PAGE);
  appearance.trace(path, mark, aspect);
  if (appearance.filled) return svg`<path d=${path.data} fill=${color} fill-opacity=${opacity}></path>`;
  return svg`<path d=${path.data} fill="none" stroke=${color} stroke-opacity=${opacity} stroke-width=${(width / 1000) * PAGE} stroke-linecap="round" stroke-linejoin="round"></path>`;
}
