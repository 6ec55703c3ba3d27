/**
 * Watches the vote log of one meeting on this client: takes every checkpoint that arrives, requests a proof that it
 * continues the last one, and stores what it saw across reloads, sign-outs and people. Checkpoints are public;
 * evidence of a log that contradicts itself is never deleted.
 */
import { Pause } from "../../lib/backoff.js";
import { parseNote } from "./checkpoints.js";
import { LogJudge } from "./log_judging.js";
import { installationOf } from "./log_keys.js";
import { LogQuestions, offeredFrom } from "./log_requests.js";
import { nothingYet, withEvidence } from "./watched_log.js";

/** @typedef {import("./watched_log.js").Watched} Watched */
/** @typedef {import("./log_judging.js").State} State */
/** @typedef {{state:State, reason:string}} Verdict */
/**
 * @typedef {Verdict & {logId:string|null, size:number, breaks:import("./watched_log.js").Break[],
 *   evidence:import("./watched_log.js").Evidence[]}} Status
 *   `state` stays "inconsistent" forever once there is evidence
 * @typedef {{offered:import("./log_requests.js").Offered|null, urgent:boolean, tries:number, done:(verdict: Verdict) => void}} Task
 *   `offered` null: the server's current checkpoint
 */

/** Spreads the requests of five hundred clients that receive a checkpoint at once, while the room is busy with its vote. */
const SPREAD_MS = 5000;
const AGAIN_MS = 15_000;
const MOST_TRIES = 5;
const MOST_TURNS = 5;
/** @type {Verdict} */
const CLOSED = { state: "unknown", reason: "closed" };

export class LogWatch {
  /** @type {Task[]} */ #tasks = [];
  /** @type {Set<(status: Status) => void>} */ #listeners = new Set();
  #pause = new Pause();
  #working = false;
  #closed = false;
  /** @type {Verdict} */ #latest = { state: "unknown", reason: "not_asked" };
  /** @type {Watched} */ #watched;

  /**
   * @param {{meetingId:string, records:import("../../lib/idb_store.js").Records,
   *   api:import("./log_requests.js").Api, random?: () => number, now?: () => string}} options
   */
  constructor({ meetingId, records, api, random = Math.random, now = () => new Date().toISOString() }) {
    this.meetingId = meetingId;
    this.records = records;
    this.random = random;
    this.now = now;
    this.questions = new LogQuestions(api, meetingId);
    this.judge = new LogJudge(this.questions, now, async (vkey) => (await records.get(installationOf(vkey)))?.vkey ?? null);
    this.#watched = nothingYet(meetingId);
  }

  /** Loads the stored state; listeners receive earlier evidence again. @returns {Promise<Status>} */
  async open() {
    this.#watched = await this.#stored();
    this.#notify();
    return this.status;
  }

