/**
 * Where a page stands on the desk. Pure geometry, in CSS pixels of the viewportSize: x to the right, y down.
 *
 * @typedef {{w:number, h:number}} Size
 * @typedef {"width"|"page"} Fit
 * @typedef {{zoom:number, x:number, y:number}} View x and y: the page's upper left corner; zoom 1: as fitted
 */

export const MAX_ZOOM = 8;
export const MIN_ZOOM = 1;
/** Up to this a page counts as fitted. */
export const NOT_ZOOMED = 1.01;
/** Below this the desk is all page: no margin beside it. */
const NARROW_VIEWPORT = 840;
const GUTTER = 14;
const READABLE = { least: 780, share: 0.72, most: 920 };
const WIDE_PAGE_MOST = 1400;

/** @param {Size} viewportSize @returns {number} the margin round a page */
export const gutter = (viewportSize) => (viewportSize.w <= NARROW_VIEWPORT ? 0 : GUTTER);

/**
 * How wide a page is shown when it fits the width: all of a narrow desk, a readable measure of a wide one.
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

/** Fits that differ by less than this share look alike. */
const SAME_FIT = 0.05;

/** @param {Size} page points @param {Size} viewportSize whether the whole page and its width are the same on this desk */
export function fitsCoincide(page, viewportSize) {
  const [wide, whole] = [fitted("width", page, viewportSize).w, fitted("page", page, viewportSize).w];
  return Math.abs(wide - whole) <= SAME_FIT * wide;
}

/** How much desk a line of words below the page needs. */
const LINE_BELOW = 56;

/**
 * Whether a page lies across an upright desk with room to say so below it: it is larger once the tablet is turned.
 * @param {Size} page points @param {View} view @param {Size} base @param {Size} viewportSize
 */
export function isLargerTurned(page, view, base, viewportSize) {
  if (page.w <= page.h || viewportSize.h <= viewportSize.w || view.zoom > NOT_ZOOMED) return false;
  return (viewportSize.h - base.h) / 2 >= LINE_BELOW;
}

/**
 * @param {number} at @param {number} extent of the page @param {number} room of the desk
 * @param {number} margin @param {boolean} centred where the page is smaller than the desk
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
 * Zooms about a point of the desk, which keeps its place on the page.
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
 * Pushing on at the end of a page that is larger than the desk. `step` 1: to the next page.
 * @typedef {{axis: "x"|"y", step: 1|-1}} Push
 */

/** @param {View} view @param {Size} base @param {Size} viewportSize @param {Push} push whether the page rests at the end that is pushed */
export function isAtEnd(view, base, viewportSize, { axis, step }) {
  const [at, extent, room] = axis === "x" ? [view.x, base.w * view.zoom, viewportSize.w] : [view.y, base.h * view.zoom, viewportSize.h];
  const margin = gutter(viewportSize);
  if (extent + 2 * margin <= room) return false;
  return step > 0 ? at <= room - extent - margin + 1 : at >= margin - 1;
}

/**
 * A turn lands at the top of the page and keeps the zoom and the place across. After a push one reads on: it lands at
 * the side, or the foot, that was pushed towards.
 * @param {View} view @param {Size} base @param {Size} viewportSize @param {Push|null} [push] @returns {View}
 */
export function landed(view, base, viewportSize, push = null) {
  const x = push?.axis === "x" ? push.step * Infinity : view.x;
  const y = push?.axis === "y" ? push.step * Infinity : Infinity;
  return clamped({ zoom: view.zoom, x, y }, base, viewportSize);
}

/** @param {Size} base @param {Size} viewportSize @returns {View} the page as fitted, from its top */
export const atRest = (base, viewportSize) => clamped({ zoom: 1, x: 0, y: Infinity }, base, viewportSize);

/**
 * The same view on a desk or page of another size: the point at the middle of the top edge is kept.
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
 * Which picture of a page to make: from the bytes of which rung, decoded to how many pixels across.
 * @typedef {{resolution:number, pixels:number}} Picture
 */

/**
 * The picture every page gets ready ahead: as wide as a fitted page on this glass, so that its text is
 * drawn pixel for pixel, and never wider than the first rung.
 * @param {number} fittedWidth CSS pixels @param {number} pixelRatio @param {number[]} resolutions ascending
 * @returns {Picture}
 */
export function basePicture(fittedWidth, pixelRatio, resolutions) {
  const resolution = Math.min(...resolutions);
  return { resolution, pixels: Math.min(resolution, Math.round(fittedWidth * pixelRatio)) };
}

/**
 * The picture that is sharp enough for the page as it stands now.
 * @param {number} width of the page on the glass, CSS pixels @param {boolean} zoomed
 * @param {number} pixelRatio @param {number[]} resolutions ascending @returns {Picture}
 */
export function sharpPicture(width, zoomed, pixelRatio, resolutions) {
  const need = Math.round(width * pixelRatio);
  // A tenth more pixels than the picture has cannot be seen.
  const resolution = resolutions.find((wide) => wide * 1.1 >= need) ?? Math.max(...resolutions);
  return { resolution, pixels: zoomed ? resolution : Math.min(resolution, need) };
}

/** Much wider than needed looks ragged: the browser does not scale down that far with care. */
const TOO_WIDE = 1.6;

/** @param {number} pixels that a picture has @param {number} need @returns {boolean} whether it is as sharp as can be seen, and not too wide */
export const suits = (pixels, need) => pixels * 1.1 >= need && pixels <= need * TOO_WIDE;

/**
 * The size of a page from the run-length list a version carries.
 * @param {[number,number,number][]|null|undefined} runs [count, width, height] in points
 * @param {number} page 1-based @returns {Size} A4 when the list does not say
 */
export function pageSize(runs, page) {
  let first = 1;
  for (const [count, w, h] of runs ?? []) {
    if (page < first + count && w > 0 && h > 0) return { w, h };
    first += count;
  }
  return { w: 595, h: 842 };
}
