/**
 * What one person can take back and do again in one paper. Pure: a history goes in, the next one comes
 * out with the work to be done. Others work on the same paper meanwhile: what is gone, or no longer as
 * this person left it, is passed over and the step before it is taken instead.
 *
 * What was removed cannot come back under its id (a removal is for good). It is made anew, and
 * `renamed` tells the rest of the history, so that earlier steps still find it.
 */
import { dequal } from "dequal/lite";

/** @typedef {import("./operations.js").Draft} Draft */
/** @typedef {import("./operations.js").Patch} Patch */
/** @typedef {{id:string, before:Patch, after:Patch}} Edit */
/** @typedef {{verb:"add"|"remove", drafts:Draft[]}|{verb:"change", edits:Edit[]}} Step */
/** @typedef {{done:Step[], undone:Step[]}} History */
/** @typedef {{verb:"add", drafts:Draft[]}|{verb:"remove", ids:string[]}|{verb:"change", patches:{id:string, patch:Patch}[]}} Work */
/** @typedef {(id: string) => Draft|null} Find what stands under an id now; null: nothing, or not this person's */

/** Nobody takes back more; a long day must not fill the memory. */
const MOST = 200;

/** @type {History} */
export const nothingDone = { done: [], undone: [] };

/** @param {History} history @param {Step} step something was done: what was taken back before is no more @returns {History} */
export const did = ({ done }, step) => ({ done: [...done, step].slice(-MOST), undone: [] });

/** @param {History} history @param {Find} find @returns {{history:History, work:Work|null}} the last step taken back */
export const undo = (history, find) => turn(history, "done", find);

/** @param {History} history @param {Find} find @returns {{history:History, work:Work|null}} and done again */
export const redo = (history, find) => turn(history, "undone", find);

/**
 * @param {History} history @param {"done"|"undone"} side whose last step is turned round @param {Find} find
 * @returns {{history:History, work:Work|null}} null: nothing is left that can be
 */
function turn(history, side, find) {
  const from = [...history[side]];
  const other = side === "done" ? "undone" : "done";
  for (let step = from.pop(); step; step = from.pop()) {
    const left = leftOf(step, side, find);
    if (!left) continue;
    const to = [...history[other], left];
    const next = side === "done" ? { done: from, undone: to } : { done: to, undone: from };
    return { history: next, work: workOf(left, side) };
  }
  return { history: { ...history, [side]: [] }, work: null };
}

/** @param {Step} step @param {"done"|"undone"} side @returns {boolean} whether turning it round brings something back */
const bringsBack = (step, side) => step.verb === (side === "done" ? "remove" : "add");

/** @param {Step} step @param {"done"|"undone"} side @param {Find} find @returns {Step|null} what of it can still be turned round */
function leftOf(step, side, find) {
  if (step.verb === "change") {
    const edits = step.edits.filter(({ id, before, after }) => stands(find(id), side === "done" ? after : before));
    return edits.length ? { ...step, edits } : null;
  }
  if (bringsBack(step, side)) return step;
  // As it is now: it may have been changed since, and that is what comes back.
  const drafts = step.drafts.flatMap(({ id }) => find(id) ?? []);
  return drafts.length ? { ...step, drafts } : null;
}

/** @param {Draft|null} draft @param {Patch} left how this person left it */
function stands(draft, left) {
  if (!draft) return false;
  return Object.entries(left).every(([field, value]) => dequal(draft[/** @type {keyof Draft} */ (field)], value));
}

/** @param {Step} step @param {"done"|"undone"} side @returns {Work} */
function workOf(step, side) {
  if (step.verb === "change") {
    const patches = step.edits.map(({ id, before, after }) => ({ id, patch: side === "done" ? before : after }));
    return { verb: "change", patches };
  }
  if (bringsBack(step, side)) return { verb: "add", drafts: step.drafts };
  return { verb: "remove", ids: step.drafts.map(({ id }) => id) };
}

/** @param {History} history @param {string} from @param {string} to what came back has another id @returns {History} */
export function renamed({ done, undone }, from, to) {
  /** @template {{id:string}} T @param {T} one @returns {T} */
  const rename = (one) => (one.id === from ? { ...one, id: to } : one);
  /** @param {Step} step @returns {Step} */
  const inStep = (step) => step.verb === "change" ? { ...step, edits: step.edits.map(rename) } : { ...step, drafts: step.drafts.map(rename) };
  return { done: done.map(inStep), undone: undone.map(inStep) };
}
