/**
 * Requests of pending operations; pure, so that tests can simulate every lost answer and crash.
 * Operations are sent in order, one request at a time. Consecutive creations in one document share a
 * request and an Idempotency-Key, which is stored before the request is sent: a repeat sends the same
 * request, and the server applies it once.
 */
import { isPassing } from "../../lib/fetch_with_timeout.js";
import { isForRoom, refused, withheld } from "../model/operations.js";

/** @typedef {import("../model/operations.js").Op} Op */
/** @typedef {import("../model/operations.js").Changes} Changes */
/** @typedef {import("../model/operations.js").Refusal} Refusal */
/** @typedef {{method:"post"|"patch"|"del", path:string, body:any, key:string, ops:Op[]}} Request */
/** @typedef {{id:string, revision:number, [field: string]: any}} ServerAnswer the answer for one operation */
/** @typedef {{kind:"done", items:ServerAnswer[]}|{kind:"refused", refusal:Refusal, status:number}|{kind:"passing", broke:boolean}} Answer */

/** The server's limits are 100 items and 256 KiB; half of it allows for multi-byte characters. */
const MOST_IN_BATCH = 50;
const MOST_CHARACTERS = 130_000;
/**
 * The first stroke is sent at once, then one request per interval while more follow: fifty people who write
 * cost fifty requests a second. The delay is not visible: others see the strokes in progress.
 */
export const PACE_MS = 1000;
/** @type {import("../../lib/backoff.js").Options} */
export const BACKOFF = { first: 500, longest: 15_000, jitter: [0.75, 1.25], mostAsked: 60_000 };
/** Number of server failures of one request before the person has to decide. */
const MOST_BREAKS = 4;
const BROKE = 500;
const WRITING_OFF = "writing_off";
const SIGNED_OUT = 401;
const NOT_FOUND = 404;
const GONE = 410;
/** Errors of this page's session, unrelated to the request. */
const SESSION_ERRORS = ["csrf_failed"];

/** @param {Op} a @param {Op} b */
const sameThing = (a, b) => a.target === b.target && a.id === b.id;

/** @param {Op[]} ops in order @returns {Op[]} operations that can be sent; earlier ones of the same annotation come first */
export function ready(ops) {
  /** @type {Set<string>} */
  const before = new Set();
  return ops.filter((op) => {
    const thing = `${op.target}/${op.id}`;
    const can = !op.refused && !before.has(thing);
    if (!op.refused || op.verb === "create") before.add(thing);
    return can;
  });
}

/**
 * The next request, and the changes to store before it is sent.
 * @param {Op[]} ops in order @param {string} key a new key, used unless this is a repeat
 * @returns {{request:Request, changes:Changes}|null} null: nothing can be sent
 */
export function begun(ops, key) {
  const repeat = ops.find((op) => op.sent);
  if (repeat) return { request: requestOf(ops.filter((op) => op.sent === repeat.sent), /** @type {string} */ (repeat.sent)), changes: {} };
  const can = ready(ops);
  const [first] = can;
  if (!first) return null;
  const batch = batchable(first) ? gathered(can.filter((op) => batchable(op) && op.document_id === first.document_id)) : [first];
  const sent = batch.map((op) => ({ ...op, sent: key }));
  return { request: requestOf(sent, key), changes: Object.fromEntries(sent.map((op) => [op.key, op])) };
}

/** @param {Op} op */
const batchable = (op) => op.verb === "create" && op.target === "annotations" && !op.alone;

/** @param {Op[]} ops @returns {Op[]} the operations of one request, at least one */
function gathered(ops) {
  let characters = 0;
  const until = ops.slice(0, MOST_IN_BATCH).findIndex((op, at) => {
    characters += JSON.stringify(op.draft).length;
    return at > 0 && characters > MOST_CHARACTERS;
  });
  return ops.slice(0, until < 0 ? MOST_IN_BATCH : until);
}

/** @param {any} draft @returns {any} without the fields of the URL */
const bodyOf = ({ document_id: _, ...body }) => body;

/** @param {Op[]} ops @param {string} key @returns {Request} */
function requestOf(ops, key) {
  const [op] = /** @type {[Op, ...Op[]]} */ (ops);
  const one = `/${op.target}/${encodeURIComponent(op.id)}`;
  if (op.verb === "remove") return { method: "del", path: one, body: undefined, key, ops };
  if (op.verb === "change") return { method: "patch", path: one, body: { ...op.patch, revision: op.revision ?? 0 }, key, ops };
  const all = op.document_id === null ? `/${op.target}` : `/documents/${encodeURIComponent(op.document_id)}/${op.target}`;
  if (ops.length === 1) return { method: "post", path: all, body: bodyOf(op.draft), key, ops };
  return { method: "post", path: `${all}/batch`, body: { items: ops.map(({ draft }) => bodyOf(draft)) }, key, ops };
}

