/**
 * What an annotation may be: the server's annotation_rules.py says the same, and the recorded cases
 * hold both to it. Checked here first, so that nothing is written down that would be refused. Pure.
 */

/** @typedef {import("./ink_ops.js").Draft} Draft */
/** @typedef {"invalid_input"|"geometry_does_not_fit"|"too_many_points"|"off_the_page"|"html_in_text"|"malformed_request"} Fault */

export const MOST_POINTS = 10_000;
export const MOST_BOXES = 500;
export const MOST_ON_A_PAGE = 2000;
export const LONGEST_TEXT = 4000;
export const NARROWEST = 0.1;
export const WIDEST = 100;
export const FAINTEST = 0.05;
export const SMALLEST_LETTERS = 5;
export const LARGEST_LETTERS = 200;

export const KINDS = ["ink", "highlight", "underline", "strike", "note", "arrow", "rectangle", "text"];
const AUDIENCES = ["private", "meeting", "person"];
const ID = /^[A-Za-z0-9_-]{16,64}$/;
const COLOR = /^#[0-9a-f]{6}$/;
/** A tag ends at once or has an attribute: "x<y và y>z" is arithmetic. */
const TAG = /<(?:\/?[a-z][^<>\s]*(?:\s*\/?>|\s+[a-z-]+\s*=)|[!?](?:--|[a-z]))/i;

/** @param {unknown} value @param {number} length */
const numbers = (value, length) => Array.isArray(value) && value.length === length && value.every((one) => typeof one === "number");

/** @param {unknown} value @param {(one: any) => boolean} each */
const someOf = (value, each) => Array.isArray(value) && value.length > 0 && value.every(each);

/** @type {Record<string, (geometry: any) => boolean>} whether a geometry is that of a kind */
const FITS = {
  ink: ({ strokes }) => someOf(strokes, (stroke) => someOf(stroke, (point) => numbers(point, 3))),
  highlight: ({ boxes }) => someOf(boxes, (box) => numbers(box, 4)),
  note: ({ at }) => numbers(at, 2),
  text: ({ box }) => numbers(box, 4),
  arrow: ({ from, to }) => numbers(from, 2) && numbers(to, 2),
};
FITS.underline = FITS.strike = /** @type {any} */ (FITS.highlight);
FITS.rectangle = /** @type {any} */ (FITS.text);

const FIELDS = {
  ink: ["strokes"], highlight: ["boxes"], underline: ["boxes"], strike: ["boxes"], note: ["at"], text: ["box"], rectangle: ["box"], arrow: ["from", "to"],
};

/**
 * @param {any} draft
 * @returns {Fault|null} the code the server would refuse it with; null: it may be sent
 */
export function faultOf(draft) {
  if (!KINDS.includes(draft.kind) || !AUDIENCES.includes(draft.audience)) return "invalid_input";
  if (draft.id !== undefined && !ID.test(draft.id)) return "invalid_input";
  if (!Number.isInteger(draft.page) || draft.page < 1) return "invalid_input";
  if ((draft.audience === "person") !== (typeof draft.user_id === "string")) return "invalid_input";
  return geometryFault(draft.kind, draft.geometry) ?? styleFault(draft.style) ?? textFault(draft);
}

/** @param {keyof FIELDS} kind @param {any} geometry @returns {Fault|null} */
function geometryFault(kind, geometry) {
  const fields = Object.keys(geometry ?? {});
  if (fields.length !== FIELDS[kind].length || !FITS[kind]?.(geometry)) return "geometry_does_not_fit";
  if (kind === "ink" && pointsIn(geometry.strokes) > MOST_POINTS) return "too_many_points";
  if (geometry.boxes?.length > MOST_BOXES) return "too_many_points";
  const flat = Object.values(geometry).flat(3);
  if (!flat.every(Number.isFinite)) return "malformed_request";
  if (!flat.every((/** @type {number} */ one) => one >= 0 && one <= 1)) return "off_the_page";
  /** @type {number[][]} */
  const boxes = geometry.boxes ?? (geometry.box ? [geometry.box] : []);
  const upright = boxes.every(([x0 = 0, y0 = 0, x1 = 0, y1 = 0]) => x0 <= x1 && y0 <= y1);
  return upright ? null : "geometry_does_not_fit";
}

/** @param {unknown[][]} strokes */
export const pointsIn = (strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0);

/** @param {any} style @returns {Fault|null} */
function styleFault(style) {
  const { color, width, opacity, size } = style ?? {};
  const sound = typeof color === "string" && COLOR.test(color) && between(width, NARROWEST, WIDEST)
    && between(opacity, FAINTEST, 1) && (size === undefined || between(size, SMALLEST_LETTERS, LARGEST_LETTERS));
  return sound ? null : "invalid_input";
}

/** @param {unknown} value @param {number} least @param {number} most */
const between = (value, least, most) => typeof value === "number" && value >= least && value <= most;

/** @param {any} draft @returns {Fault|null} */
function textFault({ kind, text }) {
  if (text === null || text === undefined) return kind === "text" ? "invalid_input" : null;
  if (typeof text !== "string" || Array.from(text).length > LONGEST_TEXT) return "invalid_input";
  if (kind === "text" && text.trim() === "") return "invalid_input";
  return hasTag(text) ? "html_in_text" : null;
}

/** @param {string} text whether it is more than plain words: a note of any sort is refused then */
export const hasTag = (text) => TAG.test(text);
