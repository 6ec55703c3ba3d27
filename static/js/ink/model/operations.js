/**
 * What somebody wrote, changed and removed and the server does not have yet: a list of operations in
 * the order they were done. Pure; used for pens and notes on papers and for free notes alike.
 *
 * An operation that may have reached the server (`sent`) is never altered, only repeated as it was.
 * One that surely has not takes in what follows it: a change goes into its creation, and a removal
 * makes both vanish.
 */

/**
 * @typedef {import("../../lib/schemas.js").AnnotationView} Annotation
 * @typedef {Pick<Annotation, "audience"|"user_id"|"style"|"text"|"anchor">} Facts `user_id`: the recipient, for audience person alone
 * @typedef {import("../../lib/schemas.js").Shape & Facts & Pick<Annotation, "id"|"document_id"|"version"|"page">} Draft as somebody
 *   made it, before the server has it
 * @typedef {Partial<Facts> & {geometry?: Annotation["geometry"]}} Patch what a change sets; the rest stays
 */
/** @typedef {"annotations"|"notes"} Target */
/** @typedef {{code:string, detail:string}} Refusal */
/**
 * @typedef {{key:string, target:Target, verb:"create"|"change"|"remove", id:string, document_id:string|null,
 *   draft:any, patch:any, revision:number|null, made:number, edition:number, sent:string|null, maybe:boolean,
 *   alone:boolean, broke:number, refused:Refusal|null}} Op
 *   `key`: sorts in the order of doing; `draft`: the whole of it once the operation is done (of a removal:
 *   what is removed); `patch`: of a change; `revision`: what a change or removal was made on, null while an
 *   earlier operation still has to tell; `made`: ms; `edition`: counts alterations here; `sent`: the Idempotency-Key
 *   it may have gone out with; `maybe`: an earlier attempt, now given up, may have been done; `alone`: not in a batch; `broke`: times the server broke down over it;
 *   `refused`: rests here until the person decides
 * @typedef {Pick<Op, "key"|"target"|"verb"|"id"|"document_id"|"draft"|"patch"|"revision"|"made">} Intent
 * @typedef {Record<string, Op|undefined>} Changes by key; undefined: taken away
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

/** @param {Op} op Whether the server surely knows nothing of it. */
const unsent = (op) => !op.sent && !op.maybe;

/** @param {Op} op @param {{draft:any, patch:any}} later @returns {Op} with a later change in it, to be sent (again) */
function withChange(op, { draft, patch }) {
  const folded = op.verb === "create" ? null : { ...op.patch, ...patch };
  return { ...op, draft, patch: folded, edition: op.edition + 1, refused: null, broke: 0 };
}

/**
 * Somebody did something.
 * @param {Op[]} ops what waits already, in order @param {Intent} intent @returns {Changes}
 */
export function taken(ops, intent) {
  const own = ops.filter((op) => op.target === intent.target && op.id === intent.id);
  if (intent.verb === "create") return { [intent.key]: fresh(intent) };
  if (own.some((op) => op.verb === "remove" && !op.refused)) return {};
  return intent.verb === "change" ? changeTaken(own, intent) : removalTaken(own, intent);
}

/**
 * Somebody did several things, one after the other.
 * @param {Op[]} ops what waits already, in order @param {Iterable<Intent>} intents @returns {Changes}
 */
export function allTaken(ops, intents) {
  /** @type {Changes} */
  const changes = {};
  let now = ops;
  let behind = false;
  for (const intent of intents) {
    // A creation looks at nothing else: hundreds of them are put in order once.
    if (intent.verb !== "create" && behind) now = applied(ops, changes);
    Object.assign(changes, taken(now, intent));
    behind = true;
  }
  return changes;
}

/** @param {Op[]} own @param {Intent} intent @returns {Changes} */
function changeTaken(own, intent) {
  // A change that was refused stays an offer by itself; this one is made on what is shown now.
  const open = own.findLast((op) => op.verb === "create" || (op.verb === "change" && !op.refused));
  if (open && unsent(open)) return { [open.key]: withChange(open, intent) };
  return { [intent.key]: fresh({ ...intent, revision: open ? null : intent.revision }) };
}

/** @param {Op[]} own @param {Intent} intent @returns {Changes} */
function removalTaken(own, intent) {
  /** @type {Changes} */
  const changes = {};
  for (const op of own) {
    // What may be on its way is made for certain first: then it is removed for certain.
    if (op.verb === "create" && op.maybe) changes[op.key] = again(op, null);
    else if (!op.sent) changes[op.key] = undefined;
  }
  const neverSent = own.some((op) => op.verb === "create" && unsent(op));
  return neverSent ? changes : { ...changes, [intent.key]: fresh(intent) };
}

/**
 * The server said no for good. What was done to the same thing since then joins the offer, or ends it.
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

/** @param {Op} op @returns {Op} to be tried afresh */
const reopened = (op) => ({ ...op, sent: null, broke: 0, alone: true, refused: null, edition: op.edition + 1 });

/** @param {Op} op @param {number|null} revision that stands now @returns {Op} the same once more, over what stands */
export const again = (op, revision) => ({ ...reopened(op), revision: op.verb === "change" ? revision : op.revision });

/**
 * What the room may not have is kept for its author alone.
 * @param {Op} op @param {number|null} revision @returns {Op|undefined} undefined: nothing is left to be done
 */
export function keptPrivate(op, revision) {
  const own = { audience: "private", user_id: null };
  if (op.verb === "create") return { ...reopened(op), draft: { ...op.draft, ...own } };
  const { audience: _audience, user_id: _user, ...patch } = op.patch ?? {};
  return Object.keys(patch).length ? { ...again(op, revision), patch } : undefined;
}

/** @param {Op} op whether the whole room would see what it makes or changes */
export const isForRoom = ({ target, verb, draft }) => target === "annotations" && verb !== "remove" && draft?.audience === "meeting";

/**
 * This person may not write for the room now: what the room would see stays with its author, with all that is
 * in it. What stands in the room and was changed leaves it.
 * @param {Op} op for the room @returns {Op|undefined} undefined: nothing is left to be done
 */
export function withheld(op) {
  if (op.verb === "change" && op.patch?.audience !== undefined) return keptPrivate(op, op.revision);
  const own = { audience: "private", user_id: null };
  const patch = op.verb === "change" ? { ...op.patch, ...own } : op.patch;
  return { ...op, draft: { ...op.draft, ...own }, patch, sent: null, broke: 0, refused: null, edition: op.edition + 1 };
}

/** @param {Op} op a change of what was removed meanwhile @param {string} id a new one @returns {Op} makes it anew */
export const anew = (op, id) => ({ ...reopened(op), verb: "create", id, draft: { ...op.draft, id }, patch: null, revision: null });
