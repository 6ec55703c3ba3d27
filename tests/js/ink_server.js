/**
 * A server of pens and notes for tests, as unreliable as a hall's network (see ballot_server). What it
 * does, it does as the real one promises: once for each key, once for each id, a batch whole or not at
 * all, newer revisions win, what was removed never returns.
 */
import { Problem } from "./ballot_server.js";

export { FATES } from "./ballot_server.js";

export class InkServer {
  /** @type {Map<string, any>} what stands, in the order of making */ marks = new Map();
  /** @type {Set<string>} ids that were removed */ gone = new Set();
  /** @type {Map<string, {body: string, answer: any}>} */ answers = new Map();
  /** @type {string[]} ids in the order they were first made */ made = [];
  /** @type {string[]} every text that took effect */ changes = [];
  /** @type {string[]} what was asked, "post 50" */ asked = [];
  /** @type {(verb: string) => string} what happens to a request */ fate = () => "fine";
  /** @type {(draft: any) => string|null} why a creation is refused */ refuses = () => null;
  /** @type {(() => void)[]} requests that are still on their way */ late = [];

  #create({ id, ...draft }, document_id) {
    const fault = this.refuses({ id, ...draft });
    if (fault) throw new Problem(fault === "not_allowed" ? 403 : 422, fault);
    if (this.gone.has(id)) throw new Problem(409, "annotation_id_taken");
    if (!this.marks.has(id)) {
      this.made.push(id);
      this.changes.push(`${id}: ${draft.text}`);
      this.marks.set(id, { ...draft, id, document_id, author: "me", revision: 1, created_at: `${this.made.length}` });
    }
    return this.marks.get(id);
  }

  #batch(items, document_id) {
    const [marks, gone, made] = [new Map(this.marks), new Set(this.gone), [...this.made]];
    try {
      return { items: items.map((item) => this.#create(item, document_id)).map(({ id, revision, created_at }) => ({ id, revision, created_at })) };
    } catch (error) {
      Object.assign(this, { marks, gone, made });
      throw error;
    }
  }

  #change(id, { revision, ...patch }) {
    if (this.gone.has(id)) throw new Problem(410, "annotation_deleted");
    const mark = this.marks.get(id);
    if (!mark) throw new Problem(404, "not_found");
    if (mark.revision !== revision) throw new Problem(409, "stale_revision");
    this.marks.set(id, { ...mark, ...patch, revision: revision + 1 });
    this.changes.push(`${id}: ${patch.text}`);
    return this.marks.get(id);
  }

  /** Also by somebody else. @param {string} id */
  remove(id) {
    if (!this.gone.has(id) && !this.marks.has(id)) throw new Problem(404, "not_found");
    this.marks.delete(id);
    this.gone.add(id);
    return null;
  }

  /** From another tablet of the same person. @param {string} id @param {any} patch */
  changeElsewhere(id, patch) {
    const mark = this.marks.get(id);
    if (mark) this.marks.set(id, { ...mark, ...patch, revision: mark.revision + 1 });
  }

  /** @param {string} verb @param {string} path @param {any} body */
  #work(verb, path, body) {
    const [, target, id, , batch] = path.split("/");
    if (verb === "post") return batch ? this.#batch(body.items, id) : this.#create(body, target === "notes" ? null : id);
    return verb === "patch" ? this.#change(id, body) : this.remove(id);
  }

  /** @param {string} key @param {string} verb @param {string} path @param {any} body */
  #once(key, verb, path, body) {
    const text = JSON.stringify([verb, path, body]);
    const known = this.answers.get(key);
    if (known && known.body !== text) throw new Problem(409, "idempotency_conflict");
    if (!known) this.answers.set(key, { body: text, answer: structuredClone(this.#work(verb, path, body)) });
    return this.answers.get(key)?.answer;
  }

  /** What was on its way arrives. */
  deliver() {
    for (const arrive of this.late.splice(0)) arrive();
  }

  /** For lib/api.js. @returns {any} */
  get api() {
    const verb = (/** @type {string} */ name) => (/** @type {string} */ path, /** @type {any} */ body, /** @type {any} */ options) => {
      const sent = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
      this.asked.push(`${name} ${sent?.items?.length ?? 1}`);
      return this.#meet(name, () => this.#once(options.key, name, path, sent), options.signal);
    };
    return { post: verb("post"), patch: verb("patch"), del: verb("del") };
  }

  /** @param {string} verb @param {() => any} work @param {AbortSignal} signal @returns {Promise<any>} */
  async #meet(verb, work, signal) {
    await null;
    const quietly = () => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    };
    const until = () => new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("late", "AbortError")));
    });
    switch (this.fate(verb)) {
      case "lost": throw new Problem(0, "offline");
      case "answer lost": quietly(); throw new Problem(0, "offline");
      case "fails": throw new Problem(503, "unavailable");
      case "fails after": quietly(); throw new Problem(500, "internal_error");
      case "too many": throw new Problem(429, "too_many_requests", 1);
      case "no json": throw new SyntaxError("<html>");
      case "late": this.late.push(quietly); throw new Problem(0, "offline");
      case "hangs": return until();
      case "hangs after": quietly(); return until();
      case "signed out": throw new Problem(401, "session_expired");
      default: return structuredClone(work());
    }
  }
}
