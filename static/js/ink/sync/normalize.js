/** What a person made, as it is kept: on the grid, on the page, in composed letters. Pure. */
import { clamped } from "../model/shapes.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("../model/operations.js").Draft} Draft */
/** @typedef {import("../model/operations.js").Patch} Patch */

/** @param {string|null|undefined} text as the server keeps it: nothing written is null */
const normalizedText = (text) => text?.normalize("NFC").replace(/\r\n/g, "\n") || null;

/** @param {Draft} draft @param {import("../../lib/schemas.js").AnnotationView["geometry"]} geometry */
const normalizedGeometry = (draft, geometry) => (markTypeOf(draft).normalize ?? clamped)(geometry);

/** @param {Draft} draft @returns {Draft} */
export const normalized = (draft) => ({ ...draft, geometry: normalizedGeometry(draft, draft.geometry), text: normalizedText(draft.text) });

/** @param {Draft} draft that is changed @param {Patch} patch @returns {Patch} */
export function normalizedPatch(draft, patch) {
  return {
    ...patch,
    ...(patch.geometry ? { geometry: normalizedGeometry(draft, patch.geometry) } : {}),
    ...(patch.text === undefined ? {} : { text: normalizedText(patch.text) }),
  };
}

/** @param {Draft} annotation @returns {Draft} what a person says of it, without what the server says */
export function draftOf({ id, document_id, version, page, kind, audience, user_id, geometry, style, text, anchor }) {
  return /** @type {Draft} */ ({ id, document_id, version, page, kind, audience, user_id, geometry, style, text, anchor });
}
