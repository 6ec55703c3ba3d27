/**
 * Changes of one person on this device that the server does not have yet. Each operation is stored
 * before it is sent and deleted after the answer; it survives lost networks, reloads and crashes.
 * sending.js and operations.js decide what to do next; this module decides when.
 */
import { ask } from "../../lib/fetch_with_timeout.js";
import { Backoff, Pause } from "../../lib/backoff.js";
import { again, allTaken, anew, applied, fresh, keptPrivate } from "../model/operations.js";
import { answered, answerFrom, BACKOFF, begun, countHeldBack, waitBefore } from "./sending.js";

/** @typedef {import("../model/operations.js").Op} Op */
/** @typedef {import("../model/operations.js").Intent} Intent */
/** @typedef {import("./sending.js").ServerAnswer} ServerAnswer */
/** @typedef {import("./sending.js").Request} Request */
/**
 * @typedef {{op:Op, item:ServerAnswer|null}[]} News applied operations; `item`: the server's answer, null for a removal
 * @typedef {Record<"post"|"patch"|"del", (path: string, body?: unknown, options?: object) => Promise<any>>} Api
 * @typedef {{postMessage(message: any): void, close(): void, onmessage: ((event: any) => void)|null}} Channel
 */

/** Spreads the reconnection of all clients after a server restart. */
const HURRY_SPREAD_MS = 500;
const ANSWER_WITHIN_MS = 20_000;
/** Delay before operations that another tab stored are sent here, if that tab has not sent them. */
const LEFT_TO_OTHERS_MS = 5000;
/** A `keepalive` request may carry at most 64 KiB. */
const OUTLIVES_PAGE = 20_000;

/** @param {Request} request @param {ServerAnswer[]} items @returns {News} */
const newsOf = ({ ops }, items) => ops.map((op) => ({ op, item: items.find((item) => item.id === op.id) ?? null }));

export class InkOutbox {
  /** Pending operations in order, including those that are being stored. @type {Op[]} */ ops = [];
  /** Incremented with each change of `ops`. */
  version = 0;
  /** @type {Op[]} */ #stored = [];
  /** @type {Set<Intent>} */ #unwritten = new Set();
  /** Revisions in the server's answers, by id. @type {Map<string, number>} */ #given = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #later;
  /** @type {Set<(landed: News) => void>} */ #listeners = new Set();
  /** @type {Set<(count: number) => void>} */ #whenHeldBack = new Set();
  #pause = new Pause();
  #working = false;
  #again = false;
  #pacing = false;
  #stopped = false;
  #last = -Infinity;
  #hurry = () => this.hurry();

  /**
   * @param {{records: import("../../lib/idb_store.js").Records, api: Api, newKey: () => string, channel?: Channel|null,
   *   exclusive?: <T>(work: () => Promise<T>) => Promise<T>, random?: () => number, now?: () => number}} options
   *   `channel`: notifies other tabs of this person; `exclusive`: lets one tab send at a time
   */
  constructor({ records, api, newKey, channel = null, exclusive = (work) => work(), random = Math.random, now = Date.now }) {
    this.records = records;
    this.api = api;
    this.newKey = newKey;
    this.channel = channel;
    this.exclusive = exclusive;
    this.random = random;
    this.now = now;
    if (channel) channel.onmessage = ({ data }) => void this.#received(data);
  }

