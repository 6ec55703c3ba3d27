/** What a person made, as it is kept: on the grid, on the page, in composed letters. Pure. */
import { quantised } from "./grid.js";
import { clamped } from "./shapes.js";

/** @typedef {import("./ink_ops.js").Draft} Draft */
/** @typedef {import("./ink_ops.js").Patch} Patch */
/** @typedef {import("../lib/schemas.js").AnnotationView["geometry"]} Geometry */

/** @template {Geometry} G @param {G} geometry @returns {G} */
function tidiedGeometry(geometry) {
  if ("strokes" in geometry) return { ...geometry, strokes: geometry.strokes.map(quantised) };
  return clamped(geometry);
}

/** @param {string|null|undefined} text as the server keeps it: nothing written is null */
const tidiedText = (text) => text?.normalize("NFC").replace(/\r\n/g, "\n") || null;

/** @param {Draft} draft @returns {Draft} */
export const tidied = (draft) => /** @type {Draft} */ ({ ...draft, geometry: tidiedGeometry(draft.geometry), text: tidiedText(draft.text) });

/** @param {Patch} patch @returns {Patch} */
export function tidiedPatch(patch) {
  return {
    ...patch,
    ...(patch.geometry ? { geometry: tidiedGeometry(patch.geometry) } : {}),
    ...(patch.text === undefined ? {} : { text: tidiedText(patch.text) }),
  };
}

/** @param {Draft} annotation @returns {Draft} what a person says of it, without what the server says */
export function draftOf({ id, document_id, version, page, kind, audience, user_id, geometry, style, text, anchor }) {
  return /** @type {Draft} */ ({ id, document_id, version, page, kind, audience, user_id, geometry, style, text, anchor });
}
