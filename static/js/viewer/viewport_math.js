/**
 * Geometry of a page in the viewport, in CSS pixels of the viewport: x to the right, y down. Pure.
 *
 * @typedef {{w:number, h:number}} Size
 * @typedef {"width"|"page"} Fit
 * @typedef {{zoom:number, x:number, y:number}} View x, y: upper left corner of the page; zoom 1: fitted
 */

export const MAX_ZOOM = 8;
export const MIN_ZOOM = 1;
/** Up to this zoom a page counts as fitted. */
export const NOT_ZOOMED = 1.01;
/** Up to this width the page fills the viewport without a margin. */
const NARROW_VIEWPORT = 840;
const GUTTER = 14;
const READABLE = { least: 780, share: 0.72, most: 920 };
const WIDE_PAGE_MOST = 1400;

/** @param {Size} viewportSize @returns {number} the margin around a page */
export const gutter = (viewportSize) => (viewportSize.w <= NARROW_VIEWPORT ? 0 : GUTTER);

/**
 * Width of a page that fits the width: all of a narrow viewport, a readable part of a wide one.
 * @param {Size} page points @param {Size} viewportSize @returns {number}
 */
function fittedWidth(page, viewportSize) {
  const free = viewportSize.w - 2 * gutter(viewportSize);
  if (viewportSize.w <= NARROW_VIEWPORT) return free;
  if (page.w > page.h) return Math.min(free, WIDE_PAGE_MOST);
  const readable = Math.min(READABLE.most, Math.max(READABLE.least, viewportSize.w * READABLE.share));
  return Math.min(free, readable);
}

/** @param {Fit} fit @param {Size} page points @param {Size} viewportSize @returns {Size} the page at zoom 1, whole pixels */
export function fitted(fit, page, viewportSize) {
  const margin = 2 * gutter(viewportSize);
  const whole = Math.min((viewportSize.w - margin) / page.w, (viewportSize.h - margin) / page.h) * page.w;
  const width = Math.max(1, Math.floor(fit === "width" ? fittedWidth(page, viewportSize) : whole));
  return { w: width, h: Math.max(1, Math.round((width * page.h) / page.w)) };
}

/** Fits whose widths differ by at most this share count as equal. */
const SAME_FIT = 0.05;

/** @param {Size} page points @param {Size} viewportSize whether both fits give the same size in this viewport */
export function fitsCoincide(page, viewportSize) {
  const [wide, whole] = [fitted("width", page, viewportSize).w, fitted("page", page, viewportSize).w];
  return Math.abs(wide - whole) <= SAME_FIT * wide;
}

/** Height of a line of text below the page. */
const LINE_BELOW = 56;

/**
 * Returns whether a landscape page would be larger on the turned device and has space for a hint below it.
 * @param {Size} page points @param {View} view @param {Size} base @param {Size} viewportSize
 */
export function isLargerTurned(page, view, base, viewportSize) {
  if (page.w <= page.h || viewportSize.h <= viewportSize.w || view.zoom > NOT_ZOOMED) return false;
  return (viewportSize.h - base.h) / 2 >= LINE_BELOW;
}

/**
 * @param {number} at @param {number} extent of the page @param {number} room of the viewport
 * @param {number} margin @param {boolean} centred whether a page smaller than the viewport is centred
 */
function clampAxis(at, extent, room, margin, centred) {
  if (extent + 2 * margin <= room) return centred ? Math.floor((room - extent) / 2) : margin;
  return Math.min(margin, Math.max(room - extent - margin, at));
}

/** @param {View} view @param {Size} base the page at zoom 1 @param {Size} viewportSize @returns {View} */
export function clamped(view, base, viewportSize) {
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, view.zoom));
  const margin = gutter(viewportSize);
  return {
    zoom,
    x: clampAxis(view.x, base.w * zoom, viewportSize.w, margin, true),
    y: clampAxis(view.y, base.h * zoom, viewportSize.h, margin, base.h * zoom + 2 * margin <= viewportSize.h),
  };
}

/**
 * Zooms about a point of the viewport: the page's point there keeps its position.
 * @param {View} view @param {number} zoom @param {{x:number,y:number}} about @param {Size} base @param {Size} viewportSize
 * @returns {View}
 */
export function zoomedAt(view, zoom, about, base, viewportSize) {
  const next = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
  const factor = next / view.zoom;
  return clamped(
    { zoom: next, x: about.x - (about.x - view.x) * factor, y: about.y - (about.y - view.y) * factor },
    base,
    viewportSize,
  );
}

