/**
 * The picture of one page on its sheet. What is in memory is swapped in at once; until then a small
 * blurred picture or the bare sheet with its number stands there: never a white flash, no spinner.
 */

import { suits } from "./viewport_math.js";

/** @typedef {import("./page_bytes.js").PageRef} PageRef */
/** @typedef {import("./page_source.js").Surface} Surface */
/** @typedef {import("./viewport_math.js").Picture} Picture */

export class PageLayer {
  /** @type {PageRef|null} */ ref = null;
  /** How many pixels across are shown now; 0 while only a preview is. */
  #pixels = 0;
  /** How many are wanted as the page stands now. */
  #wanted = 0;
  #painted = () => {};

  /** @param {import("./page_source.js").PageSource} source */
  constructor(source) {
    this.source = source;
    this.element = document.createElement("div");
    this.element.className = "leaf";
    this.element.setAttribute("role", "group");
    // Other layers of the page lie beside the picture and stay when it is swapped.
    this.picture = document.createElement("div");
    this.picture.className = "leaf-picture";
    this.element.append(this.picture);
    this.number = document.createElement("span");
    this.number.className = "leaf-number num";
  }

  /**
   * @param {PageRef} ref @param {Picture} base the picture fetched ahead for every page
   * @param {Picture} sharp the one that is sharp enough as the page stands now
   * @param {() => void} painted called whenever the page itself (not a preview) stands there
   */
  show(ref, base, sharp, painted) {
    this.ref = ref;
    this.#painted = painted;
    this.#wanted = sharp.pixels;
    const surface = this.source.best(ref, sharp.pixels);
    if (surface) this.#put(surface);
    else this.#putPreview(ref);
    void this.#bring(ref, surface ? [sharp] : [base, sharp]);
  }

  /** @param {Picture} sharp the sharp enough one after a zoom or a turn of the tablet */
  refine(sharp) {
    this.#wanted = sharp.pixels;
    if (this.ref) void this.#bring(this.ref, [sharp]);
  }

  clear() {
    this.ref = null;
    this.#pixels = 0;
    this.picture.replaceChildren();
  }

  /** Whether what is shown is as sharp as wanted, and not so wide that it looks ragged. */
  get #fits() {
    return suits(this.#pixels, this.#wanted);
  }

  /** @param {PageRef} ref @param {Picture[]} pictures in turn, better ones last */
  async #bring(ref, pictures) {
    const wanted = () => this.ref === ref && !this.#fits;
    for (const picture of pictures) {
      try {
        const surface = await this.source.insist(ref, picture, wanted);
        if (!surface || !wanted()) return;
        this.#put(surface);
      } catch (error) {
        // The room is told by the event that took the paper away; the sheet stays as it is.
        console.warn("page not shown:", error);
        return;
      }
    }
  }

  /** @param {Surface} surface */
  #put(surface) {
    this.#pixels = surface.pixels;
    this.element.classList.remove("waiting");
    this.picture.replaceChildren(surface.canvas);
    this.#painted();
  }

  /** @param {PageRef} ref */
  #putPreview(ref) {
    this.#pixels = 0;
    this.element.classList.add("waiting");
    this.number.textContent = String(ref.page);
    const preview = this.source.preview(ref);
    this.picture.replaceChildren(...(preview ? [preview] : []), this.number);
  }
}