/**
 * @param {Request["method"]} method @param {Op} op @param {number} status
 * @returns {boolean} whether the annotation does not exist, so that nothing remains to be done
 */
function isOver(method, { revision }, status) {
  return (status === GONE && method !== "patch") || (status === NOT_FOUND && method === "del" && revision === null);
}

/**
 * @param {Request} request @param {import("../../lib/fetch_with_timeout.js").Reply} reply
 * @returns {Answer} validated; an unreadable answer is requested again
 */
export function answerFrom({ method, ops }, { answer, trouble }) {
  if (trouble) {
    const { code, detail, status } = trouble;
    if (ops.length === 1 && isOver(method, /** @type {Op} */ (ops[0]), status)) return { kind: "done", items: [] };
    const ofSession = status === SIGNED_OUT || SESSION_ERRORS.includes(code);
    if (ofSession || isPassing(trouble)) return { kind: "passing", broke: status === BROKE };
    return { kind: "refused", refusal: { code, detail }, status };
  }
  if (method === "del") return { kind: "done", items: [] };
  const items = ops.length > 1 ? answer?.items : [answer];
  const sound = Array.isArray(items) && ops.every(({ id }) => items.some((item) => item?.id === id && Number.isSafeInteger(item.revision)));
  return sound ? { kind: "done", items } : { kind: "passing", broke: true };
}

/**
 * Handles the answer to a request, or its absence.
 * @param {Op[]} ops current operations @param {Request} request @param {Answer} answer @returns {Changes}
 */
export function answered(ops, request, answer) {
  // Another tab may have handled the request already; its changes are kept.
  const open = ops.filter((op) => op.sent === request.key);
  if (answer.kind === "done") return done(ops, open, answer.items);
  if (answer.kind === "passing" && !answer.broke) return {};
  if (isWritingOff(answer) && open.some(isForRoom)) return heldBack(ops, open);
  if (answer.kind === "passing") {
    const broke = Math.max(...open.map((op) => op.broke), 0) + 1;
    if (broke < MOST_BREAKS) return Object.fromEntries(open.map((op) => [op.key, { ...op, broke }]));
  }
  const refusal = answer.kind === "refused" ? answer.refusal : { code: "internal_error", detail: "" };
  // The batch failed as a whole, or a repeat finds each id: the operations are sent one by one.
  const maybe = answer.kind === "passing";
  if (request.ops.length > 1) return Object.fromEntries(open.map((op) => [op.key, { ...op, sent: null, maybe, alone: true, broke: 0 }]));
  const [op] = open;
  return op ? refused(ops, { ...op, maybe: op.maybe || maybe }, refusal) : {};
}

/** @param {Answer} answer */
const isWritingOff = (answer) => answer.kind === "refused" && answer.refusal.code === WRITING_OFF;

/** @param {Op[]} ops @param {Op[]} open @returns {Changes} including pending operations for the same room, so that one message is shown */
function heldBack(ops, open) {
  const document = open[0]?.document_id;
  const waiting = ops.filter((op) => !op.sent && !op.refused && op.document_id === document);
  const rest = open.filter((op) => !isForRoom(op)).map((op) => ({ ...op, sent: null, broke: 0 }));
  const back = [...open, ...waiting].filter(isForRoom).map((op) => /** @type {const} */ ([op.key, withheld(op)]));
  return Object.fromEntries([...rest.map((op) => /** @type {const} */ ([op.key, op])), ...back]);
}

/** @param {Op[]} ops before the changes @param {Changes} changes @param {Answer} answer @returns {number} the number kept private */
export const countHeldBack = (ops, changes, answer) =>
  isWritingOff(answer) ? ops.filter((op) => isForRoom(op) && Object.hasOwn(changes, op.key) && !changes[op.key]?.refused).length : 0;

/** @param {Op[]} ops @param {Op[]} open @param {ServerAnswer[]} items @returns {Changes} */
function done(ops, open, items) {
  /** @type {Changes} */
  const changes = Object.fromEntries(open.map((op) => [op.key, undefined]));
  for (const op of open) {
    const item = items.find(({ id }) => id === op.id);
    // Later changes are based on the new revision.
    const next = ops.find((one) => one.key > op.key && sameThing(one, op) && one.verb === "change" && !one.refused);
    if (item && next) changes[next.key] = { ...next, revision: item.revision };
  }
  return changes;
}

/**
 * The delay that lets further operations join the next request.
 * @param {Op[]} ops in order @param {number} now ms @param {number} last when the last request began
 * @returns {number|null} ms; null: nothing can be sent
 */
export function waitBefore(ops, now, last) {
  const can = ready(ops);
  const [first] = can;
  if (!first) return null;
  if (can.length >= MOST_IN_BATCH || can.some((op) => op.sent)) return 0;
  const waited = Math.max(now - first.made, now - last);
  return Math.min(PACE_MS, Math.max(0, PACE_MS - waited));
}
