/**
 * A server of pens and notes for tests, as unreliable as a hall's network (see simulated_network). What it
 * does, it does as the real one promises: once for each key, once for each id, a batch whole or not at
 * all, newer revisions win, what was removed never returns.
 */
import { meet, Problem } from "./simulated_network.js";

export { FATES } from "./simulated_network.js";

export class InkServer {
  /** @type {Map<string, any>} what stands, in the order of making */ marks = new Map();
  /** @type {Set<string>} ids that were removed */ gone = new Set();
  /** @type {Map<string, {body: string, answer: any}>} */ answers = new Map();
  /** @type {string[]} ids in the order they were first made */ made = [];
  /** @type {string[]} every text that took effect */ changes = [];
  /** @type {string[]} what was asked, "post 50" */ asked = [];
  /** @type {(verb: string) => string} what happens to a request */ fate = () => "fine";
  /** @type {(draft: any) => string|null} why a creation is refused */ refuses = () => null;
  /** Whether this person may write for the room. */ open = true;
  /** @type {(() => void)[]} requests that are still on their way */ late = [];

  /** Events of the room so far. */ seq = 5;
  /** @type {Map<string, number>} and of each person's own stream */ #mine = new Map();
  /** @type {Map<string, (event: any) => void>} who hears them */ #ears = new Map();
  #actor = "me";

  /** @param {string} who @param {(event: any) => void} hear */
  listen(who, hear) {
    this.#ears.set(who, hear);
  }

  /** @param {string} who */
  mineSeq(who) {
    return this.#mine.get(who) ?? 0;
  }

  /** @param {"put"|"removed"} what @param {any} mark @param {{audience: string, user_id: string|null}} seen by whom */
  #tell(what, mark, { audience, user_id }) {
    const { id, version, page, revision, document_id, author } = mark;
    const item = what === "put" ? structuredClone(mark) : { id, version, page, revision };
    const data = { document_id, items: [item] };
    if (audience === "meeting") {
      this.seq += 1;
      for (const hear of this.#ears.values()) hear({ epoch: "e", seq: this.seq, type: `annotations_${what}`, data: structuredClone(data) });
      return;
    }
    for (const who of new Set([author, ...(user_id ? [user_id] : [])])) {
      this.#mine.set(who, this.mineSeq(who) + 1);
      this.#ears.get(who)?.({ epoch: "e", seq: this.mineSeq(who), type: `own_annotations_${what}`, data: structuredClone(data), own: true });
    }
  }

  /** @param {string} who @param {string} document_id what this person may see of a paper */
  visible(who, document_id) {
    const items = [...this.marks.values()].filter((one) => one.document_id === document_id
      && (one.author === who || one.audience === "meeting" || one.user_id === who));
    return structuredClone({ items, next: null, epoch: "e", seq: this.seq, mine_seq: this.mineSeq(who) });
  }

  #create({ id, ...draft }, document_id) {
    const fault = this.refuses({ id, ...draft });
    if (fault) throw new Problem(fault === "not_allowed" ? 403 : 422, fault);
    if (this.gone.has(id)) throw new Problem(410, "annotation_deleted");
    if (!this.marks.has(id)) {
      this.#checkWriter(draft);
      this.made.push(id);
      this.changes.push(`${id}: ${draft.text}`);
      const at = `2026-11-24T02:00:00.${String(this.made.length).padStart(6, "0")}Z`;
      const facts = { author: this.#actor, author_name: this.#actor.toUpperCase(), user_name: null, created_at: at, updated_at: at };
      this.marks.set(id, { ...draft, id, document_id, ...facts, revision: 1 });
    }
    return this.marks.get(id);
  }

  #alone(body, document_id) {
    if (this.gone.has(body.id)) throw new Problem(410, "annotation_deleted");
    const known = this.marks.has(body.id);
    const row = this.#create(body, document_id);
    if (!known) this.#tell("put", row, row);
    return row;
  }

  #batch(items, document_id) {
    const [marks, gone, made] = [new Map(this.marks), new Set(this.gone), [...this.made]];
    try {
      const rows = items.map((item) => this.#create(item, document_id));
      for (const row of rows) this.#tell("put", row, row);
      return { items: rows.map(({ id, revision, created_at }) => ({ id, revision, created_at })) };
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
    this.#checkWriter({ ...mark, ...patch });
    this.marks.set(id, { ...mark, ...patch, revision: revision + 1 });
    this.changes.push(`${id}: ${patch.text}`);
    const now = this.marks.get(id);
    this.#tell("put", now, now);
    if (now.audience !== mark.audience && mark.audience === "meeting") this.#tell("removed", now, mark);
    const lost = mark.user_id && ![now.user_id, mark.author].includes(mark.user_id) && now.audience !== "meeting";
    if (lost) this.#tell("removed", { ...now, author: mark.user_id }, { audience: "private", user_id: null });
    return this.marks.get(id);
  }

  /** @param {any} mark as it is to stand */
  #checkWriter({ audience }) {
    if (!this.open && audience === "meeting") throw new Problem(409, "writing_off");
  }

  /** Also by somebody else. @param {string} id */
  remove(id) {
    if (!this.gone.has(id) && !this.marks.has(id)) throw new Problem(404, "not_found");
    const mark = this.marks.get(id);
    this.marks.delete(id);
    this.gone.add(id);
    if (mark) this.#tell("removed", { ...mark, revision: mark.revision + 1 }, mark);
    return null;
  }

  /** From another tablet of the same person. @param {string} id @param {any} patch */
  changeElsewhere(id, patch) {
    const mark = this.marks.get(id);
    if (!mark) return;
    const now = { ...mark, ...patch, revision: mark.revision + 1 };
    this.marks.set(id, now);
    this.#tell("put", now, now);
  }

  /** @param {string} verb @param {string} path @param {any} body */
  #work(verb, path, body) {
    const [, target, id, , batch] = path.split("/");
    if (verb === "get") return this.visible(this.#actor, id);
    if (verb === "post" && batch) return this.#batch(body.items, id);
    if (verb === "post") return this.#alone(body, target === "notes" ? null : id);
    return verb === "patch" ? this.#change(id, body) : this.remove(id);
  }

  /** @template T @param {string} who @param {() => T} work @returns {T} */
  #as(who, work) {
    this.#actor = who;
    return work();
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
    return this.apiOf("me");
  }

  /** @param {string} who @returns {any} */
  apiOf(who) {
    const verb = (/** @type {string} */ name) => (/** @type {string} */ path, /** @type {any} */ body, /** @type {any} */ options) => {
      const sent = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
      this.asked.push(`${name} ${sent?.items?.length ?? 1}`);
      return meet(this.fate(name), this.late, () => this.#as(who, () => this.#once(`${who} ${options.key}`, name, path, sent)), options.signal);
    };
    const get = (/** @type {string} */ path, /** @type {any} */ options) => {
      this.asked.push("get");
      return meet(this.fate("get"), this.late, () => this.#as(who, () => this.#work("get", path, null)), options.signal);
    };
    return { get, post: verb("post"), patch: verb("patch"), del: verb("del") };
  }
}