/** @param {View} view @param {number} dx @param {number} dy @param {Size} base @param {Size} viewportSize @returns {View} */
export const panned = (view, dx, dy, base, viewportSize) =>
  clamped({ zoom: view.zoom, x: view.x + dx, y: view.y + dy }, base, viewportSize);

/**
 * A drag beyond the end of a page that is larger than the viewport. `step` 1: to the next page.
 * @typedef {{axis: "x"|"y", step: 1|-1}} Push
 */

/** @param {View} view @param {Size} base @param {Size} viewportSize @param {Push} push whether the page is at the end in this direction */
export function isAtEnd(view, base, viewportSize, { axis, step }) {
  const [at, extent, room] = axis === "x" ? [view.x, base.w * view.zoom, viewportSize.w] : [view.y, base.h * view.zoom, viewportSize.h];
  const margin = gutter(viewportSize);
  if (extent + 2 * margin <= room) return false;
  return step > 0 ? at <= room - extent - margin + 1 : at >= margin - 1;
}

/**
 * View of a page that was turned to: at its top, with the same zoom and horizontal position. A push to the next page
 * starts at its left or top edge, a push to the previous page at its right or bottom edge.
 * @param {View} view @param {Size} base @param {Size} viewportSize @param {Push|null} [push] @returns {View}
 */
export function landed(view, base, viewportSize, push = null) {
  const x = push?.axis === "x" ? push.step * Infinity : view.x;
  const y = push?.axis === "y" ? push.step * Infinity : Infinity;
  return clamped({ zoom: view.zoom, x, y }, base, viewportSize);
}

/** @param {Size} base @param {Size} viewportSize @returns {View} the fitted page, from its top */
export const atRest = (base, viewportSize) => clamped({ zoom: 1, x: 0, y: Infinity }, base, viewportSize);

/**
 * The same view for a viewport or page of another size: the point at the middle of the top edge is kept.
 * @param {View} view @param {Size} before @param {Size} base @param {Size} oldViewport @param {Size} viewportSize @returns {View}
 */
export function refitted(view, before, base, oldViewport, viewportSize) {
  const across = (oldViewport.w / 2 - view.x) / (before.w * view.zoom);
  const down = -view.y / (before.h * view.zoom);
  const x = viewportSize.w / 2 - across * base.w * view.zoom;
  return clamped({ zoom: view.zoom, x, y: -down * base.h * view.zoom }, base, viewportSize);
}

/** @param {View} view @param {Size} base @param {Size} viewportSize whether a finger moves the page sideways */
export const movesSideways = (view, base, viewportSize) => base.w * view.zoom > viewportSize.w + 1;

/**
 * A decoded page image: the resolution of its bytes, and the width in pixels to decode it to.
 * @typedef {{resolution:number, pixels:number}} Picture
 */

/**
 * The image that is prefetched for every page: as wide as a fitted page on this screen, so that one image pixel is
 * one device pixel, and never wider than the lowest resolution.
 * @param {number} fittedWidth CSS pixels @param {number} pixelRatio @param {number[]} resolutions ascending
 * @returns {Picture}
 */
export function basePicture(fittedWidth, pixelRatio, resolutions) {
  const resolution = Math.min(...resolutions);
  return { resolution, pixels: Math.min(resolution, Math.round(fittedWidth * pixelRatio)) };
}

/**
 * The image that is sharp enough for the page at its current size.
 * @param {number} width of the page on the screen, CSS pixels @param {boolean} zoomed
 * @param {number} pixelRatio @param {number[]} resolutions ascending @returns {Picture}
 */
export function sharpPicture(width, zoomed, pixelRatio, resolutions) {
  const need = Math.round(width * pixelRatio);
  // A tenth more pixels make no visible difference.
  const resolution = resolutions.find((wide) => wide * 1.1 >= need) ?? Math.max(...resolutions);
  return { resolution, pixels: zoomed ? resolution : Math.min(resolution, need) };
}

/** Greatest factor of scaling down: beyond it browsers scale with visible artefacts. */
const TOO_WIDE = 1.6;

/** @param {number} pixels of an image @param {number} need device pixels @returns {boolean} whether it is sharp and not too wide */
export const suits = (pixels, need) => pixels * 1.1 >= need && pixels <= need * TOO_WIDE;

/**
 * The size of a page, from the run-length list in a version.
 * @param {[number,number,number][]|null|undefined} runs [count, width, height] in points
 * @param {number} page 1-based @returns {Size} points; A4 if the list has no such page
 */
export function pageSize(runs, page) {
  let first = 1;
  for (const [count, w, h] of runs ?? []) {
    if (page < first + count && w > 0 && h > 0) return { w, h };
    first += count;
  }
  return { w: 595, h: 842 };
}
