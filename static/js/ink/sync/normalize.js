/** Normalizes annotations for storage: on the grid, on the page, text in NFC. Pure. */
import { clamped } from "../model/shapes.js";
import { markTypeOf } from "../tools/index.js";

/** @typedef {import("../model/operations.js").Draft} Draft */
/** @typedef {import("../model/operations.js").Patch} Patch */

/** @param {string|null|undefined} text @returns {string|null} as the server stores it: null if empty */
const normalizedText = (text) => text?.normalize("NFC").replace(/\r\n/g, "\n") || null;

/** @param {Draft} draft @param {import("../../lib/schemas.js").AnnotationView["geometry"]} geometry */
const normalizedGeometry = (draft, geometry) => (markTypeOf(draft).normalize ?? clamped)(geometry);

/** @param {Draft} draft @returns {Draft} */
export const normalized = (draft) => ({ ...draft, geometry: normalizedGeometry(draft, draft.geometry), text: normalizedText(draft.text) });

/** @param {Draft} draft the draft before the change @param {Patch} patch @returns {Patch} */
export function normalizedPatch(draft, patch) {
  return {
    ...patch,
    ...(patch.geometry ? { geometry: normalizedGeometry(draft, patch.geometry) } : {}),
    ...(patch.text === undefined ? {} : { text: normalizedText(patch.text) }),
  };
}

/** @param {Draft} annotation @returns {Draft} without the fields that the server adds */
export function draftOf({ id, document_id, version, page, kind, audience, user_id, geometry, style, text, anchor }) {
  return /** @type {Draft} */ ({ id, document_id, version, page, kind, audience, user_id, geometry, style, text, anchor });
}
