/** Pictures of annotations in the list of notes: the paths of the canvas as SVG. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OUTLINE_PAGE } from "../../static/js/ink/model/stroke_outline.js";
import { markTypeOf } from "../../static/js/ink/tools/index.js";
import { annotation } from "./marks.js";
import { SvgPath } from "../../static/js/notes/svg_path.js";

test("what is traced on a canvas is an SVG path as well", () => {
  const traced = (/** @type {import("../../static/js/lib/schemas.js").AnnotationView} */ mark) => {
    const path = new SvgPath(1000 / OUTLINE_PAGE);
    markTypeOf(mark).appearance?.trace(path, mark, 1);
    return path.data;
  };
  assert.match(traced(annotation("ink")), /^M[\d. ]+Q.*Z$/);
  assert.match(traced(annotation("dot", { geometry: { strokes: [[[0.5, 0.5, 0.5]]] } })), /^M.*Z$/);
  assert.equal(traced(annotation("none", { geometry: { strokes: [[]] } })), "");
  assert.equal(traced(annotation("frame", { kind: "rectangle", geometry: { box: [0.1, 0.2, 0.3, 0.5] } })), "M100 200h200v300h-200Z");
  assert.equal(traced(annotation("note", { kind: "note", geometry: { at: [0.5, 0.5] } })), "");
});
