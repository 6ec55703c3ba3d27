/**
 * The page element with the image of one page. An image in memory is shown at once. While one is loaded, the stored
 * preview, a blurred thumbnail or the empty page with its number is shown, without a white flash or a spinner.
 */

import { suits } from "./viewport_math.js";

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./page_source.js").Surface} Surface */
/** @typedef {import("./viewport_math.js").Picture} Picture */

export class PageLayer {
  /** @type {PageRef|null} */ ref = null;
  /** Width of the shown image in pixels; 0 while only a thumbnail is shown. */
  #pixels = 0;
  /** Width in pixels that the page needs at its current size. */
  #wanted = 0;
  /** @type {(isPreview: boolean) => void} */
  #painted = () => {};

  /** @param {import("./page_source.js").PageSource} source */
  constructor(source) {
    this.source = source;
    this.element = document.createElement("div");
    this.element.className = "leaf";
    this.element.setAttribute("role", "group");
    // Other layers of the page are siblings of the image and stay when it is replaced.
    this.picture = document.createElement("div");
    this.picture.className = "leaf-picture";
    this.element.append(this.picture);
    this.number = document.createElement("span");
    this.number.className = "leaf-number num";
  }

  /**
   * @param {PageRef} ref @param {Picture} base the image that is prefetched for every page
   * @param {Picture} sharp the image that is sharp enough at the page's current size
   * @param {(isPreview: boolean) => void} painted called whenever an image of the page, not a thumbnail, is shown
   */
  show(ref, base, sharp, painted) {
    this.ref = ref;
    this.#painted = painted;
    this.#wanted = sharp.pixels;
    const surface = this.source.best(ref, sharp.pixels);
    if (surface) this.#put(surface);
    else this.#putThumb(ref);
    void this.#bringAll(ref, base, sharp, surface?.pixels ?? 0);
  }

  /** @param {PageRef} ref @param {Picture} base @param {Picture} sharp @param {number} shown width of the shown image */
  async #bringAll(ref, base, sharp, shown) {
    if (!shown) await this.#bringPreview(ref, base.pixels);
    await this.#bring(ref, shown >= base.pixels ? [sharp] : [base, sharp]);
  }

  /** Decoded first and alone: on a slow tablet it can be read long before the page image is there. @param {PageRef} ref @param {number} pixels */
  async #bringPreview(ref, pixels) {
    try {
      const surface = await this.source.storedPreview(ref, pixels);
      if (surface && this.ref === ref && !this.#pixels) this.#put(surface, true);
    } catch (error) {
      console.warn("preview not shown:", error); // The page image follows anyway.
    }
  }

  /** @param {Picture} sharp the image that is sharp enough after a zoom or a resize */
  refine(sharp) {
    this.#wanted = sharp.pixels;
    if (this.ref) void this.#bring(this.ref, [sharp]);
  }

  clear() {
    this.ref = null;
    this.#pixels = 0;
    this.picture.replaceChildren();
  }

  /** Whether the shown image is sharp enough and not too wide. */
  get #fits() {
    return suits(this.#pixels, this.#wanted);
  }

  /** @param {PageRef} ref @param {Picture[]} pictures to load in order, sharper ones last */
  async #bring(ref, pictures) {
    const wanted = () => this.ref === ref && !this.#fits;
    for (const picture of pictures) {
      try {
        const surface = await this.source.insist(ref, picture, wanted);
        if (!surface || !wanted()) return;
        this.#put(surface);
      } catch (error) {
        // If the document was recalled, an event informs the room; the page stays as it is.
        console.warn("page not shown:", error);
        return;
      }
    }
  }

  /** @param {Surface} surface */
  #put(surface, isPreview = false) {
    this.#pixels = surface.pixels;
    this.element.classList.remove("waiting");
    this.picture.replaceChildren(surface.canvas);
    this.#painted(isPreview);
  }

  /** @param {PageRef} ref */
  #putThumb(ref) {
    this.#pixels = 0;
    this.element.classList.add("waiting");
    this.number.textContent = String(ref.page);
    const thumb = this.source.thumbOf(ref);
    this.picture.replaceChildren(...(thumb ? [thumb] : []), this.number);
  }
}
