/** A server of one meeting's vote log for tests: honest, unless a test makes it lie, fork, forget or fall silent. */
import { encode } from "../../static/js/voting/vote_log/canonical.js";
import { continuationMessage, rotationMessage } from "../../static/js/voting/vote_log/checkpoints.js";
import { Problem } from "./ballot_server.js";
import { naiveConsistency, naiveInclusion, naiveLeaf, naiveRoot, Signer } from "./naive_log.js";

export const MEETING = "m1";

export class LogServer {
  /** @param {{logId?: string, signer?: Signer, continues?: any}} [options] */
  constructor({ logId = "log-A", signer = new Signer("11".repeat(32)), continues = null } = {}) {
    this.logId = logId;
    this.signer = signer;
    /** @type {string[]} */ this.entries = [];
    /** @type {any[]} */ this.handovers = [];
    /** @type {any[]} */ this.earlier = [];
    this.signed = 0;
    this.papers = "paper";
    /** @type {string[]} what it was asked */ this.asked = [];
    /** @type {((path: string) => any)|null} answers instead, where it answers */ this.lie = null;
    this.append("log_started", { meeting_id: MEETING, continues, key: signer.vkey });
  }

  /** @param {string} type @param {any} [data] @param {boolean} [sign] */
  append(type, data = {}, sign = true) {
    const v = data.continues && "signature_by_old" in data.continues ? 2 : 1;
    const entry = { v, log_id: this.logId, index: this.entries.length, at: "2026-11-24T02:00:00.000Z", type, data };
    this.entries.push(encode(entry));
    if (sign) this.signed = this.entries.length;
    return entry.index;
  }

  /** @param {number} count of papers */
  grow(count) {
    for (let i = 0; i < count; i++) this.append("paper_published", { title: `${this.papers} ${this.entries.length}` });
    return this;
  }

  /** Another key takes over, as a command on the server does it. @param {Signer} signer */
  rotate(signer) {
    const [old_key, new_key] = [this.signer.vkey, signer.vkey];
    const signature_by_old = this.signer.sign(rotationMessage(this.logId, old_key, new_key)).toString("hex");
    this.handovers.push({ old_key, new_key, signature_by_old });
    this.signer = signer;
    this.append("key_rotated", { old_key, new_key, signature_by_old });
  }

  /** The same log up to here, and from then on another. @param {number} size */
  forkAt(size) {
    const fork = this.copy();
    fork.entries = this.entries.slice(0, size);
    fork.signed = size;
    fork.papers = "another paper";
    return fork;
  }

  /** As of a backup. */
  copy() {
    const copy = new LogServer({ logId: this.logId, signer: this.signer });
    return Object.assign(copy, { entries: [...this.entries], handovers: [...this.handovers], earlier: [...this.earlier], signed: this.signed });
  }

  /**
   * A restore of this state: a new log that names it.
   * @param {string} logId @param {Signer} [signer]
   * @param {Signer|null} [old] signs the continuation in format 2; null: its key was lost; without: format 1
   */
  restored(logId, signer = this.signer, old) {
    const named = { log_id: this.logId, size: this.entries.length, root: naiveRoot(this.entries) };
    const continues = { ...named, reason: "Khôi phục từ bản sao lưu" };
    const start = { meeting_id: MEETING, continues, key: signer.vkey };
    const signature = old?.sign(continuationMessage(logId, old.vkey, start)).toString("hex") ?? null;
    const next = new LogServer({ logId, signer, continues: old === undefined ? continues : { ...continues, signature_by_old: signature } });
    next.earlier = [...this.earlier, named];
    next.handovers = [...this.handovers];
    return next;
  }

  /** What an event carries. */
  note(size = this.signed) {
    return { log_id: this.logId, size, root: naiveRoot(this.entries.slice(0, size)), note: this.signer.note(this.logId, this.entries, size) };
  }

  checkpoint() {
    return { ...this.note(), vkey: this.signer.vkey, previous_vkeys: this.handovers, earlier: this.earlier };
  }

  /** @param {string} path under the meeting's vote log */
  answer(path) {
    const [what, query] = path.split("?");
    const asked = Object.fromEntries(new URLSearchParams(query));
    const { from, to, index, size, limit } = Object.fromEntries(Object.entries(asked).map(([key, text]) => [key, Number(text)]));
    if (what === "/checkpoint") return this.checkpoint();
    if (what === "") {
      const entries = this.entries.slice(from, from + limit).map((entry, at) => ({ index: from + at, leaf_hash: naiveLeaf(entry), entry }));
      return { log_id: this.logId, size: this.entries.length, entries, next: from + limit < this.entries.length ? from + limit : null };
    }
    if (Math.max(to ?? 0, size ?? 0) > this.entries.length) throw new Problem(422, "no_such_size");
    if (what === "/consistency") return { log_id: this.logId, from, to, proof: naiveConsistency(from, this.entries.slice(0, to)) };
    const proof = naiveInclusion(index, this.entries.slice(0, size));
    return { log_id: this.logId, index, size, leaf_hash: naiveLeaf(this.entries[index]), proof };
  }

  /** @param {string} path */
  async get(path) {
    await null;
    const under = path.replace(`/meetings/${MEETING}/vote-log`, "");
    this.asked.push(under);
    return structuredClone(this.lie?.(under) || this.answer(under));
  }
}
