/** The marks of a test page, in memory: what the product keeps on the server, with its undo. */

const STYLES = {
  pen: { color: "#1c4fa1", width: 2.6, opacity: 1, size: 20 },
  highlighter: { color: "#ffd84d", width: 22, opacity: 0.9, size: 20 },
  highlight: { color: "#ffd84d", width: 2.6, opacity: 0.9, size: 20 },
  other: { color: "#b3261e", width: 2.6, opacity: 1, size: 20 },
};

/** @implements {import("../../static/js/ink/sync/interfaces.js").Ink} */
export class InkInMemory {
  /** @type {Map<string, any>} */ all = new Map();
  /** @type {(() => void)[]} */ #listeners = [];
  /** @type {Map<string, any>[]} */ #past = [];
  /** @type {Map<string, any>[]} */ #future = [];
  /** @type {any[]} */ liveTold = [];
  #made = 0;
  write = true;

  /** @param {string} me @param {(place: any) => Promise<any[]>} words */
  constructor(me, words) {
    this.me = me;
    this.words = words;
  }

  mayWrite() {
    return this.write;
  }

  marks(documentId, version, page) {
    return [...this.all.values()].filter((one) => one.document_id === documentId && one.version === version && one.page === page);
  }

  addDrafts(drafts) {
    this.#step(() => {
      for (const draft of drafts) this.all.set(draft.id, this.#whole(draft));
    });
  }

  changeAll(changes) {
    this.#step(() => {
      for (const { id, patch } of changes) this.all.set(id, { ...this.all.get(id), ...patch });
    });
  }

  remove(ids) {
    this.#step(() => {
      for (const id of ids) this.all.delete(id);
    });
  }

  undo() {
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.all);
    this.all = before;
    this.#tell();
  }

  redo() {
    const after = this.#future.pop();
    if (!after) return;
    this.#past.push(this.all);
    this.all = after;
    this.#tell();
  }

  wet({ id, points }) {
    this.liveTold.push({ id, points: points.length });
  }

  strokeEnded(id) {
    this.liveTold.push({ id, gone: true });
  }

  newId() {
    this.#made += 1;
    return `${Math.random().toString(36).slice(2).padEnd(12, "0")}_${String(this.#made).padStart(6, "0")}`;
  }

  styleOf(tool) {
    return STYLES[tool] ?? STYLES.other;
  }

  audience() {
    return { audience: "private", user_id: null };
  }

  subscribe(changed) {
    this.#listeners.push(changed);
  }

  /** Not by the person at this tablet. */
  arrive(annotations) {
    for (const one of annotations) this.all.set(one.id, this.#whole(one));
    this.#tell();
  }

  #whole(draft) {
    return {
      user_name: null, author: this.me, author_name: "Đại biểu Một", revision: 1, created_at: "", updated_at: "",
      text: null, anchor: null, audience: "private", user_id: null, ...draft,
    };
  }

  #step(change) {
    this.#past.push(new Map(this.all));
    this.#future = [];
    change();
    this.#tell();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