  /** Sends what is pending from before a reload or a crash. */
  async start() {
    globalThis.addEventListener?.("online", this.#hurry);
    await this.#reread();
    void this.#work();
  }

  /** Stops without deleting anything, when the page closes or the person signs out. */
  stop() {
    this.#stopped = true;
    globalThis.removeEventListener?.("online", this.#hurry);
    this.channel?.close();
    clearTimeout(this.#later);
    this.#pause.cut();
  }

  /** Stops and erases all operations on the device. */
  async erase() {
    this.stop();
    await this.records.erase();
  }

  /** Number of operations that will be sent without a decision of the person. */
  get waiting() {
    const held = new Set(this.refused.flatMap((op) => (op.verb === "create" ? [op.id] : [])));
    return this.ops.filter((op) => !op.refused && !held.has(op.id)).length;
  }

  /** @returns {Op[]} refused operations that need a decision of the person */
  get refused() {
    return this.ops.filter((op) => op.refused);
  }

  /** @param {(landed: News) => void} listener called after every change, with the applied operations @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {(count: number) => void} listener called with the number of annotations that are kept private instead of shared */
  whenHeldBack(listener) {
    this.#whenHeldBack.add(listener);
  }

  /** @param {Intent[]} intents one action: shown at once, then stored and sent @returns {Promise<void>} resolves once they are stored */
  async take(intents) {
    if (!intents.length) return;
    for (const intent of intents) this.#unwritten.add(intent);
    this.#show();
    await this.#write(intents);
    for (const intent of intents) this.#unwritten.delete(intent);
    this.#show();
    this.channel?.postMessage([]);
    void this.#work();
  }

  /** @param {number} withinMs @returns {Promise<void>} resolves when nothing is pending, or after this time */
  async flush(withinMs) {
    if (this.waiting === 0) return;
    this.#last = -Infinity;
    this.#pause.cut();
    void this.#work();
    const limit = new Pause();
    const end = this.subscribe(() => void (this.waiting === 0 && limit.cut()));
    await limit.take(withinMs);
    end();
  }

  /** @param {string} key @param {number|null} revision the current revision, on which the retry is based */
  retry(key, revision) {
    return this.#decide(key, (op) => again(op, revision));
  }

  /** @param {string} key @param {number|null} revision the current revision; the annotation is kept private */
  keepPrivate(key, revision) {
    return this.#decide(key, (op) => keptPrivate(op, revision));
  }

  /** @param {string} key @param {string} id the new id under which a removed annotation is created again */
  makeAnew(key, id) {
    return this.#decide(key, (op) => anew(op, id));
  }

  /** @param {string} key */
  discard(key) {
    return this.#decide(key, () => undefined);
  }

  /** The network is restored: ends the current pause. */
  hurry() {
    setTimeout(() => void this.#hurryNow(), this.random() * HURRY_SPREAD_MS);
  }

  async #hurryNow() {
    if (this.#stopped) return;
    // Includes operations that another tab stored before it was closed.
    await this.#reread();
    this.#pause.cut();
    void this.#work();
  }

  /** @param {Intent[]} intents */
  async #write(intents) {
    const [intent] = /** @type {[Intent, ...Intent[]]} */ (intents);
    if (intents.length === 1 && intent.verb === "create") {
      // A creation does not alter other operations, so they need not be read.
      const op = fresh(intent);
      await this.records.update(intent.key, () => op);
      this.#stored = applied(this.#stored, { [intent.key]: op });
      return;
    }
    await this.#change((ops) => allTaken(ops, intents.map((one) => this.#upToDate(one))));
  }

  /** @param {Intent} intent @returns {Intent} with the revision of an earlier change that was applied since */
  #upToDate(intent) {
    const given = this.#given.get(intent.id) ?? 0;
    return given > (intent.revision ?? 0) ? { ...intent, revision: given } : intent;
  }

  /** @param {string} key @param {(op: Op) => Op|undefined} choice */
  async #decide(key, choice) {
    await this.#change((ops) => {
      const op = ops.find((one) => one.key === key && one.refused);
      return op ? { [key]: choice(op) } : {};
    });
    this.#show();
    this.channel?.postMessage([]);
    void this.#work();
  }

  async #work() {
    this.#again = true;
    if (this.#pacing && waitBefore(this.#stored, this.now(), this.#last) === 0) this.#pause.cut();
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        await this.#untilAtRest();
      }
    } finally {
      this.#working = false;
    }
  }

  async #untilAtRest() {
    const backoff = new Backoff(BACKOFF, this.random);
    while (!this.#stopped) {
      const wait = waitBefore(this.#stored, this.now(), this.#last);
      if (wait === null) return;
      if (wait > 0) {
        this.#pacing = true;
        await this.#pause.take(wait);
        this.#pacing = false;
        continue;
      }
      const retryAfter = await this.exclusive(() => this.#sendOperations());
      if (retryAfter === null) backoff.reset();
      else if (!this.#stopped) await this.#pause.take(backoff.next({ retryAfter }));
    }
  }

  /** @returns {Promise<number|null>} sends one request; null: answered, or nothing to send; otherwise seconds until the retry */
  async #sendOperations() {
    const key = this.newKey();
    /** @type {Request[]} */ let requests = [];
    await this.#change((ops) => {
      const next = begun(ops, key);
      requests = next ? [next.request] : [];
      return next?.changes ?? {};
    });
    const [request] = requests;
    if (!request || this.#stopped) return null;
    this.#last = this.now();
    const reply = await ask((signal) => this.#ask(request, signal), ANSWER_WITHIN_MS);
    const answer = answerFrom(request, reply);
    const landed = answer.kind === "done" ? newsOf(request, answer.items) : [];
    // Notify before the operation is deleted, so that the annotation never disappears in between.
    if (landed.length) this.#notify(landed);
    let heldBack = 0;
    await this.#change((ops) => {
      const changes = answered(ops, request, answer);
      heldBack = countHeldBack(ops, changes, answer);
      return changes;
    });
    this.#show();
    this.channel?.postMessage(landed);
    if (heldBack) for (const listener of this.#whenHeldBack) listener(heldBack);
    return answer.kind === "passing" ? (reply.trouble?.retryAfter ?? 0) : null;
  }

  /** @param {Request} request @param {AbortSignal} signal */
  #ask({ method, path, body, key, ops }, signal) {
    const keepalive = ops.length === 1 && JSON.stringify(body ?? null).length < OUTLIVES_PAGE;
    return this.api[method](path, body, { key, signal, keepalive });
  }

  /** @param {(ops: Op[]) => import("../model/operations.js").Changes} change a change of the stored operations of all tabs */
  async #change(change) {
    /** @type {Op[]} */ let next = [];
    await this.records.updateAll((/** @type {Op[]} */ all) => {
      const ops = applied(all, {});
      const changes = change(ops);
      next = applied(ops, changes);
      return changes;
    });
    this.#stored = next;
  }

  async #reread() {
    this.#stored = applied(await this.records.all(), {});
    this.#show();
  }

  /** @param {News} landed applied operations, from another tab of this person */
  async #received(landed) {
    if (landed.length) this.#notify(landed);
    await this.#reread();
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#work(), LEFT_TO_OTHERS_MS);
  }

  /** Merges stored operations with those being stored. Unchanged operations keep their object identity. */
  #show() {
    const before = new Map(this.ops.map((op) => [op.key, op]));
    const shown = applied(this.#stored, allTaken(this.#stored, this.#unwritten));
    this.ops = shown.map((op) => {
      const known = before.get(op.key);
      return known?.edition === op.edition ? { ...op, draft: known.draft, patch: known.patch } : op;
    });
    this.version += 1;
    this.#notify([]);
  }

  /** @param {News} landed */
  #notify(landed) {
    if (this.#stopped) return;
    for (const { op, item } of landed) if (item) this.#given.set(op.id, item.revision);
    // In a microtask: an error of a listener must not prevent sending.
    for (const listener of this.#listeners) queueMicrotask(() => listener(landed));
  }
}
