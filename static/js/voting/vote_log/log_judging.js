/**
 * Judges a checkpoint against the known state of a meeting's log. It raises an alarm only when the log contradicts
 * itself: a signature of a key without a rotation to it, another root for a signed size, growth that the server
 * cannot prove. When nothing can be concluded, the result is "unknown".
 *
 * An alarm that is based on a refusal is raised only after fetching the server's current checkpoint: a deleted
 * meeting, or one that this person left, is no fork.
 */
import { parseNote } from "./checkpoints.js";
import { isOfInstallation, pinsAfter, pinsContinued, withHandovers } from "./log_keys.js";
import { checkConsistency } from "./log_proofs.js";
import { goesOn, startOf } from "./log_restores.js";
import { withBreaks, withEvidence, withHead } from "./watched_log.js";

/**
 * @typedef {import("./checkpoints.js").Note} Note
 * @typedef {import("./log_keys.js").Pin} Pin
 * @typedef {import("./log_requests.js").Offered} Offered
 * @typedef {import("./watched_log.js").Watched} Watched
 * @typedef {import("./watched_log.js").KnownLog} KnownLog
 * @typedef {"first"|"consistent"|"continued"|"inconsistent"|"unknown"} State
 * @typedef {{state:State, reason:string, change:((now: Watched) => Watched)|null, vkey?:string}} Finding
 *   `change`: the update to store; `vkey`: the key of the installation, to store too
 * @typedef {{note:Note, offered:Offered, fresh:boolean}} Seen `fresh`: the server's current checkpoint
 */

/** @param {string} reason @returns {Finding} */
const unknown = (reason) => ({ state: "unknown", reason, change: null });

export class LogJudge {
  /**
   * @param {import("./log_requests.js").LogQuestions} questions @param {() => string} now
   * @param {(vkey: string) => Promise<string|null>} installationKey the stored key of the installation of this key
   */
  constructor(questions, now, installationKey) {
    this.questions = questions;
    this.now = now;
    this.installationKey = installationKey;
  }

  /**
   * @param {Watched} watched @param {Offered} offered @param {boolean} fresh
   * @returns {Promise<Finding>}
   */
  async judge(watched, offered, fresh) {
    if (offered.note === null && !watched.logs.length) return unknown("no_log");
    const note = parseNote(offered.note);
    if (!note) return this.#alarm(watched, offered.note === null ? "log_gone" : "unreadable", offered);
    const seen = { note, offered, fresh };
    const known = watched.logs.find(({ head }) => head.log_id === note.logId);
    if (known) return this.#ofKnownLog(watched, known, seen);
    const last = watched.logs.at(-1);
    return last ? this.#ofAnotherLog(watched, last, seen) : this.#first(watched, seen);
  }

  /** @param {Watched} watched @param {Seen} seen @returns {Promise<Finding>} */
  async #first(watched, seen) {
    const offered = await this.#complete(seen.offered);
    if (!offered?.vkey) return unknown("unreachable");
    const pins = pinsAfter(this.#linked([{ vkey: offered.vkey, from: null }], watched, seen.note, offered), seen.note);
    if (!pins) return this.#alarm(watched, "not_signed", offered);
    const pinned = await this.installationKey(offered.vkey);
    if (!isOfInstallation(pinned, offered.vkey, offered.installation ?? [])) return this.#alarm(watched, "another_installation_key", offered);
    return { ...this.#accepted("first", seen.note, offered, pins), vkey: offered.vkey };
  }

  /**
   * An event contains only the note: fetches its keys and the earlier logs.
   * @param {Offered} offered @returns {Promise<Offered|null>} null: they are not available
   */
  async #complete(offered) {
    if (offered.handovers !== null) return offered;
    const present = await this.questions.checkpoint();
    return typeof present === "string" ? null : { ...present, note: offered.note };
  }

