/** Strokes while they are drawn: this person's to the room, and the others' to this tablet. */
import { RemoteStrokes } from "./remote_strokes.js";
import { StrokeSender } from "./stroke_sender.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("./remote_strokes.js").WetInk} WetInk */
/** @typedef {import("../../live/presentation.js").Place} Place */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */
/** @typedef {import("../tools/types.js").LiveStroke} LiveStroke */

export class LiveStrokes {
  /** @type {{id:string, told:number}|null} the stroke under the pen */ #own = null;
  /** Begun here: what comes back of them is not drawn twice. @type {Set<string>} */ #mine = new Set();
  /** @type {Set<() => void>} */ #listeners = new Set();

  /**
   * @param {{line: {readonly connected: boolean, emitVolatile(event: string, payload: object): void},
   *   isHere: (ink: WetInk) => boolean, may: (author: string) => boolean}} interfaces
   *   `isHere`: whether the finished stroke is known; `may`: whether somebody may write for the room
   */
  constructor({ line, isHere, may }) {
    this.sender = new StrokeSender({ emitVolatile: (event, payload) => line.emitVolatile(event, payload), connected: () => line.connected });
    this.room = new RemoteStrokes({ changed: () => this.#tell(), may, arrived: (ink) => this.#mine.has(ink.id) || isHere(ink) });
  }

  /** @param {() => void} listener hears when others draw @returns {() => void} ends it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {LiveStroke} stroke for the room, as it grows under the pen */
  draw(stroke) {
    if (this.#own?.id !== stroke.id) {
      this.#own = { id: stroke.id, told: 0 };
      this.#mine.add(stroke.id);
      this.sender.begin(stroke);
    }
    this.sender.add(stroke.points.slice(this.#own.told));
    this.#own.told = stroke.points.length;
  }

  /** @param {string} id the pen is up */
  end(id) {
    if (this.#own?.id !== id) return;
    this.#own = null;
    this.sender.end();
  }

  /** @param {string} id the stroke was taken back */
  cancel(id) {
    if (this.#own?.id !== id) return;
    this.#own = null;
    this.sender.cancel();
  }

  /** @param {{ink?: WetInk[]}} tick */
  tick({ ink }) {
    if (ink?.length) this.room.tick(ink);
  }

  /** @param {RoomEvent[]} events finished strokes among them take the place of wet ones */
  finished(events) {
    const ids = events.flatMap(({ type, data }) => (type === "annotations_put" ? data.items.map((/** @type {{id:string}} */ { id }) => id) : []));
    if (ids.length) this.room.finished(ids);
  }

  /** @param {string} documentId @param {number} version @param {number} page @returns {import("./remote_strokes.js").WetStroke[]} */
  strokes(documentId, version, page) {
    return this.room.strokes(documentId, version, page);
  }

  stop() {
    this.sender.cancel();
    this.room.clear();
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}