  /** Stops all requests and resolves pending ones as closed. */
  close() {
    this.#closed = true;
    for (const { done } of this.#tasks.splice(0)) done(CLOSED);
    this.#pause.cut();
  }

  /**
   * Takes a checkpoint from an event or from the server's answer.
   * @param {unknown} answer `{note, vkey?, previous_vkeys?, earlier?}` @param {{now?: boolean}} [options] see `look`
   * @returns {Promise<Verdict>} of it, or of a larger one that arrived before it was processed
   */
  offer(answer, { now = false } = {}) {
    return this.#take(offeredFrom(answer), now);
  }

  /**
   * Fetches the server's current checkpoint: after joining, and after every loss of the connection.
   * @param {{now?: boolean}} [options] `now`: without a delay, as a person waits for it
   * @returns {Promise<Verdict>}
   */
  look({ now = false } = {}) {
    return this.#take(null, now);
  }

  /**
   * Stores that a person's ballot is not in the log as cast: the alarm is shown like that of a fork.
   * @param {string} reason @param {import("../../lib/schemas.js").Receipt} receipt
   */
  async contradicted(reason, receipt) {
    const { head } = this;
    const offered = { ...offeredFrom({ note: receipt.note ?? null }), receipt };
    const kept = await this.records.update(this.meetingId, (/** @type {Watched|undefined} */ stored) => {
      const watched = stored ?? nothingYet(this.meetingId);
      const evidence = { reason, at: this.now(), kept: watched.logs.at(-1) ?? null, offered, present: head?.note ?? null, proof: [] };
      return { ...withEvidence(watched, evidence), turn: watched.turn + 1 };
    });
    this.#watched = kept ?? this.#watched;
    this.#notify();
  }

  /** @returns {Status} */
  get status() {
    const { logs, breaks, evidence } = this.#watched;
    const head = logs.at(-1)?.head;
    const last = evidence.at(-1);
    const verdict = last ? { state: /** @type {State} */ ("inconsistent"), reason: last.reason } : this.#latest;
    return { ...verdict, logId: head?.log_id ?? null, size: head?.size ?? 0, breaks, evidence };
  }

  /** @returns {import("./watched_log.js").Head|null} the largest verified checkpoint of the current log */
  get head() {
    return this.#watched.logs.at(-1)?.head ?? null;
  }

  /** @param {(status: Status) => void} listener @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Task["offered"]} offered @param {boolean} urgent @returns {Promise<Verdict>} */
  #take(offered, urgent) {
    if (this.#closed) return Promise.resolve(CLOSED);
    return new Promise((done) => {
      this.#tasks.push({ offered, urgent, tries: 0, done });
      if (!this.#working) void this.#work();
      if (urgent) this.#pause.cut();
    });
  }

  async #work() {
    this.#working = true;
    try {
      while (this.#tasks.length) {
        const later = this.#tasks.every((task) => task.tries > 0) ? AGAIN_MS : 0;
        const urgent = this.#tasks.some((task) => task.urgent);
        await this.#pause.take(urgent ? 0 : later + this.random() * SPREAD_MS);
        for (const group of grouped(this.#tasks.splice(0))) await this.#answer(group);
      }
    } finally {
      this.#working = false;
    }
  }

  /** @param {Task[]} group one request, for the first task, answers all */
  async #answer(group) {
    const [task] = group;
    if (!task) return;
    const verdict = this.#closed ? CLOSED : await this.#verdict(task.offered);
    this.#latest = verdict;
    this.#notify();
    for (const { done } of group) done(verdict);
    const tries = task.tries + 1;
    const again = verdict.reason === "unreachable" && tries < MOST_TRIES && !this.#closed;
    if (again) this.#tasks.push({ ...task, urgent: false, tries, done: () => {} });
  }

  /** @param {Task["offered"]} offered @returns {Promise<Verdict>} */
  async #verdict(offered) {
    const before = await this.#stored();
    const present = offered ?? await this.questions.checkpoint();
    if (typeof present === "string") return { state: "unknown", reason: "unreachable" };
    for (let turn = 0, watched = before; turn < MOST_TURNS; turn++) {
      const { state, reason, change, vkey } = await this.judge.judge(watched, present, turn === 0 && offered === null);
      if (vkey) await this.records.update(installationOf(vkey), () => ({ vkey }));
      if (!change) return { state, reason };
      let current = false;
      const kept = await this.records.update(this.meetingId, (/** @type {Watched|undefined} */ now) => {
        current = (now?.turn ?? 0) === watched.turn;
        return current ? { ...change(watched), turn: watched.turn + 1 } : now;
      });
      this.#watched = watched = kept ?? watched;
      // Else another tab has changed the stored state: judges again against it.
      if (current) return { state, reason };
    }
    return { state: "unknown", reason: "unreachable" };
  }

  /** @returns {Promise<Watched>} */
  async #stored() {
    return (await this.records.get(this.meetingId)) ?? nothingYet(this.meetingId);
  }

  #notify() {
    const { status } = this;
    for (const listener of this.#listeners) queueMicrotask(() => listener(status));
  }
}

/**
 * Groups tasks: one request answers all tasks for the current checkpoint, and the largest checkpoint of a log
 * covers the smaller ones, which are its prefixes.
 * @param {Task[]} tasks @returns {Task[][]}
 */
function grouped(tasks) {
  /** @type {Map<string, {task:Task, size:number}[]>} */
  const groups = new Map();
  for (const task of tasks) {
    const note = task.offered ? parseNote(task.offered.note) : null;
    const name = task.offered && !note ? `unreadable ${groups.size}` : note?.logId ?? "";
    groups.set(name, [...(groups.get(name) ?? []), { task, size: note?.size ?? 0 }]);
  }
  return [...groups.values()].map((group) => group.sort((one, other) => other.size - one.size).map(({ task }) => task));
}
