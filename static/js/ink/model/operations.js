/**
 * Changes that the server does not have yet: a list of operations in the order they were made. Pure;
 * used for annotations of documents and for free notes.
 *
 * An operation that may have reached the server (`sent`) is never altered, only repeated unchanged. An
 * operation that has not been sent absorbs later ones: a change is merged into its creation, and a
 * removal deletes both.
 */

/**
 * @typedef {import("../../lib/schemas.js").AnnotationView} Annotation
 * @typedef {Pick<Annotation, "audience"|"user_id"|"style"|"text"|"anchor">} Facts `user_id`: the recipient, only for audience person
 * @typedef {import("../../lib/schemas.js").Shape & Facts & Pick<Annotation, "id"|"document_id"|"version"|"page">} Draft an
 *   annotation without the fields that the server adds
 * @typedef {Partial<Facts> & {geometry?: Annotation["geometry"]}} Patch the fields that a change sets
 */
/** @typedef {"annotations"|"notes"} Target */
/** @typedef {{code:string, detail:string}} Refusal */
/**
 * @typedef {{key:string, target:Target, verb:"create"|"change"|"remove", id:string, document_id:string|null,
 *   draft:any, patch:any, revision:number|null, made:number, edition:number, sent:string|null, maybe:boolean,
 *   alone:boolean, broke:number, refused:Refusal|null}} Op
 *   `key`: sorts in the order of the operations; `draft`: the complete annotation after the operation (of a removal:
 *   the removed one); `patch`: of a change; `revision`: that a change or removal is based on, null while an earlier
 *   operation has no answer; `made`: ms; `edition`: counts local alterations; `sent`: the Idempotency-Key that it may
 *   have been sent with; `maybe`: an earlier, abandoned attempt may have succeeded; `alone`: not in a batch;
 *   `broke`: number of server failures; `refused`: the operation waits for a decision of the person
 * @typedef {Pick<Op, "key"|"target"|"verb"|"id"|"document_id"|"draft"|"patch"|"revision"|"made">} Intent
 * @typedef {Record<string, Op|undefined>} Changes by key; undefined: deleted
 */

/** @param {Op} a @param {Op} b */
const inOrder = (a, b) => (a.key < b.key ? -1 : 1);

/** @param {Op[]} ops @param {Changes} changes @returns {Op[]} in order */
export function applied(ops, changes) {
  const others = ops.filter((op) => !Object.hasOwn(changes, op.key));
  return [...others, ...Object.values(changes).filter((op) => op !== undefined)].sort(inOrder);
}

/** @param {Intent} intent @returns {Op} */
export const fresh = (intent) => ({ ...intent, edition: 0, sent: null, maybe: false, alone: false, broke: 0, refused: null });

/** @param {Op} op Whether the server certainly does not have it. */
const unsent = (op) => !op.sent && !op.maybe;

/** @param {Op} op @param {{draft:any, patch:any}} later @returns {Op} merged with a later change, to be sent (again) */
function withChange(op, { draft, patch }) {
  const folded = op.verb === "create" ? null : { ...op.patch, ...patch };
  return { ...op, draft, patch: folded, edition: op.edition + 1, refused: null, broke: 0 };
}

/**
 * Adds an operation.
 * @param {Op[]} ops pending operations, in order @param {Intent} intent @returns {Changes}
 */
export function taken(ops, intent) {
  const own = ops.filter((op) => op.target === intent.target && op.id === intent.id);
  if (intent.verb === "create") return { [intent.key]: fresh(intent) };
  if (own.some((op) => op.verb === "remove" && !op.refused)) return {};
  return intent.verb === "change" ? changeTaken(own, intent) : removalTaken(own, intent);
}

/**
 * Adds several operations in order.
 * @param {Op[]} ops pending operations, in order @param {Iterable<Intent>} intents @returns {Changes}
 */
export function allTaken(ops, intents) {
  /** @type {Changes} */
  const changes = {};
  let now = ops;
  let behind = false;
  for (const intent of intents) {
    // Creations do not depend on other operations: hundreds of them need a single sort.
    if (intent.verb !== "create" && behind) now = applied(ops, changes);
    Object.assign(changes, taken(now, intent));
    behind = true;
  }
  return changes;
}