  /** @param {Watched} watched @param {KnownLog} known @param {Seen} seen @returns {Promise<Finding>} */
  async #ofKnownLog(watched, known, { note, offered, fresh }) {
    const { head } = known;
    const pins = pinsAfter(known.pins, note) ?? await this.#handedOver(watched, known.pins, note, offered);
    if (pins === "unreachable") return unknown(pins);
    if (!pins) return this.#alarm(watched, "another_key", offered, known);
    if (note.size === head.size && note.root !== head.root) return this.#alarm(watched, "two_roots", offered, known);
    if (known !== watched.logs.at(-1)) {
      return fresh ? this.#alarm(watched, "went_back", offered, watched.logs.at(-1)) : unknown("earlier_log");
    }
    if (note.size === head.size) return this.#accepted("consistent", note, offered, pins);
    const proven = await this.#proven(head, note);
    if (proven === "silent") return unknown("unreachable");
    if (proven === "refused") return this.#recheck(watched, known, { note, offered, fresh }, pins);
    if (!proven.holds) return this.#alarm(watched, "not_consistent", offered, known, proven);
    return this.#accepted("consistent", note, offered, pins);
  }

  /**
   * @param {import("./watched_log.js").Head} head @param {Note} note of the same log, larger or smaller
   * @returns {Promise<{proof:unknown[], holds:boolean}|import("./log_requests.js").NoAnswer>}
   */
  async #proven(head, note) {
    const [small, large] = note.size < head.size ? [note, head] : [head, note];
    const proof = await this.questions.consistency(note.logId, small.size, large.size);
    if (typeof proof === "string") return proof;
    return { proof, holds: checkConsistency(small.size, small.root, large.size, large.root, proof) };
  }

  /**
   * The server refused a proof that follows from its own signatures: checks that the log still exists with its size.
   * @param {Watched} watched @param {KnownLog} known @param {Seen} seen @param {Pin[]} pins
   * @returns {Promise<Finding>}
   */
  async #recheck(watched, known, { note, offered, fresh }, pins) {
    const present = await this.questions.checkpoint();
    if (typeof present === "string") return unknown("unreachable");
    const now = parseNote(present.note);
    if (now?.logId !== note.logId) return this.judge(watched, present, true);
    const facts = { present: present.note };
    if (now.size < Math.max(note.size, known.head.size)) return this.#alarm(watched, "cut_off", offered, known, facts);
    const proven = await this.#proven(known.head, note);
    if (proven === "silent") return unknown("unreachable");
    if (proven === "refused") return this.#alarm(watched, "not_proven", offered, known, facts);
    if (!proven.holds) return this.#alarm(watched, "not_consistent", offered, known, { ...facts, ...proven });
    return this.#accepted("consistent", note, offered, pins);
  }

  /**
   * A different log: a restore, if its first entry names the log that it continues.
   * @param {Watched} watched @param {KnownLog} last @param {Seen} seen @returns {Promise<Finding>}
   */
  async #ofAnotherLog(watched, last, seen) {
    const { note, fresh } = seen;
    const offered = await this.#complete(seen.offered);
    if (!offered) return unknown("unreachable");
    const inherited = last.pins.map(({ vkey }) => ({ vkey, from: null }));
    const trusted = pinsAfter(inherited, note) ?? await this.#handedOver(watched, inherited, note, offered);
    if (trusted === "unreachable") return unknown(trusted);
    const start = await startOf(note, this.questions);
    if (start === "silent") return unknown("unreachable");
    const signed = typeof start === "object" && typeof start?.continues?.signature_by_old === "string";
    if (!trusted && !signed) return this.#alarm(watched, "another_key", offered, last);
    if (start === "refused" && !fresh) return this.#present(watched);
    if (start === "refused" || !start) return this.#alarm(watched, "not_continued", offered, last);
    const pins = signed ? this.#continued(watched, start, note, offered) : trusted;
    if (!pins) return this.#alarm(watched, trusted ? "not_continued" : "another_key", offered, last);
    const { wrong, from, breaks } = goesOn(watched.logs, start.continues, offered.earlier);
    if (wrong) return this.#alarm(watched, wrong, offered, from);
    const { change } = this.#accepted("continued", note, offered, pins);
    const gaps = breaks.map((one) => ({ ...one, to: note.logId, at: this.now() }));
    return { state: "continued", reason: "", change: (now) => withBreaks(change ? change(now) : now, gaps) };
  }

  /**
   * The keys of a log whose first entry has a signature of the old key.
   * @param {Watched} watched @param {any} start @param {Note} note @param {Offered} offered
   * @returns {Pin[]|null} null: no key in force signed the first entry, or no key signed the checkpoint
   */
  #continued(watched, start, note, offered) {
    const before = watched.logs.find(({ head }) => head.log_id === start.continues.log_id) ?? watched.logs.at(-1);
    const pins = pinsContinued(this.#linked(before?.pins ?? [], watched, note, offered), note.logId, start);
    return pins && pinsAfter(this.#linked(pins, watched, note, offered), note);
  }

  /** @param {Watched} watched @returns {Promise<Finding>} for the server's current checkpoint */
  async #present(watched) {
    const offered = await this.questions.checkpoint();
    return typeof offered === "string" ? unknown("unreachable") : this.judge(watched, offered, true);
  }

  /**
   * @param {Watched} watched @param {Pin[]} pins @param {Note} note @param {Offered} offered
   * @returns {Promise<Pin[]|null|"unreachable">} null: no trusted key signed it
   */
  async #handedOver(watched, pins, note, offered) {
    const keys = await this.#complete(offered);
    return keys ? pinsAfter(this.#linked(pins, watched, note, keys), note) : "unreachable";
  }

  /**
   * These keys and those linked to them by handovers. A handover is signed for the log in which it happened, which this
   * client may have missed.
   * @param {Pin[]} pins @param {Watched} watched @param {Note} note @param {Offered} offered @returns {Pin[]}
   */
  #linked(pins, watched, note, { handovers, earlier }) {
    const ids = [note.logId, ...watched.logs.map(({ head }) => head.log_id), ...earlier.map(({ log_id }) => log_id)];
    return withHandovers(pins, handovers ?? [], [...new Set(ids)]);
  }

  /** @param {State} state @param {Note} note @param {Offered} offered @param {Pin[]} pins @returns {Finding} */
  #accepted(state, note, offered, pins) {
    const head = { log_id: note.logId, size: note.size, root: note.root, note: String(offered.note), at: this.now() };
    return { state, reason: "", change: (now) => withHead(now, head, pins) };
  }

  /**
   * @param {Watched} watched @param {string} reason @param {Offered} offered @param {KnownLog} [against]
   * @param {{proof?: unknown[], present?: unknown}} [facts] @returns {Finding}
   */
  #alarm(watched, reason, offered, against, { proof = [], present = null } = {}) {
    const kept = against ?? watched.logs.at(-1) ?? null;
    const evidence = { reason, at: this.now(), kept, offered, present, proof };
    return { state: "inconsistent", reason, change: (now) => withEvidence(now, evidence) };
  }
}
