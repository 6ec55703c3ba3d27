/**
 * Sends a stroke in progress to the room: at most 15 messages a second, with the new points only. Lost
 * messages are not repeated; the finished stroke is sent by the outbox.
 */
import { onGrid } from "../model/grid.js";

/** @typedef {import("../model/grid.js").Point} Point */
/** @typedef {import("../tools/types.js").LiveStroke} LiveStroke */
/** @typedef {LiveStroke & {points:Point[], sent:number, over:boolean, gone:boolean}} Wet points: on the grid */

const EVERY_MS = 67;
/** Limit per message after a stall; the next message carries the rest. */
const MOST_POINTS = 400;

/** @param {Wet} stroke */
const hasMore = ({ gone, sent, points }) => gone || sent < points.length;

export class StrokeSender {
  /** The last one is the stroke in progress; the others have a message left to send. @type {Wet[]} */ #strokes = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #last = -Infinity;

  /** @param {{emitVolatile: (event: string, payload: object) => void, connected: () => boolean, now?: () => number}} interfaces */
  constructor({ emitVolatile, connected, now = () => performance.now() }) {
    this.emitVolatile = emitVolatile;
    this.connected = connected;
    this.now = now;
  }

  /**
   * Begins a stroke for the room; `add` adds its points. Strokes of other audiences must not be sent.
   * @param {Omit<LiveStroke, "points">} stroke
   */
  begin({ id, document_id, version, page, style: { color, width, opacity } }) {
    this.end();
    const style = { color, width, opacity };
    this.#strokes.push({ id, document_id, version, page, style, points: [], sent: 0, over: false, gone: false });
  }

  /** @param {readonly Point[]} points new points */
  addPoints(points) {
    const stroke = this.#drawn;
    if (!stroke) return;
    for (const point of points) stroke.points.push(onGrid(point));
    this.#soon();
  }

  /** Ends the stroke and sends its remaining points; the finished stroke follows. */
  end() {
    const stroke = this.#drawn;
    if (!stroke) return;
    stroke.over = true;
    this.#soon();
  }

  /** Cancels the stroke. */
  cancel() {
    const stroke = this.#drawn;
    if (!stroke) return;
    Object.assign(stroke, { over: true, gone: true });
    stroke.points.length = stroke.sent;
    this.#soon();
  }

  get #drawn() {
    const last = this.#strokes.at(-1);
    return last && !last.over ? last : null;
  }

  #soon() {
    this.#timer ??= setTimeout(() => this.#next(), Math.max(0, EVERY_MS - (this.now() - this.#last)));
  }

  #next() {
    this.#timer = undefined;
    const stroke = this.#strokes.find(hasMore);
    if (stroke) this.#sendStrokeNow(stroke);
    this.#strokes = this.#strokes.filter((one) => !one.over || hasMore(one));
    if (this.#strokes.some(hasMore)) this.#soon();
  }

  /** @param {Wet} stroke */
  #sendStrokeNow(stroke) {
    const { id, document_id, version, page, style, sent: from, gone } = stroke;
    const points = stroke.points.slice(from, from + MOST_POINTS);
    stroke.sent += points.length;
    stroke.gone = false;
    // If no point was sent, there is nothing to cancel.
    if (!this.connected() || (gone && from === 0)) return;
    this.#last = this.now();
    this.emitVolatile("ink.wet", { document_id, version, page, id, from, points, ...(gone ? { gone } : { style }) });
  }
}
