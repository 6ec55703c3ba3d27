/** Strokes that others are drawing, from the room's ticks. A stroke ends when it is finished or times out. */

/** @typedef {import("../tools/types.js").LiveStroke} LiveStroke */
/**
 * @typedef {Omit<LiveStroke, "style"> & {author:string, style?:LiveStroke["style"], from:number, gone?:boolean}} WetInk an
 *   entry of a tick: its points start at index `from`
 * @typedef {LiveStroke & {author:string, heard:number}} WetStroke `heard`: time of the last update, ms
 */

/** Timeout of a stroke without updates; longer than any pause while drawing. */
const TIMEOUT_MS = 10_000;
/** @type {LiveStroke["style"]} used until the style is received */
const PLAIN = { color: "#b3261e", width: 2.6, opacity: 1 };

export class RemoteStrokes {
  /** @type {Map<string, WetStroke>} */ #strokes = new Map();
  /** @type {Set<string>} ended strokes: late ticks are ignored */ #over = new Set();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;

  /** @param {{changed: () => void, arrived: (ink: WetInk) => boolean, may?: (author: string) => boolean, now?: () => number}} interfaces
   *   `arrived`: whether the finished stroke is known, or was drawn here; `may`: whether a person may write for the room */
  constructor({ changed, arrived, may = () => true, now = () => performance.now() }) {
    this.changed = changed;
    this.arrived = arrived;
    this.may = may;
    this.now = now;
  }

  /** @param {WetInk[]} news of one tick */
  tick(news) {
    for (const ink of news) this.#take(ink);
    this.#startTimeout();
    this.changed();
  }

  /** @param {string} documentId @param {number} version @param {number} page @returns {WetStroke[]} strokes in progress on the page */
  strokes(documentId, version, page) {
    return [...this.#strokes.values()].filter((one) => one.document_id === documentId && one.version === version && one.page === page);
  }

  /** Removes strokes whose finished annotation has arrived. @param {Iterable<string>} ids */
  finished(ids) {
    const before = this.#strokes.size;
    for (const id of ids) this.#end(id);
    if (this.#strokes.size < before) this.changed();
  }

  /** Removes the strokes of people who may no longer write for the room. */
  writersChanged() {
    this.finished([...this.#strokes.values()].filter((one) => !this.may(one.author)).map(({ id }) => id));
  }

  /** Removes all strokes, when the connection is lost. */
  clear() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#strokes.clear();
    this.#over.clear();
  }

  /** @param {WetInk} ink */
  #take(ink) {
    if (ink.gone || !this.may(ink.author) || this.arrived(ink)) return this.#end(ink.id);
    if (this.#over.has(ink.id)) return;
    const { id, author, document_id, version, page } = ink;
    const known = this.#strokes.get(id);
    const before = known?.points ?? [];
    if (known && ink.from + ink.points.length <= before.length) return;
    // A lost message results in a straight line; repeated points are stored once.
    const points = [...before.slice(0, Math.max(0, ink.from)), ...ink.points];
    const style = ink.style ?? known?.style ?? PLAIN;
    this.#strokes.set(id, { id, author, document_id, version, page, style, points, heard: this.now() });
  }

  /** @param {string} id */
  #end(id) {
    this.#over.add(id);
    this.#strokes.delete(id);
  }

  #startTimeout() {
    if (this.#timer !== undefined || this.#strokes.size === 0) return;
    const first = Math.min(...[...this.#strokes.values()].map((one) => one.heard));
    this.#timer = setTimeout(() => this.#expire(), Math.max(0, first + TIMEOUT_MS - this.now()));
  }

  #expire() {
    this.#timer = undefined;
    const before = this.#strokes.size;
    for (const [id, { heard }] of this.#strokes) if (this.now() - heard >= TIMEOUT_MS) this.#strokes.delete(id);
    if (this.#strokes.size < before) this.changed();
    this.#startTimeout();
  }
}
