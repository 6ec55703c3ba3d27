/** Annotations that the server refused, and the author's choices for each. Pure. */

/** @typedef {import("./operations.js").Op} Op */
/** @typedef {"restore"|"keep_private"|"retry"|"discard"} Choice */
/** @typedef {{key: string, op: Op, kind: string, page: number|null, quote: string, code: string, why: string, choices: Choice[]}} Offer
 *   kind: of the annotation; quote: its text, shortened; why: the server's message, may be empty */

const QUOTED = 60;
/** Errors that a retry does not resolve. */
const PERMANENT = ["html_in_text", "geometry_does_not_fit", "off_the_page", "too_many_points", "invalid_input", "annotation_id_taken", "recipient_cannot_read"];

/** @param {Op} op a refused operation @returns {Choice[]} the most likely choice first */
function choicesOf({ verb, draft, patch, refused }) {
  const code = refused?.code ?? "";
  if (verb === "change" && (code === "stale_revision" || code === "annotation_deleted")) return ["restore", "discard"];
  const audience = patch?.audience ?? draft?.audience;
  /** @type {Choice[]} */
  const choices = [];
  if (verb !== "remove" && audience !== undefined && audience !== "private") choices.push("keep_private");
  if (!PERMANENT.includes(code)) choices.push("retry");
  return [...choices, "discard"];
}

/** @param {Op} op @returns {Offer} */
export function offerOf(op) {
  const text = (op.draft?.text ?? "").replace(/\s+/g, " ").trim();
  return {
    key: op.key,
    op,
    kind: op.draft?.kind ?? "note",
    page: op.draft?.page ?? null,
    quote: text.length > QUOTED ? `${text.slice(0, QUOTED).trimEnd()}…` : text,
    code: op.refused?.code ?? "",
    why: op.refused?.detail ?? "",
    choices: choicesOf(op),
  };
}

/** @param {Offer} offer @returns {string} the catalogue key of the reason */
export function reasonOf({ op, code }) {
  if (op.verb === "change" && code === "annotation_deleted") return "ink.lost_to_deletion";
  if (op.verb === "change" && code === "stale_revision") return "ink.lost_to_change";
  return op.verb === "remove" ? "ink.not_removed" : "ink.not_sent";
}
