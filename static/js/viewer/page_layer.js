/**
 * The picture of one page on its sheet. What is in memory is swapped in at once; until then a small
 * blurred picture or the bare sheet with its number stands there: never a white flash, no spinner.
 */

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./page_source.js").Surface} Surface */

export class PageLayer {
  /** @type {PageRef|null} */ ref = null;
  /** The rung shown now; 0 while only a preview is. */
  shownWidth = 0;

  /** @param {import("./page_source.js").PageSource} source */
  constructor(source) {
    this.source = source;
    this.element = document.createElement("div");
    this.element.className = "leaf";
    this.element.setAttribute("role", "img");
    this.number = document.createElement("span");
    this.number.className = "leaf-number num";
  }

  /**
   * @param {PageRef} ref @param {number} width the rung that is sharp enough
   * @param {() => void} painted called once the page itself (not a preview) stands there
   */
  show(ref, width, painted) {
    this.ref = ref;
    const surface = this.source.best(ref);
    if (surface) this.#put(surface, painted);
    else this.#putPreview(ref);
    if (!surface || surface.width < width) void this.#bring(ref, width, painted);
  }

  /** @param {number} width a sharper rung, when the zoom rests */
  sharpen(width) {
    const ref = this.ref;
    if (ref && this.shownWidth && this.shownWidth < width) void this.#bring(ref, width, () => {});
  }

  clear() {
    this.ref = null;
    this.shownWidth = 0;
    this.element.replaceChildren();
  }

  /** @param {PageRef} ref @param {number} width @param {() => void} painted */
  async #bring(ref, width, painted) {
    const wanted = () => this.ref === ref;
    const rungs = this.shownWidth || width <= 1200 ? [width] : [1200, width];
    for (const rung of rungs) {
      try {
        const surface = await this.source.insist(ref, rung, wanted);
        if (!surface || !wanted()) return;
        if (surface.width > this.shownWidth) this.#put(surface, painted);
      } catch (error) {
        // The room is told by the event that took the paper away; the sheet stays as it is.
        console.warn("page not shown:", error);
        return;
      }
    }
  }

  /** @param {Surface} surface @param {() => void} painted */
  #put(surface, painted) {
    this.shownWidth = surface.width;
    this.element.classList.remove("waiting");
    this.element.replaceChildren(surface.canvas);
    painted();
  }

  /** @param {PageRef} ref */
  #putPreview(ref) {
    this.shownWidth = 0;
    this.element.classList.add("waiting");
    this.number.textContent = String(ref.page);
    const preview = this.source.preview(ref);
    this.element.replaceChildren(...(preview ? [preview] : []), this.number);
  }
}
