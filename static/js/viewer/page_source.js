/**
 * Cache of decoded page images: canvases for the page and two on each side, and thumbnails. A canvas is inserted
 * without decoding or copying.
 */
import { pageKey, PageUnavailable } from "./page_bytes.js";
import { TileBytes } from "./tile_bytes.js";

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./viewport_math.js").Picture} Picture */
/** @typedef {{canvas: HTMLCanvasElement, pixels: number}} Surface `pixels`: decoded width */

/** Widths of page images in pixels; the first is fetched for every page. */
export const BASE_WIDTH = 1200;
export const RESOLUTIONS = [BASE_WIDTH, 2400];
/** Width of the images that are shown until the page image is decoded. They are fetched for every page, too. */
export const PREVIEW_WIDTH = 640;
const THUMB_WIDTH = 168;
const THUMBS_KEPT = 160;
const RETRY_MS = [700, 1500, 3000, 5000];

/** @param {ImageBitmap} bitmap @returns {HTMLCanvasElement} takes ownership of the bitmap */
export function canvasOf(bitmap) {
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(bitmap);
  return canvas;
}

/** @param {HTMLCanvasElement} from @returns {HTMLCanvasElement} */
function copyOf(from) {
  const canvas = document.createElement("canvas");
  canvas.width = from.width;
  canvas.height = from.height;
  canvas.getContext("2d")?.drawImage(from, 0, 0);
  return canvas;
}

/** @param {PageRef} ref @param {Picture} picture */
const surfaceKey = (ref, picture) => `${pageKey(ref, picture.resolution)}@${picture.pixels}`;

/** @param {PageRef} ref @returns {string} common prefix of the keys of a page's images */
const pagePrefix = (ref) => pageKey(ref, 0).slice(0, -1);

export class PageSource {
  /** @type {Map<string, Surface>} */ #surfaces = new Map();
  /** @type {Map<string, Promise<Surface>>} */ #decoding = new Map();
  /** @type {Map<string, HTMLCanvasElement>} */ #thumbs = new Map();

  /** @param {import("./page_bytes.js").PageBytes} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.tiles = new TileBytes(bytes.root);
  }

  /**
   * @param {PageRef} ref @param {number} pixels needed width
   * @returns {Surface|null} the narrowest one in memory that is wide enough, else the widest
   */
  best(ref, pixels) {
    const prefix = pagePrefix(ref);
    const own = [...this.#surfaces].filter(([key]) => key.startsWith(prefix)).map(([, surface]) => surface);
    own.sort((a, b) => a.pixels - b.pixels);
    return own.find((surface) => surface.pixels * 1.1 >= pixels) ?? own.at(-1) ?? null;
  }

  /**
   * Decodes the preview of a page if it is stored on this device; nothing is fetched.
   * @param {PageRef} ref @param {number} pixels needed width @returns {Promise<Surface|null>}
   */
  async storedPreview(ref, pixels) {
    const blob = await this.bytes.stored(ref, PREVIEW_WIDTH);
    return blob && this.#decoded(ref, { resolution: PREVIEW_WIDTH, pixels: Math.min(pixels, PREVIEW_WIDTH) }, blob);
  }

  /** @param {PageRef} ref @returns {HTMLCanvasElement|null} a thumbnail to show until an image of the page is loaded */
  thumbOf(ref) {
    const thumb = this.#thumbs.get(pageKey(ref, 0));
    return thumb ? copyOf(thumb) : null;
  }

  /** @param {PageRef} ref @param {Picture} picture @returns {Promise<Surface>} */
  load(ref, picture) {
    const key = surfaceKey(ref, picture);
    const ready = this.#surfaces.get(key);
    if (ready) return Promise.resolve(ready);
    let decoding = this.#decoding.get(key);
    if (!decoding) {
      decoding = this.#decode(ref, picture).finally(() => this.#decoding.delete(key));
      this.#decoding.set(key, decoding);
    }
    return decoding;
  }

  /**
   * As `load`, but retries while the page is being rendered or the network is unavailable.
   * @param {PageRef} ref @param {Picture} picture @param {() => boolean} wanted called before each attempt
   * @returns {Promise<Surface|null>} null when no longer wanted; rejects with PageUnavailable for 401, 403 and 410
   */
  async insist(ref, picture, wanted) {
    for (let tried = 0; wanted(); tried += 1) {
      try {
        return await this.load(ref, picture);
      } catch (error) {
        if (!(error instanceof PageUnavailable) || [401, 403, 410].includes(error.status)) throw error;
        const wait = RETRY_MS[Math.min(tried, RETRY_MS.length - 1)];
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
    return null;
  }

  /** @param {PageRef} ref @returns {Promise<HTMLCanvasElement>} a canvas that the caller may insert */
  async thumb(ref) {
    const key = pageKey(ref, 0);
    const known = this.#thumbs.get(key);
    if (known) return copyOf(known);
    const blob = await this.bytes.get(ref, BASE_WIDTH);
    this.#rememberThumb(key, await createImageBitmap(blob, { resizeWidth: THUMB_WIDTH, resizeQuality: "high" }));
    return copyOf(/** @type {HTMLCanvasElement} */ (this.#thumbs.get(key)));
  }

  /**
   * Releases all other canvases, except those in the DOM.
   * @param {PageRef[]} refs near pages, which keep their base image @param {Picture} base
   * @param {PageRef} here the page that keeps all its images
   */
  keep(refs, base, here) {
    const stay = new Set(refs.map((ref) => surfaceKey(ref, base)));
    const own = pagePrefix(here);
    for (const [key, surface] of this.#surfaces) {
      if (stay.has(key) || key.startsWith(own) || surface.canvas.isConnected) continue;
      surface.canvas.width = 0; // Frees the pixels at once: tablets have little memory.
      this.#surfaces.delete(key);
    }
  }

  /** @param {string} documentId */
  forget(documentId) {
    this.tiles.forget(documentId);
    for (const known of [this.#surfaces, this.#thumbs]) {
      for (const key of [...known.keys()]) if (key.startsWith(`${documentId}/`)) known.delete(key);
    }
  }

  /** @param {PageRef} ref @param {Picture} picture @returns {Promise<Surface>} */
  async #decode(ref, picture) {
    return this.#decoded(ref, picture, await this.bytes.get(ref, picture.resolution));
  }

  /** @param {PageRef} ref @param {Picture} picture @param {Blob} blob @returns {Promise<Surface>} */
  async #decoded(ref, picture, blob) {
    const { resolution, pixels } = picture;
    /** @type {ImageBitmapOptions|undefined} */
    const smaller = pixels < resolution ? { resizeWidth: pixels, resizeQuality: "high" } : undefined;
    const bitmap = await createImageBitmap(blob, smaller);
    const surface = { canvas: canvasOf(bitmap), pixels };
    this.#surfaces.set(surfaceKey(ref, picture), surface);
    return surface;
  }

  /** @param {string} key @param {ImageBitmap} bitmap */
  #rememberThumb(key, bitmap) {
    this.#thumbs.set(key, copyOf(canvasOf(bitmap)));
    const oldest = this.#thumbs.keys().next().value;
    if (this.#thumbs.size > THUMBS_KEPT && oldest !== undefined) this.#thumbs.delete(oldest);
  }
}