/** @param {Op[]} own @param {Intent} intent @returns {Changes} */
function changeTaken(own, intent) {
  // A refused change stays a separate conflict; this change is based on what is shown now.
  const open = own.findLast((op) => op.verb === "create" || (op.verb === "change" && !op.refused));
  if (open && unsent(open)) return { [open.key]: withChange(open, intent) };
  return { [intent.key]: fresh({ ...intent, revision: open ? null : intent.revision }) };
}

/** @param {Op[]} own @param {Intent} intent @returns {Changes} */
function removalTaken(own, intent) {
  /** @type {Changes} */
  const changes = {};
  for (const op of own) {
    // A creation that may have reached the server is sent again first, so that the removal is certain.
    if (op.verb === "create" && op.maybe) changes[op.key] = again(op, null);
    else if (!op.sent) changes[op.key] = undefined;
  }
  const neverSent = own.some((op) => op.verb === "create" && unsent(op));
  return neverSent ? changes : { ...changes, [intent.key]: fresh(intent) };
}

/**
 * The server refused an operation permanently. Later changes of the same annotation join the conflict or resolve it.
 * @param {Op[]} ops @param {Op} op @param {Refusal} refusal @returns {Changes}
 */
export function refused(ops, op, refusal) {
  const later = ops.filter((one) => one.key > op.key && one.target === op.target && one.id === op.id && !one.refused);
  /** @type {Changes} */
  const changes = {};
  const removal = later.find((one) => one.verb === "remove");
  if (removal && op.verb !== "remove") {
    changes[op.key] = undefined;
    const neverMade = op.verb === "create" && !op.maybe;
    for (const one of later) if (one !== removal || neverMade) changes[one.key] = undefined;
    return changes;
  }
  for (const one of later) changes[one.key] = undefined;
  const whole = later.reduce(withChange, op);
  return { ...changes, [op.key]: { ...whole, sent: null, alone: true, refused: refusal } };
}

/** @param {Op} op @returns {Op} to be sent again */
const reopened = (op) => ({ ...op, sent: null, broke: 0, alone: true, refused: null, edition: op.edition + 1 });

/** @param {Op} op @param {number|null} revision the current revision @returns {Op} the same operation, based on the current revision */
export const again = (op, revision) => ({ ...reopened(op), revision: op.verb === "change" ? revision : op.revision });

/**
 * Converts an operation that may not be shared with the room to a private annotation.
 * @param {Op} op @param {number|null} revision @returns {Op|undefined} undefined: no change remains
 */
export function keptPrivate(op, revision) {
  const own = { audience: "private", user_id: null };
  if (op.verb === "create") return { ...reopened(op), draft: { ...op.draft, ...own } };
  const { audience: _audience, user_id: _user, ...patch } = op.patch ?? {};
  return Object.keys(patch).length ? { ...again(op, revision), patch } : undefined;
}

/** @param {Op} op @returns {boolean} whether the whole room would see the result */
export const isForRoom = ({ target, verb, draft }) => target === "annotations" && verb !== "remove" && draft?.audience === "meeting";

/**
 * Converts an operation for the room to a private annotation, because this person may not write for the room now.
 * A changed annotation of the room leaves the room.
 * @param {Op} op for the room @returns {Op|undefined} undefined: no change remains
 */
export function withheld(op) {
  if (op.verb === "change" && op.patch?.audience !== undefined) return keptPrivate(op, op.revision);
  const own = { audience: "private", user_id: null };
  const patch = op.verb === "change" ? { ...op.patch, ...own } : op.patch;
  return { ...op, draft: { ...op.draft, ...own }, patch, sent: null, broke: 0, refused: null, edition: op.edition + 1 };
}

/** @param {Op} op a change of a removed annotation @param {string} id the new id @returns {Op} creates the annotation again */
export const anew = (op, id) => ({ ...reopened(op), verb: "create", id, draft: { ...op.draft, id }, patch: null, revision: null });
