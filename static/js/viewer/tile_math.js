/**
 * Geometry of tiles, which are sharper than the widest page image. Pure. At a level the whole page is `width` pixels
 * wide. It is divided into squares, counted from the upper left corner; the last column and row end at the page's edge.
 *
 * @typedef {import("./viewport_math.js").Size} Size
 * @typedef {import("../ink/canvas/region.js").Transform} Transform
 * @typedef {{x0:number, y0:number, x1:number, y1:number}} Part fractions of the page
 * @typedef {{width:number, column:number, row:number, left:number, top:number, w:number, h:number}} Tile
 *   `width`: of its level; left, top, w, h: in pixels of the level
 */

/** Widths of the levels in pixels, ascending. */
export const TILE_WIDTHS = [4800, 9600];
/** Edge length of a tile in pixels. */
export const TILE = 1024;
/** Limits of page images: the image of a very tall page is narrower than requested. */
const WHOLE_AT_MOST = { high: 8000, pixels: 16e6 };
/** A tenth more pixels make no visible difference. */
const WORTH_IT = 1.1;
/** Greatest upscaling of a level before the next one, with four times its bytes, is used. */
const STRETCHED = 1.33;

/** @param {Transform} transform @returns {number} width of the page on the screen, device pixels */
export const needed = ({ view, base, ratio }) => base.w * view.zoom * ratio;

/** @param {Size} page points @param {number} widest width that is requested @returns {number} width of its widest page image, pixels */
export function wholeWidth({ w, h }, widest) {
  return Math.min(widest, (WHOLE_AT_MOST.high * w) / h, Math.sqrt((WHOLE_AT_MOST.pixels * w) / h));
}

/**
 * @param {number} need width of the page in device pixels @param {number} whole width of its widest page image, pixels
 * @param {number[]} widths available levels, ascending
 * @returns {number|null} width of the level to show; null: the page image is sharp enough, or there is no level
 */
export function levelFor(need, whole, widths) {
  if (whole * WORTH_IT >= need) return null;
  return widths.find((width) => width * STRETCHED >= need) ?? widths.at(-1) ?? null;
}

/** @param {Size} page points @param {number} width @returns {number} height of the page at a level, pixels */
export const levelHeight = (page, width) => Math.max(1, Math.round((width * page.h) / page.w));

/**
 * @param {Transform} transform @param {number} [beyond] margin on each side of the viewport, in viewport sizes
 * @returns {Part} the part of the page in the viewport; empty if no part is
 */
export function partSeen({ view, base, viewportSize }, beyond = 0) {
  /** @param {number} at the page's edge in the viewport @param {number} extent of the page @param {number} room of the viewport */
  const along = (at, extent, room) => {
    const [from, to] = [(-at - beyond * room) / extent, (room * (1 + beyond) - at) / extent];
    return [Math.min(1, Math.max(0, from)), Math.min(1, Math.max(0, to))];
  };
  const [x0, x1] = along(view.x, base.w * view.zoom, viewportSize.w);
  const [y0, y1] = along(view.y, base.h * view.zoom, viewportSize.h);
  return /** @type {Part} */ ({ x0, y0, x1, y1 });
}

/**
 * @param {Part} part @param {Size} page points @param {number} width of the level
 * @returns {Tile[]} the tiles that cover the part, those nearest to its centre first
 */
export function tilesIn(part, page, width) {
  const height = levelHeight(page, width);
  /** @type {Tile[]} */ const tiles = [];
  if (part.x1 <= part.x0 || part.y1 <= part.y0) return tiles;
  for (let row = Math.floor((part.y0 * height) / TILE); row * TILE < part.y1 * height; row += 1) {
    for (let column = Math.floor((part.x0 * width) / TILE); column * TILE < part.x1 * width; column += 1) {
      const [left, top] = [column * TILE, row * TILE];
      tiles.push({ width, column, row, left, top, w: Math.min(TILE, width - left), h: Math.min(TILE, height - top) });
    }
  }
  const [x, y] = [((part.x0 + part.x1) / 2) * width, ((part.y0 + part.y1) / 2) * height];
  /** @param {Tile} tile */
  const off = ({ left, top, w, h }) => Math.hypot(left + w / 2 - x, top + h / 2 - y);
  return tiles.sort((a, b) => off(a) - off(b));
}

/** @param {Tile} tile @param {Size} page points @returns {Part} its area, reduced by half a pixel because levels round edges differently */
export function partOf({ width, left, top, w, h }, page) {
  const height = levelHeight(page, width);
  return { x0: (left + 0.5) / width, y0: (top + 0.5) / height, x1: (left + w - 0.5) / width, y1: (top + h - 0.5) / height };
}

/** @param {Tile} tile @param {Part} part @param {Size} page points */
export function touches({ width, left, top, w, h }, part, page) {
  const height = levelHeight(page, width);
  return left < part.x1 * width && left + w > part.x0 * width && top < part.y1 * height && top + h > part.y0 * height;
}

/** @param {Tile} tile @returns {string} its path within the page in the API */
export const tileName = ({ width, column, row }) => `${width}/${column}/${row}`;

/** @param {number} need device pixels across the page @param {number} width @returns {number} share of a tile's pixels on the screen */
export const shrunk = (need, width) => Math.min(1, need / width);
