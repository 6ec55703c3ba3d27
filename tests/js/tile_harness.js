/** A viewport with a page and its tiles, without a browser: answers and decoding come when a test says so. */
import { PageTiles } from "../../static/js/viewer/page_tiles.js";
import { TILE_WIDTHS, tileName } from "../../static/js/viewer/tile_math.js";
import * as math from "../../static/js/viewer/viewport_math.js";

export const A1 = { w: 2384, h: 1684 };
export const REF = { document_id: "d1", version: 1, sha256: "a", page: 3 };
/** In the middle of the random spread: a pause is as long as it is meant to be. */
const NO_CHANCE = (1 - 0.8) / (1.4 - 0.8);

class Element {
  style = {};
  children = [];
  /** @param {string} tag */
  constructor(tag) {
    this.tag = tag;
  }
  setAttribute() {}
  get lastElementChild() {
    return this.children.at(-1) ?? null;
  }
  append(child) {
    child.remove();
    this.children.push(child);
    child.parent = this;
  }
  remove() {
    const among = this.parent?.children;
    among?.splice(among.indexOf(this), 1);
    this.parent = null;
  }
  getContext() {
    return { transferFromImageBitmap: () => {} };
  }
}

/** All that was begun and not answered yet has its turn. */
export const settled = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setImmediate(done));
};

/** A promise that a test keeps. */
function held() {
  let give;
  const promise = new Promise((resolve) => {
    give = resolve;
  });
  return { promise, give };
}

/** Tiles as the server gives them. `answer`: what it says; null holds an answer until it is given. */
class Bytes {
  /** @type {{tile: object, signal: AbortSignal, give: (answer: object) => void}[]} */ asked = [];
  kept = new Set();
  forgot = [];
  enough = Infinity;
  answer = () => ({ picture: new Blob(["x"]) });

  levels() {
    return TILE_WIDTHS.filter((width) => width < this.enough);
  }
  has(_ref, tile) {
    return this.kept.has(tileName(tile));
  }
  forget(id) {
    this.forgot.push(id);
    this.kept.clear();
  }
  async get(ref, tile, signal) {
    if (this.has(ref, tile)) return { picture: new Blob(["x"]) };
    const { promise, give } = held();
    this.asked.push({ ref, tile, signal, give });
    const now = this.answer(tile);
    if (now) give(now);
    const answer = await promise;
    if (answer.picture && !signal.aborted) this.kept.add(tileName(tile));
    if (answer.no === "sharper") this.enough = Math.min(this.enough, tile.width);
    return answer;
  }
}

export class TileHarness {
  size = { w: 1180, h: 708 };
  ratio = 2;
  writes = false;
  chance = NO_CHANCE;
  bytes = new Bytes();
  /** Bitmaps: wanted width, whether closed, and what lets go of a held one. */
  decoded = [];
  holdDecoding = false;

  /** @param {import("node:test").TestContext} t */
  constructor(t) {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    this.timers = t.mock.timers;
    globalThis.window = new EventTarget();
    globalThis.document = Object.assign(new EventTarget(), { hidden: false, createElement: (tag) => new Element(tag) });
    globalThis.createImageBitmap = (_picture, options) => this.#decode(options);
    this.zoom(4);
    this.tiles = new PageTiles({
      bytes: this.bytes,
      transform: () => ({ view: this.view, base: this.base, viewportSize: this.size, ratio: this.ratio }),
      busy: () => this.writes,
      random: () => this.chance,
    });
  }

  async #decode(options) {
    const bitmap = { width: options?.resizeWidth ?? 1024, height: options?.resizeHeight ?? 1024, closed: false };
    const { promise, give } = held();
    this.decoded.push(Object.assign(bitmap, { give, close: () => { bitmap.closed = true; } }));
    if (this.holdDecoding) await promise;
    return bitmap;
  }

  /** @param {number} zoom about a place of the viewport */
  zoom(zoom, about = { x: 590, y: 354 }) {
    this.base = math.fitted("width", A1, this.size);
    this.view = math.zoomedAt(math.atRest(this.base, this.size), zoom, about, this.base, this.size);
  }

  /** @param {number} width of a level @param {number} left @param {number} top pixels of it in the viewport's corner */
  lie(width, left, top) {
    const pixel = (this.base.w * this.view.zoom) / width;
    this.view = { ...this.view, x: -left * pixel, y: -top * pixel };
  }

  /** A page was turned to and stayed on. */
  async shows(ref = REF) {
    this.tiles.show(ref, A1);
    await this.after(300);
  }

  /** @param {number} ms */
  async after(ms) {
    this.timers.tick(ms);
    await settled();
  }

  async rests() {
    this.tiles.rest();
    await settled();
  }

  /** @returns {{width: number, canvas: Element}[]} that stand, with the width of their level */
  get transform() {
    return this.tiles.element.children.flatMap((box) => {
      const width = Math.round(this.base.w / Number(/scale\(([\d.e-]+)/.exec(box.style.transform)[1]));
      return box.children.map((canvas) => ({ width, canvas }));
    });
  }

  /** @param {string} name @param {EventTarget} on */
  async hears(name, on) {
    on.dispatchEvent(new Event(name));
    await settled();
  }
}
