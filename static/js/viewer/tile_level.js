/**
 * The shown tiles of one level. Their container is laid out in pixels of the level and scaled to the page element as a
 * whole. So the edges of tiles are whole numbers, which the browser does not round under the page's transform, and
 * tiles match the page image below exactly.
 */
import { canvasOf } from "./page_source.js";
import { levelHeight, partOf, tileName, tilesIn } from "./tile_math.js";
import { suits } from "./viewport_math.js";

/** @typedef {import("./tile_math.js").Tile} Tile */
/** @typedef {import("./viewport_math.js").Size} Size */
/** @typedef {{tile: Tile, canvas: HTMLCanvasElement, share: number}} Placed `share`: decoded width as a share of the tile's width */

export class TileLevel {
  /** @type {Map<string, Placed>} */ #placed = new Map();

  /** @param {number} width @param {Size} page points @param {Size} base size of the page element at zoom 1, CSS pixels */
  constructor(width, page, base) {
    this.width = width;
    this.page = page;
    this.height = levelHeight(page, width);
    this.element = document.createElement("div");
    this.lie(base);
  }

  /** @param {Size} base size of the page element at zoom 1, CSS pixels */
  lie(base) {
    this.element.style.transform = `scale(${base.w / this.width}, ${base.h / this.height})`;
  }

  /** @param {Tile} tile */
  has(tile) {
    return this.#placed.has(tileName(tile));
  }

  /** @param {Tile} tile of another level @returns {boolean} whether tiles of this level cover its area */
  covers(tile) {
    return tilesIn(partOf(tile, this.page), this.page, this.width).every((own) => this.has(own));
  }

  /** @param {(tile: Tile) => boolean} which @returns {number} sum of their canvases' pixels */
  pixels(which) {
    let sum = 0;
    for (const { tile, canvas } of this.#placed.values()) if (which(tile)) sum += canvas.width * canvas.height;
    return sum;
  }

  /** @param {Tile} tile @param {number} share of its pixels that the screen shows @returns {boolean} whether it is shown sharp enough */
  fits(tile, share) {
    return suits(this.#placed.get(tileName(tile))?.share ?? 0, share);
  }

  /**
   * Shows a tile, decoded to its size on the screen. An older canvas of it stays until then.
   * @param {Tile} tile @param {Blob} picture @param {number} share
   * @param {() => boolean} still called after decoding: whether to show it @returns {Promise<boolean>} whether it is shown
   */
  async put(tile, picture, share, still) {
    const [wide, high] = [Math.max(1, Math.round(tile.w * share)), Math.max(1, Math.round(tile.h * share))];
    /** @type {ImageBitmapOptions|undefined} */
    const smaller = share < 1 ? { resizeWidth: wide, resizeHeight: high, resizeQuality: "high" } : undefined;
    const bitmap = await createImageBitmap(picture, smaller);
    if (!still()) {
      bitmap.close();
      return false;
    }
    const canvas = canvasOf(bitmap);
    canvas.style.cssText = `left: ${tile.left}px; top: ${tile.top}px; width: ${tile.w}px; height: ${tile.h}px`;
    const name = tileName(tile);
    const before = this.#placed.get(name);
    this.#placed.set(name, { tile, canvas, share });
    this.element.append(canvas);
    if (before) drop(before);
    return true;
  }

  /** @param {(tile: Tile, pixels: number) => boolean} wanted called for each tile, the newest first; the others are released */
  keep(wanted) {
    for (const [name, placed] of [...this.#placed].reverse()) {
      const { tile, canvas } = placed;
      if (wanted(tile, canvas.width * canvas.height)) continue;
      this.#placed.delete(name);
      drop(placed);
    }
  }

  release() {
    for (const placed of this.#placed.values()) drop(placed);
    this.#placed.clear();
    this.element.remove();
  }
}

/** @param {Placed} placed */
function drop({ canvas }) {
  canvas.remove();
  canvas.width = 0; // Frees the pixels at once: tablets have little memory.
}
