/**
 * The outbox of one person's ballots on this device: each is stored, with a state that the screen shows, until the
 * server has acknowledged it, across network losses, reloads and crashes. ballot_sending decides the next step;
 * this module schedules it, and writes each state before anything is sent.
 */
import { dequal } from "dequal/lite";
import { ask } from "../../lib/fetch_with_timeout.js";
import { Backoff, Pause } from "../../lib/backoff.js";
import { answerFrom } from "./ballot_answers.js";
import { answered, BACKOFF, begun, chosen, closed, isWaiting, resumed, stepOf, viewOf } from "./ballot_sending.js";

/** @typedef {import("./ballot_sending.js").Ballot} Ballot */
/** @typedef {import("./ballot_sending.js").Step} Step */
/** @typedef {import("./ballot_sending.js").View} View */
/**
 * @typedef {{get(path: string, options?: object): Promise<any>,
 *   post(path: string, body?: unknown, options?: object): Promise<any>}} Api
 * @typedef {{postMessage(message: any): void, close(): void, onmessage: ((event: any) => void)|null}} Channel
 */

/** All clients reconnect at once after a server restart: spreads their requests. */
const HURRY_SPREAD_MS = 500;

export class BallotOutbox {
  /** @type {Map<string, View>} */ #views = new Map();
  /** @type {Map<string, Pause>} polls whose ballots are being sent */ #working = new Map();
  /** @type {Set<string>} of these, polls that changed meanwhile */ #again = new Set();
  /** @type {Set<(pollId: string, view: View) => void>} */ #listeners = new Set();
  #stopped = false;
  #hurry = () => this.hurry();

  /**
   * @param {{records: import("../../lib/idb_store.js").Records, api: Api, newKey: () => string,
   *   channel?: Channel|null, random?: () => number}} options
   *   `channel`: notifies this person's other tabs; without it they notice at their next step
   */
  constructor({ records, api, newKey, channel = null, random = Math.random }) {
    this.records = records;
    this.api = api;
    this.newKey = newKey;
    this.channel = channel;
    this.random = random;
    if (channel) channel.onmessage = ({ data }) => void this.#reread(data);
  }

  /** Continues with ballots that a reload or a crash left pending. */
  async start() {
    globalThis.addEventListener?.("online", this.#hurry);
    for (const { poll_id } of await this.records.all()) {
      const ballot = await this.#update(poll_id, (now) => now && resumed(now));
      if (ballot?.waiting) void this.#work(poll_id);
    }
  }

  /** Stops without changing any ballot: the page closes, or the person signs out. */
  stop() {
    this.#stopped = true;
    globalThis.removeEventListener?.("online", this.#hurry);
    this.channel?.close();
    for (const pause of this.#working.values()) pause.cut();
  }

  /**
   * Sends a choice. While an earlier one may be in flight, a new choice is queued if a change is allowed,
   * and ignored otherwise; the view contains the choice that applies.
   * @param {{pollId:string, meetingId:string, choice:string, allowChange?:boolean, revision?:number}} chose
   *   `revision`: of the recorded ballot as known to the screen; 0: none
   * @returns {Promise<View>} resolves once the choice is stored on this device
   */
  async sendBallot({ pollId, meetingId, choice, allowChange = false, revision = 0 }) {
    const taken = { pollId, meetingId, choice, allowChange, revision, key: this.newKey() };
    const ballot = await this.#update(pollId, (now) => chosen(now, taken));
    void this.#work(pollId);
    return viewOf(ballot);
  }

  /** The poll is over: a pending ballot is no longer sent; only its outcome is requested. @param {string} pollId */
  async pollClosed(pollId) {
    const ballot = await this.#update(pollId, (now) => now && closed(now));
    if (!ballot?.waiting) return;
    this.#working.get(pollId)?.cut();
    void this.#work(pollId);
  }

  /** The network is back: ends the back-off at once. */
  hurry() {
    setTimeout(() => void this.#hurryNow(), this.random() * HURRY_SPREAD_MS);
  }

  /** @param {string} pollId @returns {View} null: nothing was sent from this device */
  view(pollId) {
    return this.#views.get(pollId) ?? null;
  }

  /** Whether a ballot is pending that signing out would lose. */
  get waits() {
    return [...this.#views.values()].some(isWaiting);
  }

  /** @param {(pollId: string, view: View) => void} listener @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #hurryNow() {
    // Includes ballots that a closed tab of this person left pending.
    for (const { poll_id, waiting } of this.#stopped ? [] : await this.records.all()) {
      this.#working.get(poll_id)?.cut();
      if (waiting) void this.#work(poll_id);
    }
  }

  /** @param {string} pollId runs until the poll's ballot is final; one run at a time for each poll */
  async #work(pollId) {
    this.#again.add(pollId);
    if (this.#working.has(pollId)) return;
    const pause = new Pause();
    this.#working.set(pollId, pause);
    try {
      while (this.#again.delete(pollId)) await this.#untilFinal(pollId, pause);
    } finally {
      this.#working.delete(pollId);
    }
  }

  /** @param {string} pollId @param {Pause} pause */
  async #untilFinal(pollId, pause) {
    const backoff = new Backoff(BACKOFF, this.random);
    while (!this.#stopped) {
      /** @type {Step|null} */ let step = null;
      const ballot = await this.#update(pollId, (now) => {
        step = stepOf(now);
        return now && begun(now);
      });
      if (!ballot?.waiting || !step || this.#stopped) return;
      const { key } = ballot.waiting;
      const reply = await this.#ask(step, ballot);
      const answer = answerFrom(step, reply);
      const asked = step;
      await this.#update(pollId, (now) => answered(now, key, asked, answer));
      if (answer.kind === "passing") await pause.take(backoff.next({ retryAfter: reply.trouble?.retryAfter }));
      else backoff.reset();
    }
  }

  /** @param {Step} step @param {Ballot} ballot @returns {Promise<import("../../lib/fetch_with_timeout.js").Reply>} */
  #ask(step, { poll_id, waiting }) {
    const path = `/polls/${encodeURIComponent(poll_id)}/ballots`;
    if (step === "ask") return ask((signal) => this.api.get(`${path}/mine`, { signal }));
    // keepalive: a ballot in flight still arrives when the page closes.
    const options = { key: waiting?.key, keepalive: true };
    return ask((signal) => this.api.post(path, { choice: waiting?.choice }, { ...options, signal }));
  }

  /**
   * @param {string} pollId @param {(now: Ballot|undefined) => Ballot|undefined} change
   * @returns {Promise<Ballot|undefined>}
   */
  async #update(pollId, change) {
    const ballot = await this.records.update(pollId, change);
    this.#show(pollId, viewOf(ballot), true);
    return ballot;
  }

  /** @param {string} pollId changed by another tab */
  async #reread(pollId) {
    this.#show(pollId, viewOf(await this.records.get(pollId)), false);
  }

  /** @param {string} pollId @param {View} view @param {boolean} own */
  #show(pollId, view, own) {
    if (this.#stopped || dequal(view, this.view(pollId))) return;
    this.#views.set(pollId, view);
    // Asynchronous: a listener that throws must not stop the sending of a ballot.
    for (const listener of this.#listeners) queueMicrotask(() => listener(pollId, view));
    if (own) this.channel?.postMessage(pollId);
  }
}
