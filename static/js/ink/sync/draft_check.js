/**
 * Validation of annotations, identical to the server's rules.py and kinds; recorded cases test both. Checked
 * here first, so that no annotation is stored that the server would refuse. Pure.
 */
import { FAINTEST, hasTag, LARGEST_LETTERS, LONGEST_TEXT, NARROWEST, SMALLEST_LETTERS, WIDEST } from "../model/limits.js";
import { boxesIn } from "../model/shapes.js";
import { toolOf } from "../tools/index.js";

/** @typedef {import("../tools/index.js").MarkType} MarkType */
/** @typedef {"invalid_input"|"geometry_does_not_fit"|"too_many_points"|"off_the_page"|"html_in_text"|"malformed_request"} Fault */

const AUDIENCES = ["private", "meeting", "person"];
const ID = /^[A-Za-z0-9_-]{16,64}$/;
const COLOR = /^#[0-9a-f]{6}$/;

/**
 * @param {any} draft
 * @returns {Fault|null} the server's error code; null: valid
 */
export function faultOf(draft) {
  const mark = toolOf(draft.kind)?.mark;
  if (!mark || !AUDIENCES.includes(draft.audience)) return "invalid_input";
  if (draft.id !== undefined && !ID.test(draft.id)) return "invalid_input";
  if (!Number.isInteger(draft.page) || draft.page < 1) return "invalid_input";
  if ((draft.audience === "person") !== (typeof draft.user_id === "string")) return "invalid_input";
  return geometryFault(mark, draft.geometry) ?? styleFault(draft.style) ?? textFault(mark, draft.text);
}

/**
 * @param {any} form count of numbers, or [form]: a list of arrays of that form
 * @param {unknown} value
 * @returns {boolean}
 */
function fits(form, value) {
  if (!Array.isArray(value)) return false;
  if (Array.isArray(form)) return value.length > 0 && value.every((one) => fits(form[0], one));
  return value.length === form && value.every((one) => typeof one === "number");
}

/** @param {MarkType} mark @param {any} geometry @returns {Fault|null} */
function geometryFault({ form, tooMany }, geometry) {
  const fields = Object.keys(form);
  const whole = Object.keys(geometry ?? {}).length === fields.length && fields.every((name) => fits(form[name], geometry[name]));
  if (!whole) return "geometry_does_not_fit";
  if (tooMany?.(geometry)) return "too_many_points";
  const flat = Object.values(geometry).flat(3);
  if (!flat.every(Number.isFinite)) return "malformed_request";
  if (!flat.every((/** @type {number} */ one) => one >= 0 && one <= 1)) return "off_the_page";
  const upright = boxesIn(geometry).every(([x0, y0, x1, y1]) => x0 <= x1 && y0 <= y1);
  return upright ? null : "geometry_does_not_fit";
}

/** @param {any} style @returns {Fault|null} */
function styleFault(style) {
  const { color, width, opacity, size } = style ?? {};
  const sound = typeof color === "string" && COLOR.test(color) && between(width, NARROWEST, WIDEST)
    && between(opacity, FAINTEST, 1) && (size === undefined || between(size, SMALLEST_LETTERS, LARGEST_LETTERS));
  return sound ? null : "invalid_input";
}

/** @param {unknown} value @param {number} least @param {number} most */
const between = (value, least, most) => typeof value === "number" && value >= least && value <= most;

/** @param {MarkType} mark @param {unknown} text @returns {Fault|null} */
function textFault({ needsText }, text) {
  if (text === null || text === undefined) return needsText ? "invalid_input" : null;
  if (typeof text !== "string" || Array.from(text).length > LONGEST_TEXT) return "invalid_input";
  if (needsText && text.trim() === "") return "invalid_input";
  return hasTag(text) ? "html_in_text" : null;
}
