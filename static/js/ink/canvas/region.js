/**
 * The part of a page that a canvas covers, and its resolution. Pure. Lengths are pixels of the page element
 * at zoom 1 (`base`), from the page's upper left corner; `scale` is device pixels per length unit. A canvas
 * is a child of the page element, so it moves with its transform without a redraw.
 *
 * @typedef {import("../../viewer/viewport_math.js").Size} Size
 * @typedef {import("../../viewer/viewport_math.js").View} View
 * @typedef {{view: View, base: Size, viewportSize: Size, ratio: number}} Transform position of the page in the viewport;
 *   ratio: device pixels in a CSS pixel
 * @typedef {{left:number, top:number, width:number, height:number, scale:number, pixelsWide:number,
 *   pixelsHigh:number}} Region
 */

/** Memory limit of one canvas for cheap tablets: 24 MB. */
export const MOST_PIXELS = 6_000_000;
/** Margin beyond each edge of the visible part, relative to its size; the first that fits the limit is used. */
const MARGINS = [1, 0.6, 0.3, 0.1, 0];
/** A region is sharp if it has this fraction of the possible resolution. */
const SHARP_ENOUGH = 0.99;

/** @param {Transform} transform @returns {{x0:number, y0:number, x1:number, y1:number}} the visible part of the page */
export function seen({ view, base, viewportSize }) {
  const x0 = Math.min(base.w, Math.max(0, -view.x / view.zoom));
  const y0 = Math.min(base.h, Math.max(0, -view.y / view.zoom));
  const x1 = Math.max(x0, Math.min(base.w, (viewportSize.w - view.x) / view.zoom));
  const y1 = Math.max(y0, Math.min(base.h, (viewportSize.h - view.y) / view.zoom));
  return { x0, y0, x1, y1 };
}

/**
 * @param {Transform} transform @param {{most?: number, margin?: boolean}} [options] most: maximum number of pixels;
 *   margin: whether to cover more than the visible part within the limit, so that panning needs no redraw
 * @returns {Region}
 */
export function regionFor(transform, { most = MOST_PIXELS, margin = true } = {}) {
  const { view, base, ratio } = transform;
  const scale = view.zoom * ratio;
  if (margin && base.w * base.h * scale * scale <= most) {
    return onPixels({ x0: 0, y0: 0, x1: base.w, y1: base.h }, scale, transform);
  }
  const part = seen(transform);
  for (const share of margin ? MARGINS : [0]) {
    const [wide, high] = [(part.x1 - part.x0) * share, (part.y1 - part.y0) * share];
    const box = {
      x0: Math.max(0, part.x0 - wide),
      y0: Math.max(0, part.y0 - high),
      x1: Math.min(base.w, part.x1 + wide),
      y1: Math.min(base.h, part.y1 + high),
    };
    if ((box.x1 - box.x0) * (box.y1 - box.y0) * scale * scale <= most) return onPixels(box, scale, transform);
  }
  const area = (part.x1 - part.x0) * (part.y1 - part.y0) * scale * scale;
  return onPixels(part, scale * Math.sqrt(most / area), transform);
}

/**
 * Aligns edges to whole pixels of the viewport; otherwise the canvas would be blurred.
 * @param {{x0:number, y0:number, x1:number, y1:number}} box @param {number} scale @param {Transform} transform
 * @returns {Region}
 */
function onPixels({ x0, y0, x1, y1 }, scale, { view }) {
  const viewport = scale / view.zoom;
  /** @param {number} at @param {number} origin */
  const down = (at, origin) => (Math.floor((origin + at * view.zoom) * viewport + 1e-6) / viewport - origin) / view.zoom;
  const [left, top] = [down(x0, view.x), down(y0, view.y)];
  const pixelsWide = Math.max(1, Math.ceil((x1 - left) * scale - 1e-6));
  const pixelsHigh = Math.max(1, Math.ceil((y1 - top) * scale - 1e-6));
  return { left, top, width: pixelsWide / scale, height: pixelsHigh / scale, scale, pixelsWide, pixelsHigh };
}

/**
 * Whether a region is still sufficient: it covers the visible part in full resolution. Panning within its margin is free.
 * @param {Region|null} region @param {Transform} transform @param {Region} wanted
 */
export function stillDoes(region, transform, wanted) {
  if (!region || region.scale < wanted.scale * SHARP_ENOUGH || region.scale > wanted.scale / SHARP_ENOUGH) return false;
  const { x0, y0, x1, y1 } = seen(transform);
  const slack = 1 / region.scale;
  return region.left <= x0 + slack && region.top <= y0 + slack
    && region.left + region.width >= x1 - slack && region.top + region.height >= y1 - slack;
}

/**
 * @param {{x:number, y:number}} at CSS pixels of the viewport @param {Transform} transform
 * @returns {[number, number]} fractions of the page; outside of 0..1 beside the page
 */
export const onPage = ({ x, y }, { view, base }) => [
  (x - view.x) / view.zoom / base.w,
  (y - view.y) / view.zoom / base.h,
];

/**
 * @param {readonly [number, number, number, number]} box fractions of the page @param {Transform} transform
 * @returns {{left:number, top:number, width:number, height:number}} CSS pixels of the viewport
 */
export function inViewport([x0, y0, x1, y1], { view, base }) {
  const [wide, high] = [base.w * view.zoom, base.h * view.zoom];
  return { left: view.x + x0 * wide, top: view.y + y0 * high, width: (x1 - x0) * wide, height: (y1 - y0) * high };
}
