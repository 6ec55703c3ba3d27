/** Strokes in progress: sends this person's strokes to the room and receives those of others. */
import { RemoteStrokes } from "./remote_strokes.js";
import { StrokeSender } from "./stroke_sender.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("./remote_strokes.js").WetInk} WetInk */
/** @typedef {import("../../live/presentation.js").Place} Place */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */
/** @typedef {import("../tools/types.js").LiveStroke} LiveStroke */

export class LiveStrokes {
  /** @type {{id:string, sent:number}|null} the stroke in progress */ #own = null;
  /** Ids of strokes drawn here; they are ignored when the room returns them. @type {Set<string>} */ #mine = new Set();
  /** @type {Set<() => void>} */ #listeners = new Set();

  /**
   * @param {{line: {readonly connected: boolean, emitVolatile(event: string, payload: object): void},
   *   isHere: (ink: WetInk) => boolean, may: (author: string) => boolean}} interfaces
   *   `isHere`: whether the finished stroke is known; `may`: whether a person may write for the room
   */
  constructor({ line, isHere, may }) {
    this.sender = new StrokeSender({ emitVolatile: (event, payload) => line.emitVolatile(event, payload), connected: () => line.connected });
    this.room = new RemoteStrokes({ changed: () => this.#notify(), may, arrived: (ink) => this.#mine.has(ink.id) || isHere(ink) });
  }

  /** @param {() => void} listener called when others draw @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {LiveStroke} stroke the stroke for the room with all points so far */
  sendStroke(stroke) {
    if (this.#own?.id !== stroke.id) {
      this.#own = { id: stroke.id, sent: 0 };
      this.#mine.add(stroke.id);
      this.sender.begin(stroke);
    }
    this.sender.addPoints(stroke.points.slice(this.#own.sent));
    this.#own.sent = stroke.points.length;
  }

  /** @param {string} id of the finished stroke */
  end(id) {
    if (this.#own?.id !== id) return;
    this.#own = null;
    this.sender.end();
  }

  /** @param {string} id of the cancelled stroke */
  cancel(id) {
    if (this.#own?.id !== id) return;
    this.#own = null;
    this.sender.cancel();
  }

  /** @param {{ink?: WetInk[]}} tick */
  tick({ ink }) {
    if (ink?.length) this.room.tick(ink);
  }

  /** @param {RoomEvent[]} events finished strokes replace strokes in progress */
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

  #notify() {
    for (const listener of this.#listeners) listener();
  }
}
