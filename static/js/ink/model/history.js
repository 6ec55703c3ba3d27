/**
 * Undo and redo of one person in one document. Pure: each function takes a history and returns the next
 * one, with the changes to apply. Other clients edit the same document: annotations that are gone or
 * differ from this person's last edit are skipped, and the previous step is used instead.
 *
 * A removed annotation cannot be restored under its id, because removals are permanent. It is created
 * under a new id, and `renamed` updates the history, so that earlier steps refer to it.
 */
import { dequal } from "dequal/lite";

/** @typedef {import("./operations.js").Draft} Draft */
/** @typedef {import("./operations.js").Patch} Patch */
/** @typedef {{id:string, before:Patch, after:Patch}} Edit */
/** @typedef {{verb:"add"|"remove", drafts:Draft[]}|{verb:"change", edits:Edit[]}} Step */
/** @typedef {{done:Step[], undone:Step[]}} History */
/** @typedef {{verb:"add", drafts:Draft[]}|{verb:"remove", ids:string[]}|{verb:"change", patches:{id:string, patch:Patch}[]}} Work */
/** @typedef {(id: string) => Draft|null} Find the current annotation of an id; null: none, or another author's */

/** Steps that are kept, to limit memory. */
const MOST = 200;

/** @type {History} */
export const nothingDone = { done: [], undone: [] };

/** @param {History} history @param {Step} step a new step; discards the redo steps @returns {History} */
export const did = ({ done }, step) => ({ done: [...done, step].slice(-MOST), undone: [] });

/** @param {History} history @param {Find} find @returns {{history:History, work:Work|null}} the last step undone */
export const undo = (history, find) => reverse(history, "done", find);

/** @param {History} history @param {Find} find @returns {{history:History, work:Work|null}} the last undone step redone */
export const redo = (history, find) => reverse(history, "undone", find);

/**
 * @param {History} history @param {"done"|"undone"} side the list whose last step is reversed @param {Find} find
 * @returns {{history:History, work:Work|null}} work null: no step can be reversed
 */
function reverse(history, side, find) {
  const from = [...history[side]];
  const other = side === "done" ? "undone" : "done";
  for (let step = from.pop(); step; step = from.pop()) {
    const left = reversiblePart(step, side, find);
    if (!left) continue;
    const to = [...history[other], left];
    const next = side === "done" ? { done: from, undone: to } : { done: to, undone: from };
    return { history: next, work: workOf(left, side) };
  }
  return { history: { ...history, [side]: [] }, work: null };
}

/** @param {Step} step @param {"done"|"undone"} side @returns {boolean} whether reversing the step restores annotations */
const restores = (step, side) => step.verb === (side === "done" ? "remove" : "add");

/** @param {Step} step @param {"done"|"undone"} side @param {Find} find @returns {Step|null} the part that can still be reversed */
function reversiblePart(step, side, find) {
  if (step.verb === "change") {
    const edits = step.edits.filter(({ id, before, after }) => matches(find(id), side === "done" ? after : before));
    return edits.length ? { ...step, edits } : null;
  }
  if (restores(step, side)) return step;
  // The current state: it may have changed since, and this state is restored later.
  const drafts = step.drafts.flatMap(({ id }) => find(id) ?? []);
  return drafts.length ? { ...step, drafts } : null;
}

/** @param {Draft|null} draft @param {Patch} left the values of this person's last edit */
function matches(draft, left) {
  if (!draft) return false;
  return Object.entries(left).every(([field, value]) => dequal(draft[/** @type {keyof Draft} */ (field)], value));
}

/** @param {Step} step @param {"done"|"undone"} side @returns {Work} */
function workOf(step, side) {
  if (step.verb === "change") {
    const patches = step.edits.map(({ id, before, after }) => ({ id, patch: side === "done" ? before : after }));
    return { verb: "change", patches };
  }
  if (restores(step, side)) return { verb: "add", drafts: step.drafts };
  return { verb: "remove", ids: step.drafts.map(({ id }) => id) };
}

/** @param {History} history @param {string} from @param {string} to the new id of a restored annotation @returns {History} */
export function renamed({ done, undone }, from, to) {
  /** @template {{id:string}} T @param {T} one @returns {T} */
  const rename = (one) => (one.id === from ? { ...one, id: to } : one);
  /** @param {Step} step @returns {Step} */
  const inStep = (step) => step.verb === "change" ? { ...step, edits: step.edits.map(rename) } : { ...step, drafts: step.drafts.map(rename) };
  return { done: done.map(inStep), undone: undone.map(inStep) };
}
